"""Writing the leads of a view to a file, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import TextIO, TypeVar

from leadtui.errors import LeadTUIError, UsageError
from leadtui.exporting.formulas import guard
from leadtui.exporting.leads import lead_documents
from leadtui.exporting.table import COLUMNS, CUSTOM, custom_keys, lead_table
from leadtui.followup.queue import Query, Today, order
from leadtui.i18n import gettext as _

Item = TypeVar("Item")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Leads:
    """What is written, and when and where it is."""

    connection: sqlite3.Connection
    seqs: Sequence[int]
    query: Query
    now: int
    zone: tzinfo


def export_leads(
    connection: sqlite3.Connection,
    query: Query,
    path: Path,
    today: Today,
    zone: tzinfo,
    me: str,
    *,
    replace: bool = False,
    progress: Progress = lambda done, total: None,
) -> int:
    """Write the leads that `query` finds to `path` in the format of its ending; returns how many.

    UsageError for an unknown ending; LeadTUIError when the file is there already and may not be replaced, or
    can't be written. The file is private (0600): it holds people's addresses.
    """
    write = FORMATS.get(path.suffix.lower())
    if write is None:
        raise UsageError(
            _("{name} can't be written: the name must end in one of {endings}.").format(
                name=path.name, endings=", ".join(FORMATS)
            )
        )
    (database,) = connection.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()
    if path.exists() and path.samefile(database):
        raise UsageError(_("{path} holds the leads themselves: choose another name.").format(path=path))
    if path.exists() and not replace:
        raise LeadTUIError(
            _("{path} exists already: choose another name, or add --force to replace it.").format(path=path)
        )
    found = order(connection, query, today, me)
    seqs = found.seqs(0, len(found))
    with _whole(path) as file:
        write(file, _Leads(connection, seqs, query, today.now, zone), progress)
    return len(seqs)


def _write_csv(file: TextIO, leads: _Leads, progress: Progress) -> None:
    """UTF-8 with the mark that Excel needs to see that it is."""
    file.write("\ufeff")
    writer = csv.writer(file)
    keys = custom_keys(leads.connection)
    writer.writerow([*COLUMNS, *(CUSTOM + key for key in keys)])
    lines = lead_table(leads.connection, leads.seqs, keys, leads.zone)
    for line in _counted(lines, len(leads.seqs), progress):
        writer.writerow([guard(cell) for cell in line])


def _write_json(file: TextIO, leads: _Leads, progress: Progress) -> None:
    """The document of `leadtui inbox --json`, written lead by lead."""
    file.write(f'{{"view": {json.dumps(leads.query.view)}, "total": {len(leads.seqs)}, "leads": [')
    documents = lead_documents(leads.connection, leads.seqs, leads.now, leads.zone)
    comma = "\n"
    for document in _counted(documents, len(leads.seqs), progress):
        file.write(comma + json.dumps(document, ensure_ascii=False))
        comma = ",\n"
    file.write("\n]}\n")


FORMATS: Mapping[str, Callable[[TextIO, _Leads, Progress], None]] = {".csv": _write_csv, ".json": _write_json}
"""How each ending of a file name is written."""


def _counted(items: Iterable[Item], total: int, progress: Progress) -> Iterator[Item]:
    for done, item in enumerate(items, 1):
        yield item
        if done % 1000 == 0 or done == total:
            progress(done, total)


@contextmanager
def _whole(path: Path) -> Iterator[TextIO]:
    """A file that appears under its name (0600) when it is complete, and not at all when writing fails."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        unfinished.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with open(
            os.open(unfinished, flags, 0o600), "w", encoding="utf-8", errors="backslashreplace", newline=""
        ) as file:
            yield file
        unfinished.replace(path)
    except OSError as error:
        raise LeadTUIError(
            _("{path} can't be written: {reason}.").format(path=path, reason=error.strerror or error)
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
