"""Times what a user sees of a command in a terminal: the first paint, and keys until the screen is settled.

While the command runs, its output is only read and stamped; the screen is made of it afterwards.
Settled means: nothing was written for a while, and the processor time of the command stood still.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyte

QUIET = 0.06
"""Seconds without output after which the screen may be settled."""
AFTER_ESCAPE = 0.1
"""Longer than the app waits for the rest of a sequence before an escape is one."""
PATIENCE = 120.0

_ANSWERS = (
    (re.compile(rb"\x1b\[c"), b"\x1b[?62;c"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[\?u"), b"\x1b[?0u"),
)
_NOT_FOR_PYTE = re.compile(r"\x1b\[[<>=][0-9;:]*[ -/]*[@-~]|\x1b[PX^_][^\x1b]*\x1b\\")
_SEQUENCE = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|[PX^_\]].*?(\x1b\\|\x07)|[^\[PX^_\]])")
_LONGEST_SEQUENCE = 64


@dataclass(frozen=True)
class Settled:
    """What one key did, in milliseconds after it was pressed."""

    first: float | None
    """The first change; None when nothing changed."""
    last: float | None
    cpu: float


class Probe:
    """A command in a pseudo-terminal of `size` (columns, rows), started at once."""

    def __init__(
        self,
        command: Sequence[str | Path],
        size: tuple[int, int] = (120, 40),
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.size = size
        self._chunks: list[tuple[float, bytes]] = []
        self._drawn, self._rest = 0, ""
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self._screen)
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        for name in ("COLUMNS", "LINES", "NO_COLOR"):
            environment.pop(name, None)
        arguments = [str(part) for part in command]
        self.started = self.pressed = time.perf_counter()
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.execvpe(arguments[0], arguments, environment)
        self._clock = (~self.pid << 3) | 2  # the processor clock of another process (clock_getcpuclockid)

    def __enter__(self) -> Probe:
        return self

    def __exit__(self, *exception: object) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.close(self._terminal)
        os.waitpid(self.pid, 0)

    def cpu(self) -> float:
        """Processor time that the command used so far, in seconds."""
        return time.clock_gettime(self._clock)

    def peak_memory(self) -> float:
        """The most memory that the command held, in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024

    def first_paint(self, text: str) -> float:
        """Milliseconds from the start until `text` stood on the screen; the screen is settled afterwards."""
        return (self._painted(text) - self.started) * 1000

    def press(self, keys: bytes) -> Settled:
        """Press a key and wait until the screen is settled."""
        before, cpu = len(self._chunks), self.cpu()
        self.pressed = time.perf_counter()
        os.write(self._terminal, keys)
        self.settle(AFTER_ESCAPE if keys == b"\x1b" else QUIET)
        stamps = [(at - self.pressed) * 1000 for at, _data in self._chunks[before:]]
        used = (self.cpu() - cpu) * 1000
        return Settled(stamps[0], stamps[-1], used) if stamps else Settled(None, None, used)

    def painted(self, text: str) -> float:
        """Milliseconds from the last key until `text` stood on the screen, which it didn't before."""
        return (self._painted(text) - self.pressed) * 1000

    def settle(self, quiet: float = QUIET) -> None:
        """Read until nothing moves any more."""
        quiet_since, cpu = time.perf_counter(), self.cpu()
        while True:
            if self._read(0.01):
                quiet_since, cpu = time.perf_counter(), self.cpu()
            elif time.perf_counter() - quiet_since >= quiet:
                used = self.cpu()
                if used - cpu < 0.002:
                    return
                quiet_since, cpu = time.perf_counter(), used

    def idle(self, seconds: float) -> float:
        """The share of a core that the command uses while nobody touches it, in percent."""
        cpu, start = self.cpu(), time.perf_counter()
        while (passed := time.perf_counter() - start) < seconds:
            self._read(min(0.2, seconds - passed))
        return (self.cpu() - cpu) / (time.perf_counter() - start) * 100

    def screen(self) -> str:
        """The screen as it is now."""
        while self._draw_chunk() is not None:
            pass
        return self._text()

    def _painted(self, text: str) -> float:
        """When the chunk was read after which `text` stood on the screen."""
        wanted = time.perf_counter() + PATIENCE
        while time.perf_counter() < wanted:
            self.settle()
            while (at := self._draw_chunk()) is not None:
                if text in self._text():
                    return at
        raise TimeoutError(f"{text!r} was not painted within {PATIENCE:g} s:\n{self.screen()}")

    def _draw_chunk(self) -> float | None:
        """Draw the next chunk on the emulated screen and return when it was read; None after the last one."""
        if self._drawn == len(self._chunks):
            return None
        at, data = self._chunks[self._drawn]
        self._drawn += 1
        text = self._rest + self._decode(data)
        # A sequence may continue in the next chunk.
        cut = text.rfind("\x1b", -_LONGEST_SEQUENCE)
        whole = _SEQUENCE.match(text, cut) is not None or cut < 0
        text, self._rest = (text, "") if whole else (text[:cut], text[cut:])
        self._stream.feed(_NOT_FOR_PYTE.sub("", text))
        return at

    def _text(self) -> str:
        screen = self._screen
        return "\n".join(
            "".join(screen.buffer[y][x].data for x in range(screen.columns)) for y in range(screen.lines)
        )

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._terminal, 65536)
        except OSError as error:
            raise RuntimeError(f"the command ended:\n{self.screen()}") from error
        self._chunks.append((time.perf_counter(), data))
        for question, answer in _ANSWERS:
            if question.search(data):
                os.write(self._terminal, answer)
        return True
