"""A company typed by its name, and the customers that may be meant by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input
from textual.widgets.option_list import Option

from leadtui.i18n import gettext as _
from widgets.glyphs import Glyphs
from widgets.plain import cut, fit, plain
from widgets.pointed_list import PointedList
from widgets.short_text import ShortText

if TYPE_CHECKING:
    from leadtui.convert.values import Candidate

NEW = "new"


class NameInput(ShortText):
    """The name of the company; up and down choose in the list beneath it while typing goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "choose(1)", show=False),
        Binding("up", "choose(-1)", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The user wants the next one of the list, or the one before."""

        by: int

    def action_choose(self, by: int) -> None:
        self.post_message(self.Moved(by))


class CompanySearch(Vertical):
    """One field for both: the name of a new customer, and the words that find one that is there.

    What the cursor of the list stands on is what is chosen: `chosen` is `new` or the id of a customer.
    """

    DEFAULT_CSS = """
    CompanySearch { height: auto; }
    CompanySearch PointedList { height: auto; max-height: 7; }
    """

    @dataclass
    class Typed(Message):
        """Another name was typed."""

        words: str

    class Chosen(Message):
        """Another customer was chosen, or a new one."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._candidates: tuple[Candidate, ...] = ()
        self._pinned: Candidate | None = None
        self.proposed = ""
        """The name that the lead gives."""
        self.input = NameInput(placeholder=_("name of the company"), id="company")

    def compose(self) -> ComposeResult:
        yield self.input
        yield PointedList(id="customers", compact=True)

    @property
    def name_typed(self) -> str:
        """The name as it stands in the field."""
        return self.input.value.strip()

    @property
    def chosen(self) -> str:
        """`new`, or the id of the customer that is chosen."""
        return self._pinned.id if self._pinned else NEW

    @property
    def same_name(self) -> Candidate | None:
        """A customer that is called just as the new one would be."""
        return next((each for each in self._candidates if each.exact_name), None)

    def begin(self, name: str, candidates: Sequence[Candidate], chosen: str) -> None:
        """Start with a proposed name, the customers that may be meant, and one of them chosen."""
        self.proposed = plain(name).plain
        with self.prevent(Input.Changed):
            self.input.value = self.proposed
        self._pinned = next((each for each in candidates if each.id == chosen), None)
        self.offer(candidates)

    def offer(self, candidates: Sequence[Candidate]) -> None:
        """Offer other customers; the one that is chosen stays."""
        pinned = self._pinned
        known = pinned is None or any(each.id == pinned.id for each in candidates)
        self._candidates = tuple(candidates) if known or pinned is None else (pinned, *candidates)
        self._list()

    def choose(self, customer: str) -> None:
        """Choose one of those that are offered, or `new`."""
        self._pinned = next((each for each in self._candidates if each.id == customer), None)
        self._list()
        self.post_message(self.Chosen())

    def on_resize(self, event: events.Resize) -> None:
        self._list()

    def _list(self) -> None:
        options = self.query_one(PointedList)
        width = max(self.size.width - 4, 40)
        lines = [self._new_line(width), *(self._line(each, width) for each in self._candidates)]
        chosen = next((at for at, each in enumerate(self._candidates, 1) if each.id == self.chosen), 0)
        with self.prevent(PointedList.OptionHighlighted):
            options.clear_options()
            options.add_options(Option(self._pointed(line, at == chosen)) for at, line in enumerate(lines))
            options.highlighted = chosen

    def _pointed(self, line: Content, chosen: bool) -> Content:
        return Content(f"{self._glyphs.marked} " if chosen else "  ") + line

    def _new_line(self, width: int) -> Content:
        name = cut(self.name_typed or "?", max(width - 20, 10))
        return Content.assemble((_("New customer"), "$text-success"), "  ", (name, "bold"))

    def _line(self, candidate: Candidate, width: int) -> Content:
        """A customer, and why it may be meant on a line of its own."""
        name = max((width - 12) * 3 // 5, 14)
        rest = ", ".join(part for part in (candidate.detail, candidate.owner) if part)
        line = Content.assemble(
            (fit(candidate.number, 9), "$text-muted"),
            " ",
            (fit(candidate.name, name), "bold"),
            " ",
            (cut(rest, width - name - 12), "$text-muted"),
        )
        if not candidate.why:
            return line
        why = cut("; ".join(candidate.why), width - 12)
        return line + Content.assemble(f"\n{' ' * 12}", (why, "$text-warning"))

    @on(Input.Changed, "#company")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._list()
        self.post_message(self.Typed(self.name_typed))

    @on(NameInput.Moved)
    def _moved(self, event: NameInput.Moved) -> None:
        options = self.query_one(PointedList)
        at = min(max((options.highlighted or 0) + event.by, 0), options.option_count - 1)
        self._choose_at(at)

    @on(PointedList.OptionHighlighted)
    def _highlighted(self, event: PointedList.OptionHighlighted) -> None:
        event.stop()
        self._choose_at(event.option_index)

    def _choose_at(self, at: int) -> None:
        chosen = self._candidates[at - 1] if 0 < at <= len(self._candidates) else None
        if (chosen.id if chosen else NEW) != self.chosen:
            self._pinned = chosen
            self._list()
            self.post_message(self.Chosen())
