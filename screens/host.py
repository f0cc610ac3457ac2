"""What every screen has of the app, and what it does for the app in turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual import events
from textual.notifications import Notification, Notify
from textual.screen import Screen

if TYPE_CHECKING:
    from textual.app import App

_FRAME_SECONDS = 0.02


class Host(Protocol):
    """What the app gives to working screens."""

    writing: asyncio.Lock
    """Acts wait for each other in the order in which they were asked for."""
    readers: Executor
    """Few threads: each has a connection with a cache of its own."""
    writer: Executor
    """A thread that never waits for a long read."""
    said: Notification | None
    """What was told last that needs no answer; it makes room for the next word, and for what opens."""
    last_error: Notification | None
    """The error that was told last; it goes when something was done that it didn't keep from being done."""

    def tell_error(self, error: Exception) -> None: ...

    def hold_keys(self) -> Callable[[], None]:
        """Let the keys behind the one that is being handled wait until what is returned is called."""

    def note_own_write(self) -> None: ...

    def welcome(self) -> None: ...

    def records_changed(self) -> None:
        """Customers, contacts or opportunities were changed: what the main screen says of them is old."""

    def show_lead(self, lead_id: str) -> None:
        """Go to a lead on the main screen."""

    def open_records(self, record: str, select: str = "") -> None:
        """Open the list of one kind of record, at the one with the id `select`."""

    def open_board(self) -> None:
        """Open the board of opportunities."""


def shown_in_place(app: App[Any], notification: Notification, before: Notification | None) -> Notification:
    """Show a notification in place of the one before it; returns it."""
    if before is not None:
        before.timeout = 0
    app.post_message(Notify(notification))
    return notification


def behind_frame(node: App[Any] | Screen[Any], do: Callable[[], None]) -> None:
    """Call `do` when the next frame is on the screen: a thread writes what is drawn, and whoever takes the
    processors from it and from the terminal keeps the user waiting."""

    async def wait() -> None:
        await asyncio.sleep(_FRAME_SECONDS)
        do()

    node.call_after_refresh(lambda: node.run_worker(wait(), group="frame"))


class StyledOnce:
    """A screen that isn't styled again when it is shown, but in another theme: it was when it was mounted."""

    _shown_in = ""
    """The theme in which it was shown last."""

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        theme = cast("Screen[Any]", self).app.theme
        if self._shown_in in ("", theme):
            event.refresh_styles = False
        self._shown_in = theme
