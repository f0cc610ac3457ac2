"""What the system refuses is said in the language of the screen."""

from __future__ import annotations

import errno
import os

import pytest

from leadtui import errors
from leadtui.errors import reason


def test_a_common_reason_is_said_as_the_catalogue_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "gettext", str.upper)
    assert reason(FileNotFoundError(errno.ENOENT, "whatever")) == "NO SUCH FILE OR DIRECTORY"
    assert reason(OSError(errno.EPIPE, "Broken pipe")) == "Broken pipe"
    assert reason(OSError("no number")) == "no number"


@pytest.mark.parametrize("code", [errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOSPC, errno.EROFS])
def test_in_english_it_is_what_the_system_says(code: int) -> None:
    assert reason(OSError(code, os.strerror(code))) == os.strerror(code)
