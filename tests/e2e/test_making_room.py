"""The app makes room for an editor or the shell, and goes on afterwards where it stood."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from application import lead_in_detail, listed, make_file, open_inbox
from terminal import Terminal

from leadtui.workspace import Workspace


def opened(path: Path) -> Terminal:
    terminal = open_inbox(make_file(path, 30))
    terminal.wait_until(lambda it: len(listed(it)) > 5 and bool(lead_in_detail(it)), "leads")
    return terminal


def works(terminal: Terminal) -> None:
    """Keys are taken, and the app leaves as it should."""
    first = lead_in_detail(terminal)
    terminal.send("j")
    terminal.wait_until(lambda it: lead_in_detail(it) not in ("", first), "the next lead")
    terminal.send("q")
    assert terminal.exit_code() == 0


def test_notes_are_edited_in_the_editor_more_than_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho noted >> "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    with opened(tmp_path / "leads.db") as terminal:
        for times in (1, 2):
            terminal.send("E")
            terminal.wait_for("Notes      " + "noted" * times)
            terminal.settle()
        works(terminal)
    workspace = Workspace.open(tmp_path / "leads.db")
    with workspace.read() as connection:
        notes = connection.execute("SELECT notes FROM lead WHERE notes <> ''").fetchall()
    workspace.close()
    assert notes == [("notednoted",)]


def test_the_app_is_stopped_and_goes_on(tmp_path: Path) -> None:
    with opened(tmp_path / "leads.db") as terminal:
        for _time in (1, 2):
            terminal.send("\x1a")
            terminal.wait_gone("Follow Up")
            terminal.wait_stopped()
            os.kill(terminal.pid, signal.SIGCONT)
            terminal.wait_for("Follow Up")
            terminal.settle()
        works(terminal)
