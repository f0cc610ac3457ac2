"""Screens that are a list of entries, with the keys of what can be done with them beneath it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from leadtui.commands import BY_ID
from leadtui.i18n import gettext as _
from leadtui.keys import display_key
from screens.doing import Undoing, moves_of
from screens.work import WorkingScreen
from widgets.bar import ItemBar
from widgets.entry_list import EntryList
from widgets.glyphs import Glyphs
from widgets.key_bar import KeyBar
from widgets.plain import joined

if TYPE_CHECKING:
    from leadtui.workspace import Workspace

Keys = Mapping[str, tuple[str, ...]]
"""The keys of each command, as the user has set them."""

Left = Callable[[int | None, bool], None]
"""Told, when a screen is left, which lead to go to, and whether anything was changed."""


def _stay(_seq: int | None, _changed: bool) -> None:
    """For screens that nothing follows upon."""


class EntryListAbove(EntryList):
    """A list of entries above a panel that shows the one under the cursor; `moved` is told of another one."""

    OPEN_BELOW: ClassVar[bool] = True

    def __init__(self, glyphs: Glyphs, moved: Callable[[], None]) -> None:
        super().__init__(glyphs)
        self._moved = moved

    def go_to(self, line: int) -> None:
        before = self.cursor
        super().go_to(line)
        if self.cursor != before:
            self._moved()


class EntriesScreen(WorkingScreen):
    """Has the list and the keys; which entries there are, and what is done with them, a screen says itself.

    The list moves with the user's `keys`; `_changed` is set by whoever changes something.
    """

    DEFAULT_CSS = "EntriesScreen EntryList { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "leave", show=False)]

    def __init__(self, workspace: Workspace, keys: Keys, left: Left = _stay) -> None:
        super().__init__(workspace)
        self._keys = keys
        self._moves = moves_of(keys)
        self._left = left
        self._changed = False
        self._list = self.entry_list()

    def entry_list(self) -> EntryList:
        """The list that the screen begins with."""
        return EntryList(self.glyphs)

    def compose(self) -> ComposeResult:
        yield self._list
        yield KeyBar()

    def on_mount(self) -> None:
        self._list.moves = self._moves
        self._list.focus()

    def show_keys(self, *keys: tuple[str, str, str]) -> None:
        """Show (key, label, action) in the last line; a click does it."""
        self.query_one(KeyBar).show_keys(keys)

    @on(ItemBar.Clicked)
    async def _key_clicked(self, event: ItemBar.Clicked) -> None:
        await self.run_action(event.target)

    def action_leave(self) -> None:
        self.leave_for(None)

    def leave_for(self, seq: int | None) -> None:
        """Close the screen, and go to a lead where there is one."""
        if self.app.screen is self:
            self.dismiss(None)
            self._left(seq, self._changed)


class ChangingScreen(Undoing, EntriesScreen):
    """Changes what its entries stand for; that is taken back with the keys that take back everywhere."""

    def __init__(self, workspace: Workspace, keys: Keys, left: Left = _stay) -> None:
        super().__init__(workspace, keys, left)
        self._undo_key = self._bind("undo")
        self._bind("redo")

    def _bind(self, command: str) -> str:
        """Bind the user's keys of a command but for those that mean something else on this screen, or when
        none is left its usual ones; returns the first as it is shown."""
        own = frozenset(self._bindings.key_to_bindings)
        keys = [key for key in self._keys[command] if key not in own] or BY_ID[command].keys
        for key in keys:
            self._bindings.bind(key, BY_ID[command].action, show=False)
        return display_key(keys[0])

    @property
    def undo_shown(self) -> tuple[str, str, str]:
        """Undo, as `show_keys` takes it."""
        return self._undo_key, _("Undo"), "undo"

    def say_done(self, said: str) -> None:
        """Tell what was done, and the key that undoes it."""
        self.say(joined((said, _("{key} undoes it").format(key=self._undo_key))))
