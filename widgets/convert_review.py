"""Exactly what a conversion will create and change, as a difference."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from leadtui.i18n import gettext as _
from leadtui.labels import label
from widgets.convert_page import ConvertPage
from widgets.convert_texts import target_name
from widgets.difference import NAME_WIDTH, difference
from widgets.plain import cut, fit, wrap

if TYPE_CHECKING:
    from leadtui.convert.values import Blocked, Change, Plan


class ReviewPage(ConvertPage, can_focus=True):
    """The last step: nothing is written before it is confirmed."""

    DEFAULT_CSS = """
    ReviewPage Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
        Binding("g", "scroll_home", show=False),
        Binding("G", "scroll_end", show=False),
        Binding("space", "page_down", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="review")
        self._plan: Plan | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="changes", markup=False)

    def begin(self) -> None:
        self.scroll_home(animate=False)
        self.focus()

    def show(self, plan: Plan) -> None:
        self._plan = plan
        self._write()

    def on_resize(self) -> None:
        self._write()

    def problems(self, blocked: Collection[Blocked]) -> list[str]:
        return [each.problem for each in blocked]

    def _write(self) -> None:
        if self._plan is not None:
            self.query_one("#changes", Static).update(review(self._plan, max(self.size.width - 1, 40)))


def review(plan: Plan, width: int) -> Content:
    """The plan line by line: what is new with a plus, what changes with both values, what else happens."""
    lines: list[Content] = []
    for change in plan.changes:
        lines += [*_record(change, width), Content("")]
    lines += _sentences(_("And"), plan.besides, width)
    lines += _stays(plan, width)
    lines += _left_behind(plan, width)
    return Content("\n").join(lines)


def _record(change: Change, width: int) -> Iterator[Content]:
    what = label("record", change.record)
    if not change.number:
        head, ink = _("+ new {record}: {name}").format(record=what, name=change.name), "bold $text-success"
    elif change.fields:
        head = _("~ {record} {number}: {name}").format(record=what, number=change.number, name=change.name)
        ink = "bold $text-warning"
    else:
        head = _("= {record} {number}: {name}, as it is").format(
            record=what, number=change.number, name=change.name
        )
        ink = "bold"
    yield Content(cut(head, width)).stylize(ink)
    for name, before, after in change.fields:
        yield from difference(name, before, after, width)


def _sentences(title: str, sentences: Sequence[str], width: int) -> Iterator[Content]:
    if sentences:
        yield Content(title).stylize("bold")
    for sentence in sentences:
        for number, line in enumerate(wrap(sentence, width - 4, most=4)):
            yield Content(f"  {'*' if not number else ' '} {line}")


def _stays(plan: Plan, width: int) -> Iterator[Content]:
    """Where the record says otherwise and keeps what it says."""
    kept = [line for line in plan.lines if line.can_take and line.stored is None]
    if kept:
        yield Content("")
        yield Content(_("Stays as it is")).stylize("bold")
    for line in kept:
        told = _("{result} (the lead says {value})").format(result=line.result, value=line.value)
        name = fit(target_name(line.target, line.target_label), NAME_WIDTH)
        yield Content.assemble((f"  {name} = ", "$text-muted"), cut(told, max(width - NAME_WIDTH - 6, 20)))


def _left_behind(plan: Plan, width: int) -> Iterator[Content]:
    """What goes nowhere is told, and kept all the same (nothing is lost)."""
    names = [line for line in plan.lines if line.source in plan.unmapped and line.effect == "dropped"]
    if not names:
        return
    yield Content("")
    yield Content(_("Goes nowhere, kept in the customer's source snapshot")).stylize("bold $text-warning")
    for line in names:
        name = fit(line.source_label, NAME_WIDTH)
        yield Content.assemble(
            (f"  {name}   ", "$text-muted"), cut(line.value, max(width - NAME_WIDTH - 6, 20))
        )
