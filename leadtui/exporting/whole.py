"""A file that appears under its name when it is complete, and not at all when writing fails."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from leadtui.errors import LeadTUIError, UsageError, reason
from leadtui.i18n import gettext as _


def check_place(path: Path, database: Path, *, replace: bool) -> None:
    """Refuse what can't become a file of ours before any work is done.

    UsageError for a folder, for the database itself and for a device; LeadTUIError when the folder isn't
    there, when a file is there already and may not be replaced, or when no file can have that name.
    """
    try:
        _refuse(path, database, replace=replace)
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error


def _refuse(path: Path, database: Path, *, replace: bool) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        path.stat()
    if path.is_dir():
        raise UsageError(_("{path} is a folder: name a file in it.").format(path=path))
    if not path.parent.is_dir():
        raise LeadTUIError(
            _("There is no folder {folder}: make it first, or choose another one.").format(folder=path.parent)
        )
    if not path.exists():
        return
    if not path.is_file():
        raise UsageError(_("{path} is no ordinary file: choose another name.").format(path=path))
    if database.exists() and path.samefile(database):
        raise UsageError(_("{path} holds the leads themselves: choose another name.").format(path=path))
    if not replace:
        raise LeadTUIError(
            _("{path} exists already: choose another name, or add --force to replace it.").format(path=path)
        )


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A private file (0600), because it holds people's addresses, that takes its name when it is complete.

    It can be read as well as written, and sought in. LeadTUIError when it can't be written.
    """
    unfinished = path.with_name(f".leadtui-{os.getpid()}.part")
    try:
        unfinished.unlink(missing_ok=True)
        with open(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            yield file
        unfinished.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError | ValueError) -> LeadTUIError:
    why = reason(error) if isinstance(error, OSError) else error
    return LeadTUIError(_("{path} can't be written: {reason}.").format(path=path, reason=why))
