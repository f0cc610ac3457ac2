"""Leads as text: a table (CSV), a JSON array, or one JSON document a line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import BinaryIO, TextIO

from leadtui.exporting.cells import as_text
from leadtui.exporting.job import Job
from leadtui.exporting.leads import complete_documents
from leadtui.exporting.table import COLUMNS, CUSTOM, custom_keys, lead_table


def write_csv(file: BinaryIO, job: Job) -> None:
    """UTF-8, with the mark for Excel when that is wanted."""
    with _text(file) as text:
        if job.for_excel:
            text.write("\ufeff")
        writer = csv.writer(text)
        keys = custom_keys(job.connection)
        writer.writerow([*COLUMNS, *(CUSTOM + key for key in keys)])
        for cells in job.counted(lead_table(job.connection, job.seqs, keys, job.kinds, job.zone)):
            writer.writerow(map(as_text, cells))
            job.written += 1


def write_json(file: BinaryIO, job: Job) -> None:
    """An array, written lead by lead."""
    with _text(file) as text:
        before = "[\n"
        for line in _documents(job):
            text.write(before + line)
            before = ",\n"
        text.write("\n]\n" if job.written else "[]\n")


def write_json_lines(file: BinaryIO, job: Job) -> None:
    """A document a line."""
    with _text(file) as text:
        for line in _documents(job):
            text.write(line + "\n")


def _documents(job: Job) -> Iterator[str]:
    documents = complete_documents(job.connection, job.seqs, job.now, job.zone)
    for document in job.counted(documents):
        yield json.dumps(document, ensure_ascii=False)
        job.written += 1


@contextmanager
def _text(file: BinaryIO) -> Iterator[TextIO]:
    text = TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="")
    yield text
    text.detach()
