"""A date typed the way people say it, with what was understood shown beneath."""

from __future__ import annotations

from datetime import tzinfo

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from leadtui.clock import to_local
from leadtui.followup.describe import describe_due, describe_exact, format_when
from leadtui.followup.when import WhenError, parse_when
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from widgets.plain import plain
from widgets.short_text import ShortText


class WhenInput(Vertical):
    """An input for a due date: `tomorrow 9`, `+2d`, `fri`, `下周三10点`.

    `due` and `all_day` hold what was understood; `problem` is a sentence when nothing was. `examples` show
    how a date is written, `empty` says what none means.
    """

    DEFAULT_CSS = """
    WhenInput { height: auto; }
    WhenInput > .reading { color: $text-muted; height: 1; }
    """

    def __init__(
        self,
        now: int,
        zone: tzinfo,
        due: int | None = None,
        all_day: bool = False,
        *,
        examples: str = "",
        empty: str = "",
    ) -> None:
        super().__init__()
        self._now = now
        self._empty = empty or _("no date")
        self._zone = zone
        self._initial = "" if due is None else format_when(due, all_day, zone)
        self._initial_due = (due, all_day)
        self.due, self.all_day = due, all_day
        self.problem = ""
        examples = examples or _("tomorrow 9, +2d, fri, 3 dec 14:00")
        self.input = ShortText(self._initial, placeholder=examples)
        self._said = Static(plain(self._reading()), classes="reading")

    def compose(self) -> ComposeResult:
        yield self.input
        yield self._said

    @property
    def value(self) -> str:
        """The text as it was typed."""
        return self.input.value

    @value.setter
    def value(self, text: str) -> None:
        self.input.value = text
        self._understand(text)
        self.say(self._reading())

    @property
    def lasting(self) -> str:
        """The text as it says the same on any day: `tomorrow` is another day tomorrow."""
        return self.value if self.due is None else format_when(self.due, self.all_day, self._zone)

    @on(Input.Changed)
    def _read(self, event: Input.Changed) -> None:
        self._understand(event.value)
        self.say(self._reading())

    def begin(self, now: int, due: int | None = None, all_day: bool = False, empty: str = "") -> None:
        """Start again at another moment."""
        self._now = now
        self._empty = empty or _("no date")
        self.propose(due, all_day)

    def propose(self, due: int | None, all_day: bool) -> None:
        """Fill in a date."""
        self.due, self.all_day, self.problem = due, all_day, ""
        self._initial = "" if due is None else format_when(due, all_day, self._zone)
        self._initial_due = (due, all_day)
        self.input.value = self._initial
        self.input.cursor_position = len(self._initial)
        self.say(self._reading())

    def say(self, sentence: str) -> None:
        """Show a sentence in place of the reading, until the text changes."""
        self._said.update(plain(sentence), layout=False)

    def _understand(self, text: str) -> None:
        self.problem = ""
        self.due, self.all_day = None, False
        if text.strip() == self._initial:
            self.due, self.all_day = self._initial_due
        elif text.strip():
            try:
                when = parse_when(text, self._now, self._zone)
            except WhenError as error:
                self.problem = str(error)
            else:
                self.due, self.all_day = when.at_ms, when.all_day

    def _reading(self) -> str:
        if self.problem:
            return self.problem
        if self.due is None:
            return self._empty
        local = to_local(self.due, self._zone)
        days = (local.date() - to_local(self._now, self._zone).date()).days
        if days > 1:
            away = ngettext("in {days} day", "in {days} days", days).format(days=days)
        elif days < 0 or (self.due < self._now and not self.all_day):
            away = _("past")
        else:
            away = describe_due(self.due, self.all_day, self._now, self._zone)
        return f"{describe_exact(self.due, self.all_day, self._zone)}  ({away})"
