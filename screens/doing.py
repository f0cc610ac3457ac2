"""What commands have in common, for leads and for records: their keys, what was done, taking it back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding, BindingsMap

from leadtui.commands import BY_ID, COMMANDS
from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.keys import display_key
from screens.work import ScreenPart
from widgets.plain import cut, joined

if TYPE_CHECKING:
    from leadtui.store.act import Act
    from leadtui.workspace import Undone
    from screens.editor import Edited

Change = Callable[["Act", list[str]], None]
"""What an act does to the leads or records with these ids; of many it gets a few hundred at a time."""

_MOVES = (
    "move-down", "move-up", "move-first", "move-last", "page-down", "page-up", "half-page-down",
    "half-page-up",
)  # fmt: skip
"""Commands that a panel does by itself."""


class Targets(NamedTuple):
    """The leads or records that an act is for, as they were chosen when its key was pressed."""

    seqs: tuple[int, ...]
    name: str
    """The name of a single one, else how many there are (cleaned)."""
    record: str = "lead"
    """`lead`, `customer`, `contact` or `opportunity`."""


class Undoing(ScreenPart):
    """Takes back what was done, and does it again."""

    def show_taken_back(self, undone: Undone) -> None:
        """Show what stands there now that an act was taken back, or done again."""
        raise NotImplementedError

    def action_undo(self) -> None:
        self.take_back(self.show_taken_back)

    def action_redo(self) -> None:
        self.do_again(self.show_taken_back)


class Doing(Undoing):
    """Does what a command says, and tells how that is taken back."""

    keys: Mapping[str, tuple[str, ...]]
    """The keys of each command."""

    # What the screen gives

    def perform(self, targets: Targets, name: str, change: Change, note: str, stay: bool = False) -> None:
        """Do one act on the targets, mark what happened where they stand, and go on unless `stay`."""
        raise NotImplementedError

    async def save_form(
        self, targets: Targets, name: str, change: Change, note: str, stay: bool = False
    ) -> Mapping[str, str] | None:
        """As `perform`, for a form that shows what is refused."""
        raise NotImplementedError

    # What was done

    @property
    def keys_shown(self) -> dict[str, str]:
        """The first key of each command, as it is shown."""
        return {name: display_key(keys[0]) if keys else "" for name, keys in self.keys.items()}

    @property
    def ways_shown(self) -> dict[str, str]:
        """What is pressed for each command: its key, or the palette's and its name there when it has none."""
        shown = self.keys_shown
        palette = shown["palette"]
        return {name: key or f"{palette} {_(BY_ID[name].label)}".lstrip() for name, key in shown.items()}

    def say_done(self, said: str) -> None:
        """Tell what was done, and the key that undoes it."""
        self.say(joined((said, _("{key} undoes it").format(key=self.ways_shown["undo"]))))

    # Texts

    def edit_notes(self, notes: object, save: Callable[[str], Awaitable[Mapping[str, str] | None]]) -> None:
        """Have notes edited in the user's editor, and save what they are then; `save` gives back what is
        refused, as that of a form does."""
        from screens.editor import edited

        try:
            made = edited(self.app, str(notes or ""))
        except LeadTUIError as error:
            self.host.tell_error(error)
            return
        if made is None:
            self.say(_("The notes are as they were."))
            return
        saving = self._save_notes(made, save, self.host.hold_keys())
        self.run_worker(saving, group="write", exit_on_error=False)

    async def _save_notes(
        self,
        made: Edited,
        save: Callable[[str], Awaitable[Mapping[str, str] | None]],
        let_go: Callable[[], None],
    ) -> None:
        try:
            refused = await save(made.text)
            if refused:
                raise FieldProblems(refused)
            made.file.unlink(missing_ok=True)
        except LeadTUIError as error:
            why = " ".join(error.problems.values()) if isinstance(error, FieldProblems) else str(error)
            kept = _("{why} What you wrote is in {path}.").format(why=why, path=made.file)
            self.host.tell_error(LeadTUIError(kept))
        except Exception as error:
            self.host.tell_error(error)
        finally:
            let_go()

    def offer_copies(self, options: Sequence[tuple[str, str, str]]) -> None:
        """Let a text be chosen and copied; `options` are (key, text, what is shown)."""
        from screens.choose import ChooseScreen

        def copy(text: str | None) -> None:
            if text is not None:
                self.app.copy_to_clipboard(text)
                self.say(_("Copied: {text}").format(text=cut(text, 60)))

        self.app.push_screen(ChooseScreen(_("Copy"), options), copy)

    # Leaving, and help

    def action_help(self) -> None:
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.keys))

    def action_quit(self) -> None:
        self.app.exit(0)


def moves_of(keys: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The keys that move in a panel, and what each does."""
    return {key: command for command in _MOVES for key in keys[command]}


def command_bindings(screen: object, keys: Mapping[str, tuple[str, ...]]) -> BindingsMap:
    """A binding for each key of each command that a screen has an action for; the panels move by
    themselves."""
    return BindingsMap(
        Binding(key, command.action, command.label, show=False, id=command.id)
        for command in COMMANDS
        if command.id not in _MOVES and hasattr(screen, f"action_{command.action}")
        for key in keys[command.id]
    )
