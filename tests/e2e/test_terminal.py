"""The terminal that the end-to-end tests look through shows what it should, and fails when it should."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from terminal import Terminal, TerminalFailure


def python(code: str) -> list[str]:
    return [sys.executable, "-u", "-c", code]


def test_screen_shows_wide_text_and_positions() -> None:
    code = r"print('\x1b[2J\x1b[3;5H上海启明 ok\x1b[4;1H\x1b[31mred\x1b[0m')"
    with Terminal(python(code), size=(40, 8)) as terminal:
        assert terminal.exit_code() == 0
        assert terminal.lines[2] == "    上海启明 ok"
        assert terminal.lines[3] == "red"


def test_waiting_for_a_text_that_never_comes_fails_by_name() -> None:
    with (
        Terminal(python("print('one'); input()")) as terminal,
        pytest.raises(TerminalFailure, match=r"two.*not within"),
    ):
        terminal.wait_for("two", seconds=0.5)


def test_waiting_on_a_command_that_ended_fails_at_once() -> None:
    with (
        Terminal(python("print('one')")) as terminal,
        pytest.raises(TerminalFailure, match="ended before"),
    ):
        terminal.wait_for("two")


def test_questions_to_the_terminal_are_answered() -> None:
    code = r"""
import os, sys, tty
tty.setraw(0)
for question, end in ((b'\x1b[c', b'c'), (b'\x1b[6n', b'R'), (b'\x1b[?2026$p', b'y')):
    os.write(1, question)
    answer = b''
    while not answer.endswith(end):
        answer += os.read(0, 1)
    print(repr(answer), end='\r\n')
"""
    with Terminal(python(code)) as terminal:
        assert terminal.exit_code() == 0
        assert "[?6c" in terminal.text
        assert "[2;1R" in terminal.text
        assert "[?2026;2$y" in terminal.text


def test_exit_codes_and_kills_are_told_apart() -> None:
    with Terminal(python("raise SystemExit(3)")) as terminal:
        assert terminal.exit_code() == 3
    with Terminal(python("import os, signal; os.kill(os.getpid(), signal.SIGTERM)")) as terminal:
        assert terminal.exit_code() == 128 + 15


def test_size_is_told_and_changes() -> None:
    code = "import os; print(os.get_terminal_size()); input(); print(os.get_terminal_size())"
    with Terminal(python(code), size=(90, 20)) as terminal:
        terminal.wait_for("columns=90, lines=20")
        terminal.resize(50, 10)
        terminal.press("enter")
        terminal.wait_for("columns=50, lines=10")


def test_private_sequences_never_show_as_text() -> None:
    code = r"print('\x1b[>1u\x1b[<u\x1bPq#0\x1b\\\x1b[?2048$p', end=''); print('clean')"
    with Terminal(python(code)) as terminal:
        terminal.exit_code()
        assert terminal.lines[0] == "clean"


def test_leaving_the_alternate_screen_clears_it(tmp_path: Path) -> None:
    code = r"print('\x1b[?1049hinside\x1b[?1049l\rafter')"
    with Terminal(python(code), folder=tmp_path) as terminal:
        terminal.exit_code()
        assert "inside" not in terminal.text
        assert terminal.lines[0] == "after"
