"""All keys as they are now, after the user's own settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widgets import Static

from leadtui.commands import ANY, COMMANDS, DETAIL, LIST, RECORDS, Command
from leadtui.i18n import gettext as _
from leadtui.i18n import with_signs
from leadtui.keys import display_key
from screens.text_view import TextScreen

Line = tuple[str, str, str]
"""Keys, what they are for, and more about it."""


class HelpScreen(TextScreen):
    """Shows every command by context with its keys; `keys` as `resolve_keys` gives them."""

    DEFAULT_CSS = "HelpScreen Reading { scrollbar-gutter: stable; }"

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(_("Help"), "")
        self._keys = keys

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        text = self.query_one(Static)
        text.update(help_content(self._keys, text.size.width))


def help_content(keys: Mapping[str, tuple[str, ...]], width: int) -> Content:
    """The groups of commands, the keys of forms, and what can be typed where; what is too long for `width`
    columns goes on beneath itself."""
    everywhere = [command for command in COMMANDS if ANY in command.contexts]
    moves = [command for command in COMMANDS if command.action.startswith(("move", "page", "half_page"))]
    in_list = [command for command in COMMANDS if LIST in command.contexts and DETAIL not in command.contexts]
    on_records = [command for command in COMMANDS if RECORDS in command.contexts]
    on_lead = [command for command in COMMANDS if DETAIL in command.contexts and command not in moves]
    groups: list[tuple[str, list[Line]]] = [
        (_("On a lead"), _lines(on_lead, keys)),
        (_("In the list"), _lines(in_list, keys)),
        (_("On customers, contacts, opportunities"), _lines(on_records, keys)),
        (_("Everywhere"), _lines(everywhere, keys)),
        (_("Moving"), _lines(moves, keys)),
        (_("In forms"), _form_lines()),
        (_("Typing"), _typing_lines()),
    ]
    parts: list[Content] = []
    for title, lines in groups:
        parts.append(Content.styled(title, "bold $text-accent"))
        parts += [_line(*line, width) for line in lines]
        parts.append(Content(""))
    return Content("\n").join(parts[:-1])


def _lines(commands: Iterable[Command], keys: Mapping[str, tuple[str, ...]]) -> list[Line]:
    return [
        (" ".join(display_key(key) for key in keys[command.id]), _(command.label), _(command.help))
        for command in commands
    ]


def _form_lines() -> list[Line]:
    return [
        ("f2", _("Save"), _("From anywhere; enter too in one-line fields")),
        ("esc", _("Cancel"), _("Asks first when something was typed")),
        (with_signs("tab ↓"), _("Next field"), _("Also ↓ ↑, outside of long texts")),
        (with_signs("← → space"), _("Choose"), _("In a row of words, or press their letters")),
        (with_signs("alt+1…9"), _("Channel"), _("In the follow-up form, from any field")),
    ]


def _typing_lines() -> list[Line]:
    return [
        (_("a date"), _("Dates"), _("+2d, tomorrow 9, 3 dec 14:00, 下周三10点")),
        (_("a filter"), _("Filters"), _("tier:a score:>70 source:expo owner:me")),
        (_("a line"), _("One line"), _("phone reached, wants demo > fri 10")),
        (_("mouse"), _("Copy text"), _("Hold shift while you drag over it")),
    ]


def _line(keys: str, label: str, text: str, width: int) -> Content:
    shown = keys + " " * max(11 - cell_len(keys), 1)
    named = label + " " * max(19 - cell_len(label), 1)
    before = cell_len(shown) + cell_len(named)
    told = Content("\n" + " " * before).join(Content(text).wrap(max(width - before, 10)))
    return Content.assemble((shown, "bold"), named, told.stylize("$text-muted"))
