"""Waiting for what a machine under load reaches later, and for no moment longer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from screens.typeahead import TypeAhead

PATIENCE_SECONDS = 30
"""Only a test that fails waits for so long."""
_CALM_ROUNDS = 2


async def until(pilot: Pilot[Any], reached: Callable[[], bool], what: str) -> None:
    """Wait until something holds; AssertionError that names it when it never does."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not reached():
                await pilot.pause(0.01)
    except TimeoutError:
        raise AssertionError(f"never reached: {what}") from None


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until everything that was begun is done and shown."""
    app = pilot.app
    async with asyncio.timeout(PATIENCE_SECONDS):
        calm = 0
        while calm < _CALM_ROUNDS:
            with suppress(WorkerCancelled):
                await app.workers.wait_for_complete()
            await pilot.pause()
            calm = calm + 1 if _is_calm(app) else 0


def _is_calm(app: App[Any]) -> bool:
    """Whether nothing is on its way: no worker, no key, no message, no screen half made.

    Textual's own way, to look whether the processor is idle, takes a process that another one keeps from the
    processor for idle.
    """
    if app._exception is not None or not app.is_running:
        return True
    if any(not worker.is_finished for worker in app.workers):
        return False
    if isinstance(app, TypeAhead) and (app._typed or app._behind is not None):
        return False
    parts = [app, *(part for screen in app.screen_stack for part in screen.walk_children(with_self=True))]
    if not all(part.is_mounted for part in parts[1:]):
        return False
    if any(part.has_class("-active") for part in parts[1:]):  # a button can't be pressed again at once
        return False
    return all(part._message_queue.empty() and not part._next_callbacks for part in parts)
