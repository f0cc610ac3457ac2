"""Floors for keys: `down` repaints one line of the screen, `pagedown` all of them."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

COLOURS = (Style(color="white", bgcolor="black"), Style(color="black", bgcolor="white"))


class Lines(Widget, can_focus=True):
    """As many lines as fit, without any data behind them."""

    page = 0
    pressed = 0

    def render_line(self, y: int) -> Strip:
        marked = y == 0 and self.pressed % 2
        text = f"{self.page:6} {y:4} the floor is painted {self.pressed if y == 0 else ''}"
        return Strip([Segment(text.ljust(self.size.width), COLOURS[bool(marked)])], self.size.width)

    def on_key(self, event: events.Key) -> None:
        if event.key == "down":
            self.pressed += 1
            self.refresh(Region(0, 0, self.size.width, 1))
        elif event.key in ("pagedown", "pageup", "home", "end"):
            self.page += 1
            self.refresh()


class Floor(App[None]):
    def compose(self) -> ComposeResult:
        yield Lines()

    def on_mount(self) -> None:
        self.query_one(Lines).focus()


if __name__ == "__main__":
    Floor().run()
