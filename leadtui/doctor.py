"""What is looked at when something seems wrong, and what can be mended safely."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import tzinfo
from pathlib import Path

from leadtui.commands import resolve_keys
from leadtui.followup.facts import facts_of_lead
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.refresh import derived_values
from leadtui.settings import Settings, SettingsProblem
from leadtui.store import doctor, search
from leadtui.store.backup import keep
from leadtui.store.columns import LEAD_DERIVED
from leadtui.store.doctor import Check
from leadtui.store.failures import database_error
from leadtui.store.opening import connect
from leadtui.store.search_text import NUMBER_MARK
from leadtui.store.triggers import install_triggers
from leadtui.store.writing import transaction
from leadtui.terminal import SMALLEST, Terminal
from leadtui.values import Progress, untold
from leadtui.workspace import Workspace

_SAMPLE = 20_000
"""How many leads are computed again to see whether what is stored is right."""


def examine(path: Path, settings: Settings, now: int, zone: tzinfo) -> list[Check]:
    """The checks of the database at `path`; those that need a readable file are left out without one."""
    checks = [doctor.check_file(path)]
    if not path.exists():
        return checks
    if checks[0].ok and path.stat().st_size:
        checks += _examine_contents(path, settings, now, zone)
    return [*checks, doctor.check_permissions(path), doctor.check_place(path), doctor.check_leftovers(path)]


def check_settings(path: Path, settings: Settings, problems: Sequence[SettingsProblem]) -> Check:
    """Whether every line of the settings and every key in them could be taken."""
    _keys, unfit = resolve_keys(settings.keys)
    sentences = [*map(str, problems), *(problem.sentence for problem in unfit)]
    if sentences:
        return Check("settings", False, "; ".join(sentences))
    if not path.exists():
        return Check("settings", True, _("none at {path}: the defaults hold").format(path=path))
    return Check("settings", True, _("every line of {path} is taken").format(path=path))


def check_terminal(found: Terminal, settings: Settings) -> Check:
    """Whether the inbox can be shown here, and how."""
    colours = {0: _("no colours"), 1 << 24: _("all colours")}.get(
        found.colours, _("{count} colours").format(count=found.colours)
    )
    size = "x".join(map(str, found.size)) if found.size else _("no terminal")
    bell = _("bell on") if settings.look.bell else _("bell off")
    told = [f"TERM={found.kind or '-'}", size, colours, "UTF-8" if found.utf8 else _("not UTF-8"), bell]
    advice = []
    if found.kind == "dumb" or (found.size and not found.kind):
        advice.append(_("set TERM to what your terminal is"))
    if found.size and (found.size[0] < SMALLEST[0] or found.size[1] < SMALLEST[1]):
        advice.append(_("the inbox needs {size}").format(size="x".join(map(str, SMALLEST))))
    if not found.utf8:
        advice.append(_("Chinese needs UTF-8: set LANG to a locale such as C.UTF-8"))
    detail = ", ".join(told) + (": " + "; ".join(advice) if advice else "")
    return Check("terminal", not advice, detail)


def mend(
    path: Path,
    backups: Path,
    settings: Settings,
    progress: Progress = untold,
) -> Path | None:
    """Make the file private, and rebuild indexes, triggers, search text and all that is derived.

    Returns the copy that was made first, None when there is no file; DatabaseError when it can't be used.
    """
    if not path.exists():
        return None
    kept = keep(path, backups, "before-mend")
    path.chmod(0o600)
    with closing(connect(path)) as connection:
        try:
            with transaction(connection):
                connection.execute("REINDEX")
                connection.execute("UPDATE journal_state SET entry = NULL, applying = 0, rules = ''")
                install_triggers(connection)
        except sqlite3.Error as error:
            raise database_error(error, path) from error
    with closing(Workspace.open(path, settings, backup_folder=backups)) as workspace:
        workspace.maintain(progress)
    return kept


def _examine_contents(path: Path, settings: Settings, now: int, zone: tzinfo) -> list[Check]:
    with closing(connect(path, read_only=True)) as connection:
        integrity = doctor.check_integrity(connection)
        try:
            return [
                integrity,
                doctor.check_references(connection),
                doctor.check_recording(connection),
                check_search(connection),
                check_derived(connection, settings, now, zone),
            ]
        except sqlite3.Error as error:
            return [integrity, Check("contents", False, str(database_error(error, path)))]


def check_search(connection: sqlite3.Connection) -> Check:
    """Whether the search finds every lead, and nothing that is gone."""
    (version,) = connection.execute("SELECT search_version FROM journal_state").fetchone()
    # The index tells no rows of its own, but each lead is in it under its number.
    found = set(search.all_ranks(connection, f'"{NUMBER_MARK}"*'))
    leads = {rank for (rank,) in connection.execute("SELECT rank FROM lead WHERE number <> ''")}
    missing, gone = len(leads - found), len(found - leads)
    if not missing and not gone and version == search.SEARCH_TEXT_VERSION:
        return Check("search", True, _("the search knows every lead"))
    detail = _("{missing} leads can't be found, {gone} that are gone are; `leadtui doctor --mend` mends that")
    return Check("search", False, detail.format(missing=missing, gone=gone))


def check_derived(connection: sqlite3.Connection, settings: Settings, now: int, zone: tzinfo) -> Check:
    """Whether scores, tiers and reminders are what the rules make of the leads; of many leads, a sample."""
    (total,) = connection.execute("SELECT count(*) FROM lead").fetchone()
    names = [row[1] for row in connection.execute("PRAGMA table_info(lead)")]
    checked = wrong = 0
    for values in connection.execute("SELECT * FROM lead WHERE seq % ? = 0", (total // _SAMPLE + 1,)):
        lead = dict(zip(names, values, strict=True))
        stored = {name: lead[name] for name in LEAD_DERIVED}
        facts = facts_of_lead(connection, lead)
        rules = dict(zip(LEAD_DERIVED, derived_values(lead, facts, settings, now, zone), strict=True))
        for standing in (stored, rules):
            # A snooze that ended is not written down: to wake now and to have woken before is the same.
            standing["wake_at"] = max(standing["wake_at"], now)
        checked += 1
        wrong += stored != rules
    if not wrong:
        return Check(
            "standing",
            True,
            _("{checked} of {total} leads stand where the rules put them").format(
                checked=checked, total=total
            ),
        )
    return Check(
        "standing",
        False,
        ngettext(
            "{wrong} of {checked} lead stands where no rule puts it; `leadtui doctor --mend` mends that",
            "{wrong} of {checked} leads stand where no rule puts them; `leadtui doctor --mend` mends that",
            checked,
        ).format(wrong=wrong, checked=checked),
    )
