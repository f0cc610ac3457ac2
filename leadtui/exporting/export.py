"""Writing leads to a file, whole or not at all, in the format of its ending."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from leadtui.errors import UsageError
from leadtui.exporting.job import Job, Progress
from leadtui.exporting.whole import check_place, whole_file
from leadtui.followup.queue import Query, Today, order
from leadtui.i18n import gettext as _
from leadtui.qualify.fields import custom_fields
from leadtui.settings import Settings

FORMATS: Mapping[str, tuple[str, str]] = {
    ".csv": ("as_text", "write_csv"),
    ".xlsx": ("as_workbook", "write_workbook"),
    ".json": ("as_text", "write_json"),
    ".jsonl": ("as_text", "write_json_lines"),
    ".vcf": ("as_cards", "write_cards"),
    ".ics": ("as_calendar", "write_calendar"),
}
"""The module and the function that writes each ending of a file name."""


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
    leads: int
    written: int
    """How many records the file holds: leads, or for a calendar reminders."""
    cut: int
    """How many texts were longer than a cell of Excel and were cut."""


def export_leads(
    connection: sqlite3.Connection,
    wanted: Query | Sequence[int],
    wish: Wish,
    today: Today,
    zone: tzinfo,
    me: str,
    settings: Settings,
    *,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Exported:
    """Write the leads that a query finds, or those with the row numbers in `wanted`, in that order.

    UsageError for an unknown ending; LeadTUIError when the file is there already and may not be replaced, or
    can't be written; Cancelled when `cancelled` says so: then nothing is written.
    """
    (database,) = connection.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()
    check_place(wish.path, Path(database), replace=wish.replace)
    write = _writer(wish.path)
    job = Job(
        connection=connection,
        seqs=_seqs(connection, wanted, today, me),
        now=today.now,
        zone=zone,
        kinds={field.key: field.kind for field in custom_fields(connection, settings)},
        for_excel=wish.for_excel,
        alarm_minutes=wish.alarm_minutes,
        progress=progress,
        cancelled=cancelled,
    )
    with whole_file(wish.path) as file:
        write(file, job)
        job.go_on()
    return Exported(wish.path, len(job.seqs), job.written, job.cut)


def _seqs(
    connection: sqlite3.Connection, wanted: Query | Sequence[int], today: Today, me: str
) -> Sequence[int]:
    if not isinstance(wanted, Query):
        return wanted
    found = order(connection, wanted, today, me)
    return found.seqs(0, len(found))


def _writer(path: Path) -> Callable[[BinaryIO, Job], None]:
    """Loaded only now, because the libraries for spreadsheets and calendars are large."""
    if path.suffix.lower() not in FORMATS:
        raise UsageError(
            _("{name} can't be written: the name must end in one of {endings}.").format(
                name=path.name, endings=", ".join(FORMATS)
            )
        )
    module, function = FORMATS[path.suffix.lower()]
    write: Callable[[BinaryIO, Job], None] = getattr(import_module(f"leadtui.exporting.{module}"), function)
    return write
