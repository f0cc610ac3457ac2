"""A command in a pseudo-terminal, and its screen as a user would see it.

Nothing sleeps: every wait reads what the command writes until its condition holds, or fails by name.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pexpect
import pyte
from wcwidth import wcwidth

PATIENCE = 30.0
"""Seconds after which a wait fails; generous, for machines that do much else at the same time."""

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
}

# What pyte would print as text instead of ignoring: private sequences of the kitty protocol, and strings
# to the terminal (DCS, APC, PM, SOS).
_NOT_FOR_PYTE = re.compile(r"\x1b\[[<>=][0-9;:]*[ -/]*[@-~]|\x1b[PX^_][^\x1b]*(?:\x1b\\|$)")
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;:<=>?]*[ -/]*|[PX^_\]][^\x1b\x07]*)?$")
_MODE_QUESTION = re.compile(r"\x1b\[\?(\d+)\$p")
_ALTERNATE_SCREEN = 1049 << 5  # pyte keeps private modes shifted


class TerminalFailure(AssertionError):
    """What was waited for did not come; the message holds the screen as it was."""


class _Screen(pyte.Screen):
    """A pyte screen that answers the terminal and forgets the screen of a program that left."""

    answer: Callable[[str], object]

    def write_process_input(self, data: str) -> None:
        self.answer(data)

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        super().set_mode(*modes, **kwargs)
        self._clear_on(modes)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        super().reset_mode(*modes, **kwargs)
        self._clear_on(modes)

    def _clear_on(self, modes: tuple[int, ...]) -> None:
        if 1049 in modes or _ALTERNATE_SCREEN in modes:
            self.erase_in_display(2)
            self.cursor_position()


class Terminal:
    """`command` running in a pseudo-terminal of `size` (columns, rows).

    `env` is added to the environment; `before` runs in the child just before the command starts.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        size: tuple[int, int] = (120, 36),
        env: Mapping[str, str] | None = None,
        folder: Path | None = None,
        before: Callable[[], None] | None = None,
    ) -> None:
        columns, rows = size
        self.raw = ""
        """Everything that the command wrote."""
        self._pending = ""
        self._screen = _Screen(columns, rows)
        self._screen.answer = self.send
        self._stream = pyte.Stream(self._screen)
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        for fixed_size in ("COLUMNS", "LINES"):
            environment.pop(fixed_size, None)
        first, *rest = (str(part) for part in command)
        self._child = pexpect.spawn(
            first,
            rest,
            dimensions=(rows, columns),
            env=environment,
            cwd=folder,
            encoding="utf-8",
            codec_errors="replace",
            echo=False,
            preexec_fn=before,
        )
        self._child.delaybeforesend = None

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *exception: object) -> None:
        self._child.close(force=True)

    @property
    def pid(self) -> int:
        """The process id of the command."""
        return int(self._child.pid)

    @property
    def lines(self) -> list[str]:
        """The rows of the screen, without the blanks at their ends."""
        return [self._line(y) for y in range(self._screen.lines)]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._screen.columns, self._screen.lines

    def _line(self, y: int) -> str:
        row, cells, x = self._screen.buffer[y], [], 0
        while x < self._screen.columns:
            data = row[x].data
            cells.append(data)
            x += 2 if data and wcwidth(data[0]) == 2 else 1
        return "".join(cells).rstrip()

    def send(self, text: str) -> None:
        """Type `text` as it is."""
        self._child.send(text)

    def press(self, *keys: str) -> None:
        """Press keys by name (`enter`, `ctrl+d`) or by their letter.

        After an escape it waits as a hand does: a key that follows at once means alt and that key.
        """
        for key in keys:
            if key in KEYS:
                self.send(KEYS[key])
                if key == "esc":
                    self.settle(0.3)
            elif key.startswith("ctrl+"):
                self.send(chr(ord(key[-1].upper()) - 64))
            elif len(key) == 1:
                self.send(key)
            else:
                raise ValueError(f"unknown key: {key}")

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal, as dragging its corner does."""
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def read(self, seconds: float) -> bool:
        """Take what the command wrote, waiting for at most `seconds`; False once it has ended."""
        try:
            piece = self._child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += piece
        self._pending += piece
        for mode in _MODE_QUESTION.findall(piece):
            self.send(f"\x1b[?{mode};{2 if mode == '2026' else 0}$y")
        unfinished = _UNFINISHED.search(self._pending)
        cut = unfinished.start() if unfinished else len(self._pending)
        whole, self._pending = self._pending[:cut], self._pending[cut:]
        self._stream.feed(_NOT_FOR_PYTE.sub("", whole))
        return True

    def wait_until(self, condition: Callable[[Terminal], bool], what: str, seconds: float = PATIENCE) -> None:
        """Read until `condition` holds; `what` names it in the failure."""
        end = time.monotonic() + seconds
        while not condition(self):
            left = end - time.monotonic()
            if left <= 0:
                raise TerminalFailure(self._report(f"{what}: not within {seconds:g} s"))
            if not self.read(min(left, 0.2)) and not condition(self):
                raise TerminalFailure(self._report(f"{what}: the command ended before"))

    def wait_for(self, *texts: str, seconds: float = PATIENCE) -> None:
        """Read until all of `texts` are on the screen."""
        self.wait_until(lambda it: all(text in it.text for text in texts), f"{texts} on the screen", seconds)

    def wait_gone(self, text: str, seconds: float = PATIENCE) -> None:
        """Read until `text` has left the screen."""
        self.wait_until(lambda it: text not in it.text, f"{text!r} gone from the screen", seconds)

    def wait_stopped(self) -> None:
        """Wait until the command is stopped, as ctrl+z does it: until then it wouldn't go on when told to."""
        self.wait_until(lambda it: os.waitpid(it.pid, os.WUNTRACED | os.WNOHANG) != (0, 0), "stopped")

    def settle(self, quiet: float = 0.3, seconds: float = PATIENCE) -> None:
        """Read until the command has written nothing for `quiet` seconds."""
        end = time.monotonic() + seconds
        while True:
            before = len(self.raw)
            if not self.read(quiet) or len(self.raw) == before:
                return
            if time.monotonic() > end:
                raise TerminalFailure(self._report("the screen never came to rest"))

    def kill(self) -> None:
        """End the command at once, as a power cut would."""
        self._child.kill(signal.SIGKILL)
        self._child.wait()

    def exit_code(self, seconds: float = PATIENCE) -> int:
        """Wait for the command to end by itself; 128 and the signal's number when one ended it."""
        end = time.monotonic() + seconds
        while self.read(0.2):
            if time.monotonic() > end:
                raise TerminalFailure(self._report(f"did not end within {seconds:g} s"))
        self._child.wait()
        if self._child.signalstatus is not None:
            return 128 + int(self._child.signalstatus)
        return int(self._child.exitstatus or 0)

    def _report(self, problem: str) -> str:
        frame = "─" * self._screen.columns
        return f"{problem}\n{frame}\n{self.text}\n{frame}\nlast output: {self.raw[-400:]!r}"
