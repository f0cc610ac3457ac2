"""What every picture needs: the sizes, and keys pressed before it is taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from waiting import settle

Snap = Callable[..., bool]
Steps = Callable[[Pilot[Any]], Awaitable[None]]

WIDE, SMALL = (120, 36), (80, 24)
SIZES = pytest.mark.parametrize("size", [WIDE, SMALL], ids=["120x36", "80x24"])


def keys(*pressed: str) -> Steps:
    """Steps that press keys, each once what came before is done and shown."""

    async def steps(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        for key in pressed:
            await pilot.press(key)
            await settle(pilot)

    return steps
