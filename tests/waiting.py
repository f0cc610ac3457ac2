"""Waiting for what a machine under load reaches later, and for no moment longer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot

PATIENCE_SECONDS = 30
"""Only a test that fails waits for so long."""


async def until(pilot: Pilot[Any], reached: Callable[[], bool], what: str) -> None:
    """Wait until something holds; AssertionError that names it when it never does."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not reached():
                await pilot.pause(0.01)
    except TimeoutError:
        raise AssertionError(f"never reached: {what}") from None
