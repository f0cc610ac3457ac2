"""Floor for the start: the least that Textual can paint, one Static."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Floor(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("the floor is painted")


if __name__ == "__main__":
    Floor().run()
