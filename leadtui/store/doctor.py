"""Checks of the file itself: whose it is, whether it is whole, whether every change is recorded."""

from __future__ import annotations

import sqlite3
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from leadtui.errors import DatabaseError
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.store.opening import file_version, journal_of
from leadtui.store.synced import copies_of, syncer_of
from leadtui.store.triggers import expected_recording, found_recording

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str
    """What was found; when it isn't well, with what to do."""


def check_file(path: Path) -> Check:
    """Whether there is a database at `path` that this version reads."""
    if not path.exists():
        return Check("file", True, _("there is none yet at {path}; LeadTUI makes one").format(path=path))
    try:
        version = file_version(path)
    except DatabaseError as error:
        return Check("file", False, str(error))
    return Check("file", True, _("{path}, schema {version}").format(path=path, version=version))


def check_integrity(connection: sqlite3.Connection) -> Check:
    """Whether SQLite can read every page and every index agrees with its table."""
    try:
        found = [str(line) for (line,) in connection.execute(f"PRAGMA integrity_check({_SHOWN})")]
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    if found == ["ok"]:
        return Check("integrity", True, _("every page can be read"))
    advice = _("`leadtui doctor --mend` rebuilds what can be rebuilt; `leadtui restore` lists the backups")
    return Check("integrity", False, f"{'; '.join(found)}. {advice}")


def check_references(connection: sqlite3.Connection) -> Check:
    """Whether every record belongs to a record that exists."""
    dangling = connection.execute("SELECT count(*), min([table]) FROM pragma_foreign_key_check").fetchone()
    if not dangling[0]:
        return Check("references", True, _("every record belongs to one that exists"))
    return Check(
        "references",
        False,
        ngettext(
            "{count} record in {table} belongs to a lead that is gone; `leadtui restore` lists the backups",
            "{count} records in {table} belong to leads that are gone; `leadtui restore` lists the backups",
            dangling[0],
        ).format(count=dangling[0], table=dangling[1]),
    )


def check_recording(connection: sqlite3.Connection) -> Check:
    """Whether the triggers of the journal are there, and are the ones that this version makes."""
    found = {name: statement for name, (_kind, statement) in found_recording(connection).items()}
    expected = expected_recording(connection)
    wrong = sorted(name for name in expected if name in found and found[name] != expected[name])
    wrong += [name for name in sorted(found) if name not in expected]
    missing = sorted(expected.keys() - found.keys())
    entry, applying = connection.execute("SELECT entry, applying FROM journal_state").fetchone()
    faults = []
    if missing:
        faults.append(
            _("{count} triggers are missing: {names}").format(count=len(missing), names=_some(missing))
        )
    if wrong:
        faults.append(
            _("{count} triggers were changed: {names}").format(count=len(wrong), names=_some(wrong))
        )
    if entry is not None or applying:
        faults.append(_("the journal stands still in the middle of an act"))
    if not faults:
        return Check("journal", True, _("every change is recorded"))
    advice = _("`leadtui doctor --mend` puts that right")
    return Check("journal", False, f"{'; '.join(faults)}; {advice}")


def check_permissions(path: Path) -> Check:
    """Whether only its owner may read the file (0600); Windows keeps that elsewhere."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if sys.platform == "win32" or not mode & 0o077:
        return Check("permissions", True, _("only you can read the file"))
    detail = _("others may read the file ({mode}); `leadtui doctor --mend` makes it yours alone")
    return Check("permissions", False, detail.format(mode=f"{mode:04o}"))


def check_place(path: Path) -> Check:
    """Whether a syncer carries the folder of the file, or left copies of it there."""
    if copies := copies_of(path):
        detail = _(
            "{names} beside it may hold changes of another machine: look at them with --db; "
            "`leadtui export FILE.json` there and `leadtui import FILE.json` here bring over new leads and "
            "fill blanks"
        )
        return Check("place", False, detail.format(names=_some([copy.name for copy in copies])))
    syncer = syncer_of(path)
    if not syncer:
        return Check("place", True, _("no synced folder"))
    detail = _(
        "{path} lies in a folder that {syncer} carries: two machines that write it lose changes; "
        "keep it elsewhere with --db or LEADTUI_DB"
    )
    return Check("place", False, detail.format(path=path, syncer=syncer))


def check_leftovers(path: Path) -> Check:
    """Whether a killed process left a journal of SQLite behind, or a copy that was never finished."""
    left = [path.resolve().with_name(f"{path.resolve().name}-wal"), journal_of(path)]
    names = [file.name for file in left if _first_byte(file)]
    if not names:
        return Check("leftovers", True, _("nothing is left of an interrupted write"))
    detail = _("{names} stays beside the file: another program is writing, or has it open in WAL mode")
    return Check("leftovers", False, detail.format(names=", ".join(names)))


def _first_byte(file: Path) -> int:
    """0 when the file is empty or isn't there, and for a journal that was begun and never needed: SQLite
    passes over it and uses it again."""
    try:
        with file.open("rb") as opened:
            return int.from_bytes(opened.read(1))
    except OSError:
        return 0


def _some(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
