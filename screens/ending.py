"""The end that the user didn't ask for: the window was closed, the machine is shut down."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from textual.app import App

    from screens.host import Host

_WORDS = ("SIGTERM", "SIGHUP")
"""Windows knows the first alone."""
_PATIENCE_SECONDS = 2.0
"""How long the act that is under way is waited for."""


def end(app: App[Any], code: int) -> None:
    """End the app with an exit code once the act that is under way is done; on its loop."""

    async def leave() -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(cast("Host", app).writing.acquire(), _PATIENCE_SECONDS)
        app.exit(return_code=code)

    app.run_worker(leave(), group="end")


@contextmanager
def told_to_end(app: App[Any]) -> Iterator[None]:
    """End the app when the system says so; what the process was told to ignore (`nohup`) stays ignored."""
    loop = asyncio.get_running_loop()

    def told(number: int, frame: FrameType | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(end, app, 128 + number)

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
