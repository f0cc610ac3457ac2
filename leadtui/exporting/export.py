"""Writing records to a file, whole or not at all, in the format of its ending."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from leadtui.clock import Today
from leadtui.customers import lists
from leadtui.customers.lists import RecordQuery
from leadtui.errors import UsageError
from leadtui.exporting.job import Job
from leadtui.exporting.sheet import KINDS, sheet_of
from leadtui.exporting.whole import check_place, whole_file
from leadtui.followup.queue import Query, order
from leadtui.i18n import gettext as _
from leadtui.qualify.fields import custom_fields
from leadtui.settings import Settings
from leadtui.values import Progress, untold

FORMATS: Mapping[str, tuple[str, str]] = {
    ".csv": ("as_text", "write_csv"),
    ".xlsx": ("as_workbook", "write_workbook"),
    ".json": ("as_text", "write_json"),
    ".jsonl": ("as_text", "write_json_lines"),
    ".vcf": ("as_cards", "write_cards"),
    ".ics": ("as_calendar", "write_calendar"),
}
"""The module and the function that writes each ending of a file name."""
_OF_ONE_KIND = frozenset((".csv", ".jsonl"))
Chosen = Query | RecordQuery | Sequence[int]
"""A query of leads, one of other records, or row numbers."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for."""

    path: Path
    replace: bool = False
    """Whether a file that is there already may be replaced."""
    for_excel: bool = False
    """Whether a CSV file begins with the mark that Excel needs to see that it is UTF-8."""
    alarm_minutes: int | None = None
    """How long before a reminder the calendar rings; None for never."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of it."""

    path: Path
    records: int
    """How many were chosen."""
    written: int
    """How many the file holds; in a calendar those are reminders."""
    cut: int
    """How many texts were longer than a cell of Excel and were cut."""


def export_file(
    connection: sqlite3.Connection,
    chosen: Mapping[str, Chosen],
    wish: Wish,
    today: Today,
    zone: tzinfo,
    me: str,
    settings: Settings,
    *,
    progress: Progress = untold,
    cancelled: Callable[[], bool] = lambda: False,
) -> Exported:
    """Write what is chosen of each of the `KINDS` of record: what a query finds, or those with the given row
    numbers in that order.

    UsageError for an unknown ending and for what such a file can't hold; LeadTUIError when the file is there
    already and may not be replaced, or can't be written; Cancelled when `cancelled` says so: then nothing is
    written.
    """
    (database,) = connection.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()
    check_place(wish.path, Path(database), replace=wish.replace)
    write = _writer(wish.path, chosen)
    job = Job(
        sheets=[
            sheet_of(
                connection,
                kind,
                _seqs(connection, wanted, today, me),
                {field.key: field for field in custom_fields(connection, settings, KINDS[kind])},
                today.now,
                zone,
            )
            for kind, wanted in chosen.items()
        ],
        now=today.now,
        zone=zone,
        for_excel=wish.for_excel,
        alarm_minutes=wish.alarm_minutes,
        progress=progress,
        cancelled=cancelled,
    )
    with whole_file(wish.path) as file:
        write(file, job)
        job.go_on()
    return Exported(wish.path, job.total, job.written, job.cut)


def _seqs(connection: sqlite3.Connection, wanted: Chosen, today: Today, me: str) -> Sequence[int]:
    if isinstance(wanted, RecordQuery):
        found = lists.order(connection, wanted, today, me)
    elif isinstance(wanted, Query):
        found = order(connection, wanted, today, me)
    else:
        return wanted
    return found.seqs(0, len(found))


def _writer(path: Path, chosen: Mapping[str, Chosen]) -> Callable[[BinaryIO, Job], None]:
    """Loaded only now, because the libraries for spreadsheets and calendars are large."""
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise UsageError(
            _("{name} can't be written: the name must end in one of {endings}.").format(
                name=path.name, endings=", ".join(FORMATS)
            )
        )
    if len(chosen) > 1 and ending in _OF_ONE_KIND:
        raise UsageError(
            _("A {ending} file holds one kind of record: choose one, or write .xlsx or .json.").format(
                ending=ending
            )
        )
    if ending == ".vcf" and "opportunities" in chosen:
        raise UsageError(_("An opportunity has no address: write its contacts to the address book."))
    module, function = FORMATS[ending]
    write: Callable[[BinaryIO, Job], None] = getattr(import_module(f"leadtui.exporting.{module}"), function)
    return write
