"""A widget that draws with inks: styles in the colours of the theme, made when they are first drawn with."""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style as RichStyle
from textual.style import Style
from textual.widget import Widget

INKS: Mapping[str, str] = {
    "text": "",
    "dim": "$text-muted",
    "strong": "bold",
    "title": "bold",
    "name": "bold $text-accent",
    "key": "bold $text-accent",
    "header": "underline $text-muted",
    "frame": "$foreground 40%",
    "frame-focus": "$accent",
    "cursor": "on $primary 70%",
    "cursor-blur": "on $primary 25%",
    "marked": "on $secondary 30%",
    "active": "bold on $primary 60%",
    "late": "bold $text-error",
    "soon": "$text-warning",
    "good": "$text-success",
    "tier-a": "bold $text-error",
    "tier-b": "bold $text-warning",
    "tier-c": "$text-success",
}
"""In what each ink differs from the text of its widget, in the words of Textual's markup."""

_MUTED = "$text-muted"


class Inked(Widget):
    """Draws its lines itself, with inks.

    Component classes would say the same in the style sheet; but Textual looks each of them up in all rules,
    for each widget, which was a thirtieth of the start.
    """

    def __init__(self) -> None:
        super().__init__()
        self._inks: dict[tuple[str, ...], RichStyle] = {}

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._inks.clear()

    def ink(self, *names: str) -> RichStyle:
        """The style of an ink; of several, each over the one before."""
        style = self._inks.get(names)
        if style is None:
            first, *over = (self._parsed(name) for name in names)
            style = (self.visual_style + first).rich_style
            for ink in over:
                style += ink.rich_style
            self._inks[names] = style
        return style

    def _parsed(self, name: str) -> Style:
        words = INKS[name]
        if _MUTED in words:
            words = words.replace(_MUTED, self._muted())
        return Style.parse(words) if words else Style()

    def _muted(self) -> str:
        """The colour of muted text; where the theme makes it of the background, markup can't."""
        named, _space, share = self.app.theme_variables[_MUTED[1:]].partition(" ")
        background = self.visual_style.background
        if named != "auto" or background is None:
            return _MUTED
        return (background + background.get_contrast_text(float(share.rstrip("%") or 100) / 100)).hex
