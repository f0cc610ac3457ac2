"""Merging records: both sides in view, one key a decision."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from leadtui.followup.side_by_side import Line, lines
from leadtui.i18n import gettext as _
from leadtui.i18n import marked, ngettext, with_signs
from leadtui.qualify.fields import FieldDefinition
from leadtui.qualify.merging.plan import MergePlan, propose
from leadtui.workspace import Workspace
from screens.work import WorkingScreen
from widgets.bar import ItemBar
from widgets.key_bar import KeyBar
from widgets.merge_table import MergeTable
from widgets.plain import cut

_LABELS = {
    "lead": marked("Merge leads"),
    "customer": marked("Merge customers"),
    "contact": marked("Merge contacts"),
}
"""What the act is called, by the kind of record."""


class MergeScreen(WorkingScreen):
    """Shows a plan and changes it; `merged` is told the plan that was carried out."""

    DEFAULT_CSS = "MergeScreen MergeTable { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f2", "merge", show=False),
        Binding("escape,q", "leave", show=False),
        Binding("left,h", "take(-1)", show=False),
        Binding("right,l", "take(1)", show=False),
        Binding("space", "take(1)", show=False),
        Binding("a", "join", show=False),
        Binding("s", "stay", show=False),
        Binding("equals_sign", "all", show=False),
        *(Binding(str(number), f"pick({number - 1})", show=False) for number in range(1, 10)),
    ]

    def __init__(
        self,
        workspace: Workspace,
        plan: MergePlan,
        definitions: Sequence[FieldDefinition],
        moves: Mapping[str, str],
        merged: Callable[[MergePlan], None],
    ) -> None:
        super().__init__(workspace)
        self._plan = plan
        self._definitions = definitions
        self._moves = moves
        self._merged = merged
        self._everything = False
        self._merging = False

    def compose(self) -> ComposeResult:
        yield MergeTable(self.glyphs)
        yield KeyBar()

    def on_mount(self) -> None:
        self._table = self.query_one(MergeTable)
        self._table.moves = self._moves
        self._table.focus()
        self._show()

    def on_resize(self) -> None:
        self._show()

    # What is shown

    def _show(self) -> None:
        told = lines(self._plan, self._definitions, self.workspace.zone)
        shown = told if self._everything else [line for line in told if line.differs] or told
        same = len(told) - len(shown)
        count = len(self._plan.sides)
        title = ngettext("Merge {count} record", "Merge {count} records", count).format(count=count)
        caption = [(title, "title")]
        if same:
            more = ngettext("{count} field is the same", "{count} fields are the same", same)
            caption.append((f"{with_signs('·')} {more.format(count=same)} ", "dim"))
        names = [(side.number, side.name) for side in self._plan.sides]
        self._table.show(shown, names, self._plan.survivor, caption)
        self.query_one(KeyBar).show_keys(
            (
                ("enter", _("Merge"), "merge"),
                (with_signs("←→"), _("Take"), "take(1)"),
                ("a", _("All together"), "join"),
                ("s", _("This one stays"), "stay"),
                ("esc", _("Back"), "leave"),
                ("=", _("Same fields"), "all"),
            )
        )

    @on(ItemBar.Clicked)
    async def _clicked(self, event: ItemBar.Clicked) -> None:
        await self.run_action(event.target)

    @on(MergeTable.Picked)
    def _picked(self, event: MergeTable.Picked) -> None:
        self.action_pick(event.side)

    # Deciding

    def action_take(self, by: int) -> None:
        line = self._table.line
        if line is not None:
            count = len(self._plan.sides)
            chosen = (0 if by > 0 else count - 1) if line.chosen is None else (line.chosen + by) % count
            self.action_pick(chosen)

    def action_pick(self, side: int) -> None:
        line = self._table.line
        if line is not None and side < len(self._plan.sides):
            self._choose(line, side)

    def action_join(self) -> None:
        line = self._table.line
        if line is None:
            return
        if not line.can_join:
            told = _("{field} holds one value: take one side.")
            self.notify(cut(told.format(field=line.label), 100), markup=False)
            return
        self._choose(line, None)

    def _choose(self, line: Line, side: int | None) -> None:
        self._plan = self._plan.choose(line.name, side)
        self._show()

    def action_stay(self) -> None:
        """The next record stays; what was decided before begins anew from it."""
        sides = self._plan.sides
        following = sides[(self._plan.survivor + 1) % len(sides)]
        self._plan = propose(self._plan.kind, sides, following.id)
        self._show()

    def action_all(self) -> None:
        self._everything = not self._everything
        self._show()

    # Leaving

    def action_leave(self) -> None:
        if not self._merging:
            self.dismiss(None)

    def action_merge(self) -> None:
        if not self._merging:
            self._merging = True
            self.run_worker(self._merge(), group="merge", exit_on_error=False)

    async def _merge(self) -> None:
        from leadtui.qualify.merging.merge import merge

        plan = self._plan
        try:
            await self.save(_(_LABELS[plan.kind.name]), lambda act: merge(act, plan), self._done)
        except Exception as error:
            self.host.tell_error(error)
        finally:
            self._merging = False

    def _done(self, _stays: str) -> None:
        self.dismiss(None)
        self._merged(self._plan)


def merged_text(plan: MergePlan) -> str:
    """What was merged into what, in a sentence."""
    return _("{count} merged into {number} {name}").format(
        count=len(plan.losers), number=plan.stays.number, name=cut(plan.stays.name, 40)
    )


def open_merge(
    screen: WorkingScreen,
    ids: Callable[[sqlite3.Connection], Sequence[str]],
    moves: Mapping[str, str],
    merged: Callable[[MergePlan], None],
    kind: str = "lead",
) -> None:
    """Read the records of a kind whose ids `ids` finds, and open the screen that merges them."""
    from leadtui.qualify.fields import custom_fields
    from leadtui.qualify.merging.merge import read_plan

    workspace = screen.workspace

    def show(answer: tuple[MergePlan, tuple[FieldDefinition, ...]]) -> None:
        screen.app.push_screen(MergeScreen(workspace, *answer, moves, merged))

    screen.load_first(
        "merge",
        lambda connection: (
            read_plan(connection, kind, ids(connection)),
            custom_fields(connection, workspace.settings, kind),
        ),
        show,
    )
