"""The mapping of a lead's fields: the table, its line in full, and what can be done with it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, OptionList, Static

from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from widgets.convert_page import ConvertPage
from widgets.convert_texts import target_name
from widgets.glyphs import Glyphs
from widgets.mapping_table import BLOCKED_INK, INKS, MappingTable, effect_word, matters
from widgets.plain import cut, fit, wrap

if TYPE_CHECKING:
    from leadtui.convert.values import Blocked, Line, Plan


class WishButton(Button, can_focus=False):
    """A key of the table for the mouse."""


class MappingPage(ConvertPage):
    """The third step: what happens to every value, in colour and in words, and how to change it."""

    DEFAULT_CSS = """
    MappingPage { overflow: hidden; }
    MappingPage #heads { height: 1; }
    MappingPage #line { height: 3; margin: 1 0 0 0; }
    MappingPage #wishes { height: 1; }
    MappingPage #wishes Button { margin: 0 1 0 0; min-width: 4; }
    """

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(id="mapping")
        self._glyphs = glyphs
        self.table = MappingTable(glyphs, id="table")
        self._plan: Plan | None = None
        self._only = False
        self._begun = False

    def compose(self) -> ComposeResult:
        yield Static(id="heads", markup=False)
        yield self.table
        yield Static(id="line", markup=False)
        with Horizontal(id="wishes"):
            yield WishButton(_("Other side  space"), id="side", compact=True)
            yield WishButton(_("Target  t"), id="target", compact=True)
            yield WishButton(_("Unmap  x"), id="nowhere", compact=True)
            yield WishButton(_("Value  a"), id="value", compact=True)
            yield WishButton("", id="only", compact=True)

    def begin(self) -> None:
        if not self._begun:
            self._begun = True
            self.table.go_to_first()
        self.table.focus()

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        return self.table.line

    def show(self, plan: Plan) -> None:
        self._plan = plan
        self._list()

    def flip_only(self) -> None:
        """Show all lines, or only those that ask for a second look."""
        self._only = not self._only
        self._list()

    def problems(self, blocked: Collection[Blocked]) -> list[str]:
        """Those of the lines stand in the table itself; the cursor goes to the first."""
        wrong = [line for line in self._plan.lines if line.problem] if self._plan else []
        if wrong:
            if wrong[0] not in self.table.lines:
                self._only = False
                self._list()
            self.table.go_to(wrong[0])
        count = len(wrong)
        said = ngettext(
            "{count} line is blocked: it stands in red.",
            "{count} lines are blocked: they stand in red.",
            count,
        )
        return [said.format(count=count)] if wrong else []

    def _list(self) -> None:
        if self._plan is None:
            return
        lines = self._plan.lines
        few = tuple(filter(matters, lines))
        self.table.show(few if self._only else lines)
        button = self.query_one("#only", WishButton)
        wish = _("All {count}  o") if self._only else _("{count} that matter  o")
        button.label = Content(wish.format(count=len(lines) if self._only else len(few)))
        self.call_after_refresh(self._name_columns)
        self._tell()

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._name_columns)

    def _name_columns(self) -> None:
        self.query_one("#heads", Static).update(self.table.heads())

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        """Say the whole of the line under the cursor."""
        line = self.table.line
        self.query_one("#line", Static).update(
            _said(line, self._glyphs, max(self.size.width - 1, 40)) if line else ""
        )
        self.query_one("#side", WishButton).disabled = line is None or not line.can_take
        for wish in ("target", "nowhere"):
            self.query_one(f"#{wish}", WishButton).disabled = line is None or not line.source
        self.query_one("#value", WishButton).disabled = line is None or not chooses(line)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(MappingTable.Wished(str(event.button.id)))


def chooses(line: Line) -> bool:
    """Whether the target knows a few values only, so that the lead's may need a translation."""
    return bool(line.source) and line.target_kind in {"choice", "code"}


def _said(line: Line, glyphs: Glyphs, width: int) -> Content:
    """What a line of the table had no room for, on three lines; of a conflict both sides."""
    first = Content.assemble(
        (cut(line.source_label or _("typed"), 30), "$text-muted"),
        f" {glyphs.arrow} ",
        (cut(target_name(line.target, line.target_label), 40), "bold"),
        "  ",
        (effect_word(line), BLOCKED_INK if line.problem else INKS.get(line.effect, "")),
    )
    if line.problem:
        more = [Content(text).stylize("$text-error") for text in wrap(line.problem, width, most=2)]
    elif line.can_take:
        more = [
            _side(_("there"), line.before, line.stored is None, glyphs, width),
            _side(_("lead"), line.value, line.stored is not None, glyphs, width),
        ]
    else:
        text = line.note or (line.result if line.target else line.value)
        more = [Content(part) for part in wrap(text, width, most=2)]
    return Content("\n").join([first, *more])


def _side(name: str, value: str, wins: bool, glyphs: Glyphs, width: int) -> Content:
    """One side of a conflict, marked when it is the one that stays."""
    head = f"{glyphs.marked if wins else ' '} {fit(name, 8)}"
    return Content.assemble(
        (head, "$text-muted"), (cut(value, width - 11), "bold" if wins else "$text-muted")
    )
