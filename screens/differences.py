"""Where a converted lead and what it became no longer say the same, settled with one key a field (C21)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from leadtui.convert.carry_out import PlanStale
from leadtui.convert.differences import Difference, differences, settle
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.keys import display_key
from leadtui.labels import label
from screens.entries import ChangingScreen, Keys
from screens.work import WorkingScreen
from widgets.panel import Piece
from widgets.plain import cut, fit

if TYPE_CHECKING:
    from leadtui.workspace import Undone, Workspace

_LINES_EACH = 2
_BETWEEN = 4
_PUSH, _PULL = "push", "pull"
_RIGHT, _LEFT = display_key("right"), display_key("left")


class DifferencesScreen(ChangingScreen):
    """Shows what each side says of a field; the value of one is taken over by the other, or they stay apart.

    `tell` is called after each change.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", f"settle('{_PUSH}')", show=False),
        Binding("left,h", f"settle('{_PULL}')", show=False),
        Binding("space", "mark", show=False),
        Binding("R", "read_again", show=False),
    ]

    def __init__(
        self,
        workspace: Workspace,
        lead_id: str,
        name: str,
        found: Sequence[Difference],
        keys: Keys,
        tell: Callable[[], None],
    ) -> None:
        super().__init__(workspace, keys)
        self._lead_id = lead_id
        self._lead_name = name
        self._found = tuple(found)
        self._tell = tell
        self._settling = False

    def on_mount(self) -> None:
        self._list.empty_text = _("The lead and its customer say the same.")
        self._show(self._found)

    # What is shown

    def _show(self, found: Sequence[Difference]) -> None:
        self._found = tuple(found)
        self._list.show(len(found), _LINES_EACH, self._draw, self._list.cursor)
        title = _("Differences: {name}").format(name=cut(self._lead_name, 40))
        self._list.set_caption([(title, "title"), (f"{len(found)}", "key")])
        self.show_keys(
            (_RIGHT, _("Take the lead's value"), f"settle('{_PUSH}')"),
            (_LEFT, _("Into the lead"), f"settle('{_PULL}')"),
            ("space", _("Mark"), "mark"),
            self.undo_shown,
            ("esc", _("Back"), "leave"),
        )

    def _draw(self, entry: int, part: int, width: int) -> Sequence[Piece]:
        """The field; beneath it what the lead says, which ways that can go, and what the other one says."""
        one = self._found[entry]
        if part == 0:
            record = label("record", one.target.partition(".")[0])
            sides = _("lead and {record}").format(record=record)
            return [(cut(one.target_label, width // 2) + "  ", "strong"), (sides, "dim")]
        room = (width - _BETWEEN) // 2
        return [
            (fit(_shown(one.lead), room), "text" if one.lead else "dim"),
            (f" {_RIGHT if one.can_push else ' '}{_LEFT if one.can_pull else ' '} ", "key"),
            (cut(_shown(one.record), room), "text" if one.record else "dim"),
        ]

    def action_read_again(self) -> None:
        """Show the differences as they are now."""
        self.load("differences", self._read, self._show)

    def _read(self, connection: sqlite3.Connection) -> tuple[Difference, ...]:
        return differences(connection, self._lead_id, self.workspace.settings, self.workspace.zone)

    # Settling

    def action_mark(self) -> None:
        self._list.toggle_mark()

    def action_settle(self, way: str) -> None:
        """Take over the value of one side, for the fields that are marked or the one under the cursor."""
        chosen = [self._found[entry] for entry in self._list.targets()]
        if not chosen or self._settling:
            return
        self._settling = True
        settling = self._settle(way, chosen, self.host.hold_keys())
        self.run_worker(settling, group="settle", exit_on_error=False)

    async def _settle(self, way: str, chosen: Sequence[Difference], done: Callable[[], None]) -> None:
        lead_id, expected = self._lead_id, self._found
        refs = [one.target for one in chosen]
        push, pull = (refs, []) if way == _PUSH else ([], refs)
        names = {one.target: one.target_label for one in chosen}
        try:
            problems = await self.save(
                _("Settle differences"),
                lambda act: settle(act, lead_id, expected, push, pull),
                lambda _nothing: self._settled(chosen),
            )
            for ref, sentence in (problems or {}).items():
                self.say(f"{cut(names.get(ref, ref), 40)}: {sentence}")
        except Exception as error:
            self.host.tell_error(error)
            if isinstance(error, PlanStale):
                self.action_read_again()
        finally:
            self._settling = False
            done()

    def _settled(self, chosen: Sequence[Difference]) -> None:
        count = len(chosen)
        name = cut(chosen[0].target_label, 40) if count == 1 else ""
        several = ngettext("{count} field", "{count} fields", count).format(count=count)
        self.say_done(_("{name}: taken over").format(name=name or several))
        self.action_read_again()
        self._tell()

    def show_taken_back(self, undone: Undone) -> None:
        self.action_read_again()
        self._tell()


def _shown(value: str) -> str:
    return value.replace("\n", " / ") or _("nothing")


def open_differences(
    screen: WorkingScreen, lead_id: str, name: str, keys: Keys, changed: Callable[[], None]
) -> None:
    """Compare a converted lead with what it became, and show that; a lead that isn't converted is told."""
    workspace = screen.workspace

    def show(found: Sequence[Difference]) -> None:
        screen.app.push_screen(DifferencesScreen(workspace, lead_id, name, found, keys, changed))

    screen.load_first(
        "differences",
        lambda connection: differences(connection, lead_id, workspace.settings, workspace.zone),
        show,
    )
