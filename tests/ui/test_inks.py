"""The inks that lines are drawn with have the colours of every theme."""

from __future__ import annotations

import pytest
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.containers import Vertical
from textual.theme import BUILTIN_THEMES
from textual.widget import Widget
from textual.widgets import OptionList

from screens.choose import ChooseScreen
from widgets.inked import INKS, contrast
from widgets.panel import Panel


def rule(name: str, words: str) -> str:
    """An ink in the words of a style sheet."""
    front, _on, background = words.partition("on ")
    attributes = [word for word in front.split() if word in ("bold", "underline")]
    colour = " ".join(word for word in front.split() if word not in attributes)
    parts = {"color": colour, "background": background, "text-style": " ".join(attributes)}
    return f".{name} {{ {' '.join(f'{part}: {value};' for part, value in parts.items() if value)} }}"


def contrast_of(style: Style) -> float:
    """How far text stands out from what it stands on."""
    assert style.color is not None and style.bgcolor is not None
    return contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


class Inks(App[None]):
    """A panel, and beside it widgets that a style sheet gives the same colours."""

    CSS_PATH = "../../screens/app.tcss"
    CSS = "\n".join(
        ["#sheet { background: $background; color: $foreground; }", *map(rule, INKS, INKS.values())]
    )

    def compose(self) -> ComposeResult:
        yield Panel()
        with Vertical(id="sheet"):
            for name in INKS:
                yield Widget(classes=name)


@pytest.mark.parametrize("theme", sorted(BUILTIN_THEMES))
async def test_inks_are_what_a_style_sheet_makes_of_their_words(theme: str) -> None:
    app = Inks()
    async with app.run_test() as pilot:
        app.theme = theme
        await pilot.pause()
        for name, words in INKS.items():
            if "on $" not in words:
                assert app.query_one(Panel).ink(name) == app.query_one(f".{name}").rich_style, name


@pytest.mark.parametrize("theme", [name for name in sorted(BUILTIN_THEMES) if "ansi" not in name])
async def test_what_lies_beneath_a_line_leaves_it_readable(theme: str) -> None:
    app = Inks()
    async with app.run_test() as pilot:
        app.theme = theme
        await pilot.pause()
        panel = app.query_one(Panel)
        plain = contrast_of(panel.ink("text"))
        beneath = {name: panel.ink("text", name) for name in ("cursor", "cursor-blur", "marked", "active")}
        for name, style in beneath.items():
            assert style.bgcolor != panel.ink("text").bgcolor, name
            assert contrast_of(style) > min(4.5, 0.8 * plain), name
        assert beneath["cursor"].bgcolor != beneath["cursor-blur"].bgcolor
        assert contrast_of(panel.ink("late", "cursor")) > 2


async def test_the_ink_of_the_cursor_leaves_the_colour_of_the_text() -> None:
    app = Inks()
    async with app.run_test() as pilot:
        await pilot.pause()
        panel = app.query_one(Panel)
        late, marked = panel.ink("late"), panel.ink("late", "cursor")
        assert marked.color == late.color
        assert marked.bold
        assert marked.bgcolor not in (None, late.bgcolor)


async def test_a_new_theme_brings_new_inks() -> None:
    app = Inks()
    async with app.run_test() as pilot:
        await pilot.pause()
        panel = app.query_one(Panel)
        before = panel.ink("text")
        app.theme = "textual-light"
        await pilot.pause()
        after = panel.ink("text")
        assert before.bgcolor != after.bgcolor
        assert after.bgcolor == Color.parse(app.theme_variables["background"]).rich_color


@pytest.mark.parametrize("theme", [name for name in sorted(BUILTIN_THEMES) if "ansi" not in name])
async def test_the_key_of_a_highlighted_choice_can_be_read(theme: str) -> None:
    screen = ChooseScreen("View", [("1", "inbox", "Inbox"), ("2", "waiting", "Waiting")])
    app = Inks()
    async with app.run_test() as pilot:
        app.theme = theme
        app.push_screen(screen)
        await pilot.pause()
        region = screen.query_one(OptionList).region
        segments = [
            segment
            for strip in screen._compositor.render_strips()[region.y : region.y + 1]
            for segment in strip.crop(region.x, region.right)
            if "1" in segment.text
        ]
        assert segments and all(segment.style and contrast_of(segment.style) > 2.2 for segment in segments)
