"""The command under test: how it is started, and files for it to work on."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from terminal import Terminal

from leadtui.demo.fill import fill
from leadtui.workspace import Workspace

DETAIL_TITLE = re.compile(r"L-[0-9A-Z]{6}")
LIST_LINE = re.compile(r"│.{1,3}[ABC] +\d+ ")
UNTIMELY = ("Traceback", "Error:", "Exception")
"""What no user may ever read."""


def leadtui(*arguments: str | Path) -> list[str]:
    """The command line of `leadtui` with arguments."""
    return [sys.executable, "-m", "leadtui", *map(str, arguments)]


def run(
    *arguments: str | Path, before: Callable[[], None] | None = None, seconds: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run `leadtui` to its end, without a terminal."""
    return subprocess.run(
        leadtui(*arguments),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
        preexec_fn=before,
    )


def open_inbox(database: Path, *more: str, size: tuple[int, int] = (120, 36)) -> Terminal:
    """The app on a file, once its list is on the screen."""
    terminal = Terminal(leadtui("--db", database, *more), size=size)
    terminal.wait_for("LeadTUI", "Tier", "Follow Up")
    return terminal


def lead_in_detail(terminal: Terminal) -> str:
    """The number of the lead that the detail shows, or nothing."""
    found = DETAIL_TITLE.search(terminal.text)
    return found[0] if found else ""


def listed(terminal: Terminal) -> list[str]:
    """The lines of the list that show a lead."""
    return [line for line in terminal.lines if LIST_LINE.match(line)]


def make_file(path: Path, leads: int) -> Path:
    """A file with sample leads."""
    workspace = Workspace.open(path, user="ana")
    fill(workspace, leads)
    workspace.close()
    return path


def assert_one_kind_sentence(ran: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """The command failed with `code`, in one sentence on stderr with `words` in it, and nothing on stdout."""
    assert ran.returncode == code, ran.stderr
    lines = ran.stderr.strip().splitlines()
    assert len(lines) == 1, ran.stderr
    assert not any(word in ran.stderr for word in UNTIMELY)
    assert lines[0].endswith("."), lines[0]
    assert ran.stdout == ""
    for word in words:
        assert word in lines[0], lines[0]
