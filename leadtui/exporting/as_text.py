"""Records as text: a table (CSV), a JSON array, or one JSON document a line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import BinaryIO, TextIO

from leadtui.exporting.cells import as_text
from leadtui.exporting.job import Job
from leadtui.exporting.sheet import Sheet


def write_csv(file: BinaryIO, job: Job) -> None:
    """UTF-8, with the mark for Excel when that is wanted."""
    (sheet,) = job.sheets
    with _text(file) as text:
        if job.for_excel:
            text.write("\ufeff")
        writer = csv.writer(text)
        writer.writerow(map(as_text, sheet.headers))
        for cells in job.counted(sheet.rows()):
            writer.writerow(map(as_text, cells))
            job.written += 1


def write_json(file: BinaryIO, job: Job) -> None:
    """An array of records, written one by one; several kinds are an object with an array each."""
    with _text(file) as text:
        if len(job.sheets) == 1:
            _write_array(text, job, job.sheets[0])
            text.write("\n")
            return
        before = "{\n"
        for sheet in job.sheets:
            text.write(f'{before}"{sheet.kind}": ')
            _write_array(text, job, sheet)
            before = ",\n"
        text.write("\n}\n")


def write_json_lines(file: BinaryIO, job: Job) -> None:
    """A document a line."""
    (sheet,) = job.sheets
    with _text(file) as text:
        for line in _documents(job, sheet):
            text.write(line + "\n")


def _write_array(text: TextIO, job: Job, sheet: Sheet) -> None:
    before, end = "[\n", "[]"
    for line in _documents(job, sheet):
        text.write(before + line)
        before, end = ",\n", "\n]"
    text.write(end)


def _documents(job: Job, sheet: Sheet) -> Iterator[str]:
    for document in job.counted(sheet.documents()):
        yield json.dumps(document, ensure_ascii=False)
        job.written += 1


@contextmanager
def _text(file: BinaryIO) -> Iterator[TextIO]:
    text = TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="")
    yield text
    text.detach()
