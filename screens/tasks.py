"""The tasks that want to be done, on all leads, the first one due before the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from leadtui.details import TaskRow
from leadtui.followup.describe import describe_due
from leadtui.followup.tasks import cancel_tasks, finish_tasks, wanted_tasks
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.labels import label
from leadtui.settings.working_hours import late_after
from screens.entries import ChangingScreen, Keys, Left
from widgets.entry_list import EntryList
from widgets.panel import Piece
from widgets.plain import cut, fit, joined

if TYPE_CHECKING:
    from leadtui.store.act import Act
    from leadtui.workspace import Undone, Workspace

_LINES_EACH = 2
_DUE_WIDTH = 18


class TasksScreen(ChangingScreen):
    """Closes tasks with one key each; `new` opens the form of a new one beside the task under the cursor and
    calls back when it is saved, `left` is told which lead to go to, and whether anything changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "done", show=False),
        Binding("x", "cancel", show=False),
        Binding("n", "new", show=False),
        Binding("space", "mark", show=False),
        Binding("enter,o", "go", show=False),
        Binding("R", "read_again", show=False),
    ]

    def __init__(
        self,
        workspace: Workspace,
        keys: Keys,
        new: Callable[[TaskRow | None, Callable[[], None]], None],
        left: Left,
    ) -> None:
        super().__init__(workspace, keys, left)
        self._new = new
        self._tasks: tuple[TaskRow, ...] = ()

    def on_mount(self) -> None:
        self._list.empty_text = _("No task is open: n adds one, a playbook brings several.")
        self.action_read_again()

    def action_read_again(self) -> None:
        user = self.workspace.user

        def take(tasks: tuple[TaskRow, ...]) -> None:
            self._tasks = tasks
            self._list.show(len(tasks), _LINES_EACH, self._draw_task, self._list.cursor)
            self._list.set_caption([(_("Tasks"), "title"), (f"{len(tasks):,}", "key")])

        self.read_soon("tasks", lambda connection: wanted_tasks(connection, user), take)
        self.show_keys(
            ("d", _("Done"), "done"),
            ("x", _("Cancel task"), "cancel"),
            ("n", _("Add"), "new"),
            ("space", _("Mark"), "mark"),
            ("enter", _("Go to lead"), "go"),
            self.undo_shown,
            ("esc", _("Back"), "leave"),
        )

    def _draw_task(self, entry: int, part: int, width: int) -> Sequence[Piece]:
        task = self._tasks[entry]
        if part:
            who = ", ".join(name for name in (task.company, task.contact) if name)
            how = label("channel", task.channel) if task.channel else ""
            return [("  " + cut(joined((who, how)), width - 2), "dim")]
        now, zone = self.workspace.clock.now(), self.workspace.zone
        due = "" if task.due is None else describe_due(task.due, task.all_day, now, zone)
        ends = 0 if task.due is None else late_after(task.due, task.all_day, zone)
        ink = "late" if task.due is not None and ends < now else "soon"
        return [
            (fit(task.title, width - _DUE_WIDTH - 1), "strong"),
            (fit(due, _DUE_WIDTH, right=True) + " ", ink),
        ]

    # Acting

    def action_done(self) -> None:
        self._close(_("Finish task"), finish_tasks, _("done"))

    def action_cancel(self) -> None:
        self._close(_("Cancel task"), cancel_tasks, _("cancelled"))

    def _close(self, name: str, verb: Callable[[Act, Sequence[str]], None], note: str) -> None:
        chosen = [self._tasks[entry] for entry in self._list.targets()]
        if not chosen:
            return
        several = ngettext("{count} task", "{count} tasks", len(chosen)).format(count=len(chosen))
        title = cut(chosen[0].title, 40) if len(chosen) == 1 else several

        def closed(_nothing: None) -> None:
            self._acted()
            self.say_done(_("{name}: {note}").format(name=title, note=note))

        self.act(name, lambda act: verb(act, [task.id for task in chosen]), closed)

    def _acted(self) -> None:
        self._changed = True
        self.action_read_again()

    def show_taken_back(self, undone: Undone) -> None:
        self._acted()

    def action_new(self) -> None:
        self._new(self._tasks[self._list.cursor] if self._tasks else None, self._acted)

    def action_mark(self) -> None:
        self._list.toggle_mark()

    def action_go(self) -> None:
        if self._tasks:
            self.leave_for(self._tasks[self._list.cursor].seq)

    @on(EntryList.Chosen)
    def _clicked(self) -> None:
        self.action_go()
