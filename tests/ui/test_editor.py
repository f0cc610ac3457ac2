"""Notes in the user's own editor: whatever it does, the screen comes back and no text is lost."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from inbox_app import app_on, press, settle

from leadtui.qualify.limits import TEXT_LIMIT
from leadtui.workspace import Workspace


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the texts lie while they are edited."""
    folder = tmp_path / "edited"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.delenv("VISUAL", raising=False)
    return folder


async def _edit(leads: Workspace, editor: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, list[str], int]:
    """The notes after `editor` was run on them, what was said, and how often the screen came back."""
    back: list[None] = []

    @contextmanager
    def suspended() -> Iterator[None]:
        yield
        back.append(None)

    monkeypatch.setenv("EDITOR", editor)
    app = app_on(leads)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        monkeypatch.setattr(app, "suspend", suspended)
        await settle(pilot)
        await press(pilot, "edit-notes")
        said = [note.message for note in app._notifications]
    with leads.read() as connection:
        (notes,) = connection.execute("SELECT notes FROM lead WHERE number = 'L-000001'").fetchone()
    return notes, said, len(back)


def _script(tmp_path: Path, lines: str) -> str:
    script = tmp_path / "editor.sh"
    script.write_text(f"#!/bin/sh\n{lines}\n")
    script.chmod(0o755)
    return str(script)


async def test_an_editor_that_is_not_there_gives_the_screen_back(
    leads: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes, said, back = await _edit(leads, "there-is-no-such-editor", monkeypatch)
    assert (notes, back) == ("", 1)
    assert "there-is-no-such-editor can't be started" in said[0]
    assert not list(folder.iterdir())


@pytest.mark.parametrize("lines", ["exit 3", 'rm "$1"', 'echo lost > "$1"; exit 1', ":"])
async def test_an_editor_that_gives_up_changes_nothing(
    leads: Workspace, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: str
) -> None:
    notes, said, back = await _edit(leads, _script(tmp_path, lines), monkeypatch)
    assert (notes, said, back) == ("", ["The notes are as they were."], 1)
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("caf\\351 cr\\350me", "café crème"),
        ("\\304\\343\\272\\303\\243\\254\\261\\250\\274\\333", "你好，报价"),
    ],
)
async def test_notes_in_another_encoding_are_read(
    leads: Workspace, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, read: str
) -> None:
    notes, _said, _back = await _edit(leads, _script(tmp_path, f"printf '{written}' > \"$1\""), monkeypatch)
    assert notes == read
    assert not list(folder.iterdir())


async def test_notes_that_are_refused_stay_in_their_file(
    leads: Workspace, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    much = f"head -c {TEXT_LIMIT + 1} /dev/zero | tr '\\0' x > \"$1\""
    notes, said, _back = await _edit(leads, _script(tmp_path, much), monkeypatch)
    assert notes == ""
    found = re.search(r"Shorten it to \d+ characters\. What you wrote is in (.+)\.$", said[0])
    assert found is not None
    assert Path(found[1]).read_text() == "x" * (TEXT_LIMIT + 1)
