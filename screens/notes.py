"""Notifications: for how long they stand, and that one takes the place of another."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.app import App
from textual.notifications import Notification, Notify

_ERROR_SECONDS = 10.0
_CELLS_A_SECOND = 10


def reading_seconds(text: str) -> float:
    """How long an error is shown: long enough to be read twice, and to do what it says."""
    return _ERROR_SECONDS + cell_len(text) / _CELLS_A_SECOND


def shown_in_place(app: App[Any], notification: Notification, before: Notification | None) -> Notification:
    """Show a notification in place of the one before it; returns it."""
    if before is not None:
        before.timeout = 0
    app.post_message(Notify(notification))
    return notification
