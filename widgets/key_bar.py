"""The last line: the few keys that matter most; the others are in the help."""

from __future__ import annotations

from collections.abc import Sequence

from widgets.bar import Item, ItemBar

MOST_KEYS = 9


class KeyBar(ItemBar):
    """Keys with what they do; a click does it."""

    def show_keys(self, keys: Sequence[tuple[str, str, str]], state: str = "") -> None:
        """Show (key, label, command) for at most `MOST_KEYS` commands, and the state of things."""
        items = []
        for key, label, command in keys[:MOST_KEYS]:
            items += [Item(f" {key} ", "key", command), Item(f"{label} ", "text", command)]
        self.show(items, [Item(f"{state} ", "good")] if state else [])
