"""Keys that come faster than they are handled: each waits until the one before it has done what it does.

Textual gives a key to what has the focus when it arrives. A key that opens a menu opens it later, when it has
come up through the panels: so of `v5`, sent at once, the 5 would go to the list, and be lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

from widgets.panel import Panel

_CLOSE_SECONDS = 0.05
"""A key that comes later than this after another one finds it handled: nothing need be waited for."""
_PATIENCE_SECONDS = 0.5
"""After so long the next key is taken, whatever became of the one before it."""
_HELD_SECONDS = 15.0
"""After so long also what holds keys is waited for no more: the file tells sooner that it is locked."""


class Handled(Message):
    """Goes the way of a key behind it, and so comes out where the key has been handled."""


if TYPE_CHECKING:
    AppPart = App[Any]
    Typed = events.Key | events.Paste
else:
    AppPart = object


class TypeAhead(AppPart):
    """Takes keys one at a time, the next one when what the last one opened is there."""

    _typed: tuple[Typed, ...] = ()
    """What waits for its turn."""
    _turn = 0
    _typed_at = float("-inf")
    _way: MessagePump | None = None
    """What the last key was given to."""
    _opens = False
    """Whether the last key may have opened something: one that moves in a panel doesn't."""
    _behind: Handled | None = None
    """What was sent behind it, once another key waits."""
    _settled: MessagePump | None = None
    """What had the focus when everything before `_behind` was seen through."""
    _held = 0
    """The turn of a key that opens what has to be read first, or writes, until that is done."""
    held_seconds = _HELD_SECONDS

    def hold_keys(self) -> Callable[[], None]:
        """Let the keys behind the one that is being handled wait until what is returned is called."""
        turn = self._held = self._turn

        def let_go() -> None:
            if self._held == turn:
                self._held = 0
                if self._behind is not None:
                    self._follow(self._target)

        return let_go

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._typed or event.time - self._typed_at < self._wait_seconds:
            self._typed += (event,)
            if self._behind is None:
                self._see_through()
        else:
            await self._take(event)

    @property
    def _wait_seconds(self) -> float:
        """How long after the last key another one still waits for it."""
        if self._held:
            return self.held_seconds
        return _CLOSE_SECONDS if self._opens else 0

    async def _take(self, typed: Typed) -> None:
        self._turn += 1
        self._typed_at = typed.time
        self._held = 0
        self._way = self._target
        self._opens = not (
            isinstance(typed, events.Key) and isinstance(self._way, Panel) and typed.key in self._way.moves
        )
        await super().on_event(typed)

    @property
    def _target(self) -> MessagePump:
        """What a key would go to now."""
        return self.focused or self.screen

    def _see_through(self) -> None:
        """Find out when the last key is handled."""
        asyncio.get_running_loop().call_later(_PATIENCE_SECONDS, self._lose_patience, self._turn)
        self._settled = None
        self._behind = Handled()
        (self._way or self._target).post_message(self._behind)

    def _follow(self, target: MessagePump) -> None:
        self._settled = target
        self._behind = Handled()
        target.post_message(self._behind)

    async def on_handled(self, message: Handled) -> None:
        """The key was handled; what it opened may still have to appear, or to get the focus."""
        if message is not self._behind or self._held:
            return
        if self._target is not self._settled:
            self._follow(self._target)
        else:
            await self._go_on()

    def _lose_patience(self, turn: int, last: bool = False) -> None:
        if turn != self._turn or self._behind is None:
            return
        if self._held and not last:
            asyncio.get_running_loop().call_later(self.held_seconds, self._lose_patience, turn, True)
        else:
            self.call_later(self._go_on)

    async def _go_on(self) -> None:
        self._behind = None
        self._opens = False
        while self._typed and not self._opens:
            first, *others = self._typed
            self._typed = tuple(others)
            await self._take(first)
        if self._typed:
            self._see_through()
