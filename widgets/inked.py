"""A widget that draws with inks: styles in the colours of the theme, made when they are first drawn with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rich.style import Style as RichStyle
from textual.color import Color
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
"""In what each ink differs from the text of its widget, in the words of Textual's markup. A background lies
upon that of the widget as thick as it says, or as thin as the text needs to be read on it."""

_MUTED = "$text-muted"
_READABLE: Mapping[str, float] = {"text": 5.5, "late": 2.8, "soon": 2.0, "good": 2.0}
"""How much the lightness of these inks has to differ from what lies beneath them (a ratio, as in WCAG)."""
_THICKEST, _THINNEST = 0.7, 0.15
"""How much of a colour may lie on a background, and how much of it always does: else it isn't seen."""


def contrast(one: Color, other: Color) -> float:
    """How far apart two colours are in lightness: 1 for the same, 21 for black and white (WCAG 2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=64)
def _most(colour: Color, background: Color | None, fronts: tuple[Color | None, ...]) -> float:
    """How much of a colour may lie on a background, so that what is written in the inks of `_READABLE`, which
    have the colours of `fronts`, stands out from it."""
    steps = range(round(_THICKEST * 20), round(_THINNEST * 20), -1)
    for share in (step / 20 for step in steps):
        laid = colour.with_alpha(share)
        beneath = laid if background is None else background + laid
        pairs = zip(fronts, _READABLE.values(), strict=True)
        if all(front is None or contrast(beneath + front, beneath) >= least for front, least in pairs):
            return share
    return _THINNEST


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
            whole = self.visual_style
            for name in names:
                whole += self._parsed(name)
            style = self._inks[names] = whole.rich_style
        return style

    def _parsed(self, name: str) -> Style:
        words = INKS[name]
        if _MUTED in words:
            words = words.replace(_MUTED, self._muted())
        style = Style.parse(words) if words else Style()
        laid = style.background
        return style if laid is None else Style(self._thinned(laid), bold=style.bold)

    def _thinned(self, colour: Color) -> Color:
        """A colour that lies on the background, so thin that the text on it can be read."""
        mine = self.visual_style
        fronts = tuple((mine + self._parsed(name)).foreground for name in _READABLE)
        most = _most(colour, mine.background, fronts)
        return colour.with_alpha(colour.a / _THICKEST * most)

    def _muted(self) -> str:
        """The colour of muted text; where the theme makes it of the background, markup can't."""
        named, _space, share = self.app.theme_variables[_MUTED[1:]].partition(" ")
        background = self.visual_style.background
        if named != "auto" or background is None:
            return _MUTED
        return (background + background.get_contrast_text(float(share.rstrip("%") or 100) / 100)).hex
