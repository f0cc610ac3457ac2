"""How a screen reads and writes the file without waiting for it."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from textual.notifications import Notification
from textual.screen import Screen

from leadtui.clock import Today
from leadtui.errors import DatabaseBusy, FieldProblems
from leadtui.followup.queue import names
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from screens.host import Host, StyledOnce, shown_in_place
from widgets.glyphs import ASCII, Glyphs
from widgets.plain import cut, joined

if TYPE_CHECKING:
    from textual.worker import WorkType

    from leadtui.commands import Command
    from leadtui.store.act import Act
    from leadtui.store.journal import Entry
    from leadtui.workspace import Undone, Workspace

Value = TypeVar("Value")
SAID_SECONDS = 5.0
_SLOW_SECONDS = 0.03
_WAITING_SECONDS = 1.0
"""What takes longer than this, because somebody else has the file, is told."""
_LONGEST_WAIT = 30.0
"""What is told of it stands until the wait is over, but no longer than this."""
_SOON_REVERSED = 1_000
"""Taking back more changes than these shows how far it is."""
_SLOW_READS = 2
"""After so many slow reads in a row none is made between a key and its frame, until one was quick again."""


class WorkingScreen(StyledOnce, Screen[None]):
    """Loads in threads: of each group only the newest answer counts; writes are never dropped."""

    _slow_reads = 0
    """How many reads in a row were slow: after two, the next ones are made in threads."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def say(self, text: str, seconds: float = SAID_SECONDS) -> None:
        """Tell the user something that needs no answer, in place of what was said before (cleaned)."""
        said = Notification(cut(text, 300), timeout=seconds)
        self.host.said = shown_in_place(self.app, said, self.host.said)

    def offers(self, command: Command) -> bool:
        """Whether a command of the registry means something here."""
        return hasattr(self, f"action_{command.action}")

    @property
    def host(self) -> Host:
        return cast("Host", self.app)

    @property
    def today(self) -> Today:
        """The user's day."""
        return Today.at(self.workspace.clock.now(), self.workspace.zone)

    @property
    def glyphs(self) -> Glyphs:
        """The signs that the user's terminal can show."""
        return ASCII if self.workspace.settings.look.ascii else Glyphs()

    def read_now(self, read: Callable[[sqlite3.Connection], Value]) -> Value | None:
        """The answer of a read that takes a millisecond, at once; None when the file is busy or slow.

        What goes wrong is told, and then the answer is None too.
        """
        if self._slow_reads >= _SLOW_READS:
            return None
        start = time.perf_counter()
        try:
            with self.workspace.read() as connection:
                connection.execute("PRAGMA busy_timeout = 0")
                return read(connection)
        except DatabaseBusy:
            return None
        except Exception as error:
            self.host.tell_error(error)
            return None
        finally:
            slow = time.perf_counter() - start > _SLOW_SECONDS
            self._slow_reads = self._slow_reads + 1 if slow else 0

    def load(
        self,
        group: str,
        read: Callable[[sqlite3.Connection], Value],
        then: Callable[[Value], None],
        patience: float = 0,
    ) -> None:
        """Read in a thread and hand the answer to `then`, unless a newer load of the group was begun.

        What is asked for again and again in a short time waits `patience` seconds, so that only the last of
        it is read.
        """
        loading: WorkType[None] = partial(self._load, read, then, patience)
        self.run_worker(loading, group=group, exclusive=True, exit_on_error=False)

    def drop(self, group: str) -> None:
        """Give up a load of the group: what it asked for is known or wanted no more."""
        self.workers.cancel_group(self, group)

    def read_soon(
        self, group: str, read: Callable[[sqlite3.Connection], Value], then: Callable[[Value], None]
    ) -> None:
        """Hand the answer to `then` in the same frame if it can be read that quickly, else as `load` does."""
        found = self.read_now(read)
        if found is not None:
            self.drop(group)
            then(found)
        else:
            self.load(group, read, then)

    def load_first(
        self, group: str, read: Callable[[sqlite3.Connection], Value], then: Callable[[Value], None]
    ) -> None:
        """As `load`, for what a key opens: the keys behind it wait until it is there."""
        let_go = self.host.hold_keys()

        async def load() -> None:
            try:
                with self._told_when_slow():
                    await self._load(read, then, 0)
            finally:
                let_go()

        self.run_worker(load(), group=group, exclusive=True, exit_on_error=False)

    async def _load(
        self, read: Callable[[sqlite3.Connection], Value], then: Callable[[Value], None], patience: float
    ) -> None:
        if patience:
            await asyncio.sleep(patience)

        def reading() -> tuple[Value, float]:
            with self.workspace.read() as connection:
                start = time.perf_counter()
                return read(connection), time.perf_counter() - start

        try:
            value, seconds = await _in(self.host.readers, reading)
        except Exception as error:
            self.host.tell_error(error)
            return
        if seconds <= _SLOW_SECONDS:
            self._slow_reads = 0
        then(value)

    async def answer(self, read: Callable[[sqlite3.Connection], Value]) -> Value:
        """The answer of a long read, made in a thread; its errors come out here."""

        def reading() -> Value:
            with self.workspace.read() as connection:
                return read(connection)

        return await _in(self.host.readers, reading)

    def act(
        self,
        label: str,
        change: Callable[[Act], Value],
        then: Callable[[Value], None] = lambda value: None,
    ) -> None:
        """Change the file in a thread, in one act called `label`; `then` gets what `change` returns.

        Where nothing was changed that is said instead: there is nothing to show, and nothing to undo.
        """
        self.write(self._acting(label, change), lambda acted: self.conclude(*acted, then))

    def write(self, work: Callable[[], Value], then: Callable[[Value], None]) -> None:
        """Do anything else that writes, in a thread, after the writes that were asked for before.

        The keys behind the one that asked for it wait: they are meant for what it leaves.
        """
        self.run_worker(self._write(work, then, self.host.hold_keys()), group="write", exit_on_error=False)

    async def _write(
        self, work: Callable[[], Value], then: Callable[[Value], None], let_go: Callable[[], None]
    ) -> None:
        try:
            try:
                value = await self._written(work)
            except Exception as error:
                self.host.tell_error(error)
                return
            then(value)
        finally:
            let_go()

    async def _written(self, work: Callable[[], Value]) -> Value:
        """What `work` returns, done after the writes before it."""
        with self._told_when_slow():
            async with self.host.writing:
                value = await _in(self.host.writer, work)
                self.host.note_own_write()
            if self.host.last_error is not None:
                self.host.last_error.timeout = 0
        return value

    @contextmanager
    def _told_when_slow(self) -> Iterator[None]:
        """Say what is waited for when it takes long, and that keys aren't lost."""
        text = _("Another program is using the file: this waits for it, and so do your keys.")
        timer = asyncio.get_running_loop().call_later(_WAITING_SECONDS, self.say, text, _LONGEST_WAIT)
        try:
            yield
        finally:
            timer.cancel()
            said = self.host.said
            if said is not None and said.message == text:
                said.timeout = 0

    def _acting(self, label: str, change: Callable[[Act], Value]) -> Callable[[], tuple[Value, bool]]:
        """Does `change` in one act; returns what it returns, and whether it changed anything."""

        def acting() -> tuple[Value, bool]:
            with self.workspace.act(label) as act:
                value = change(act)
            return value, act.changed

        return acting

    def conclude(self, value: Value, changed: bool, then: Callable[[Value], None]) -> None:
        """Hand what an act returned to `then`; one that changed nothing is told, so that nobody undoes what
        was done before it."""
        if changed:
            then(value)
        else:
            self.say(_("Nothing was changed: it was so already."))

    def take_back(self, then: Callable[[Undone], None]) -> None:
        """Take the last act back, let `then` show what stands there now, and say which act it was."""
        from leadtui.store import journal

        user = self.workspace.user

        def nothing() -> str:
            other = self.read_now(lambda connection: journal.undoable_by_others(connection, user))
            if other is None:
                return _("There is nothing to take back.")
            return _("There is nothing of yours to take back; the last act is {author}'s.").format(
                author=cut(other.author, 40)
            )

        told = self._telling(then, _("Undone: {label}"), nothing)
        self._reverse(_("Undo"), journal.undoable, self.workspace.undo, told)

    def do_again(self, then: Callable[[Undone], None]) -> None:
        """As `take_back`, for what was taken back last."""
        from leadtui.store import journal

        def nothing() -> str:
            return _("Nothing was taken back that could be done again.")

        told = self._telling(then, _("Done again: {label}"), nothing)
        self._reverse(_("Redo"), journal.redoable, self.workspace.redo, told)

    def _reverse(
        self,
        title: str,
        find: Callable[[sqlite3.Connection, str], Entry | None],
        reverse: Callable[..., Undone | None],
        then: Callable[[Undone | None], None],
    ) -> None:
        """Reverse the entry that is to be found; one of many changes shows how far it is."""
        entry = self.read_now(lambda connection: find(connection, self.workspace.user))
        changes = entry.last_change - entry.first_change + 1 if entry else 0
        if entry is None or changes <= _SOON_REVERSED:
            self.write(reverse, then)
            return
        from screens.batch import TakingBackScreen

        screen = TakingBackScreen(f"{title}: {cut(entry.label, 40)}", changes, reverse)

        def ended(error: Exception | None) -> None:
            if error is not None:
                self.host.tell_error(error)
            else:
                then(screen.undone)

        self.app.push_screen(screen, ended)

    def _telling(
        self, then: Callable[[Undone], None], sentence: str, nothing: Callable[[], str]
    ) -> Callable[[Undone | None], None]:
        """Shows what was reversed with `then` and says it in a `sentence`, or that there was `nothing`."""

        def told(undone: Undone | None) -> None:
            if undone is None:
                self.say(nothing())
                return
            whose = self._names_of(undone)
            then(undone)
            self.say(joined((sentence.format(label=cut(undone.label, 60)), *whose)))

        return told

    def _names_of(self, undone: Undone) -> tuple[str, ...]:
        """The name of a lead or a record, of several how many they are, or nothing."""
        lead_ids, records = undone.lead_ids, undone.records
        if len(lead_ids) > 1:
            several = ngettext("{count} lead", "{count} leads", len(lead_ids))
            return (several.format(count=f"{len(lead_ids):,}"),)
        if len(records) > 1:
            several = ngettext("{count} record", "{count} records", len(records))
            return (several.format(count=f"{len(records):,}"),)
        name = self.read_now(lambda connection: names(connection, lead_ids)) if lead_ids else records
        return tuple(cut(one, 40) for one in name or ())

    async def save(
        self, label: str, change: Callable[[Act], Value], then: Callable[[Value], None]
    ) -> Mapping[str, str] | None:
        """As `act`, for a form that stays open until it is done; the form shows what is refused."""

        try:
            acted = await self._written(self._acting(label, change))
        except FieldProblems as refused:
            return refused.problems
        self.conclude(*acted, then)
        return None


async def _in(threads: Executor, work: Callable[[], Value]) -> Value:
    """What `work` returns, done in one of `threads`."""
    return await asyncio.get_running_loop().run_in_executor(threads, work)


if TYPE_CHECKING:
    ScreenPart = WorkingScreen
else:
    ScreenPart = object
"""What a group of methods inherits that `WorkingScreen` is to have in a screen.

Textual looks through all that a class inherits when the class is made, a third of a millisecond each time: so
the groups are plain classes. Textual sees no `@on` in them; a handler is called `on_row_list_opened`.
"""
