"""The system's word that the app is to end: the window was closed, the machine is shut down."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_WORDS = ("SIGTERM", "SIGHUP")
"""Windows knows the first alone."""


@contextmanager
def told_to_end(end: Callable[[int], None]) -> Iterator[None]:
    """Call `end` with an exit code, on the app's loop, when the system says so; what it was told to ignore
    (`nohup`) stays ignored."""

    def told(number: int, frame: FrameType | None) -> None:
        code = 128 + number
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise SystemExit(code) from None
        loop.call_soon_threadsafe(end, code)

    numbers = [getattr(signal, word) for word in _WORDS if hasattr(signal, word)]
    before = {number: signal.getsignal(number) for number in numbers}
    heeded = {number: handler for number, handler in before.items() if handler is not signal.SIG_IGN}
    for number in heeded:
        signal.signal(number, told)
    try:
        yield
    finally:
        for number, handler in heeded.items():
            signal.signal(number, handler)
