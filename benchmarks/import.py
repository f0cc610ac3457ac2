"""Importing a CSV file against the floor: the `csv` module and one `executemany` of the same columns; and the
same rows as a workbook. Each round measures all three, and the ratios are the medians of the rounds'."""

from __future__ import annotations

import csv
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from measure import DATA, SIZES, arguments, leadtui, median, table
from xlsxwriter import Workbook


def main() -> None:
    options = arguments(__doc__, runs=3)
    rows = []
    for size in options.leads:
        path = DATA / f"{size}.csv"
        if not path.exists():
            sys.exit(f"{path} is missing: run `python benchmarks/make_data.py --leads {size}` first.")
        book = _workbook(path)
        floors, ours, books, memory = [], [], [], 0.0
        for _ in range(options.runs):
            with tempfile.TemporaryDirectory() as folder:
                floors.append(SIZES[size] / _plain(path, Path(folder) / "plain.db"))
                seconds, peak = leadtui(Path(folder) / "leads.db", "import", str(path), "--json")
                book_seconds, book_peak = leadtui(Path(folder) / "book.db", "import", str(book), "--json")
            ours.append(SIZES[size] / seconds)
            books.append(SIZES[size] / book_seconds)
            memory = max(memory, peak, book_peak)
        rows.append(
            {
                "leads": size,
                "floor rows/s": median(floors),
                "rows/s": median(ours),
                "ratio": median(_ratios(ours, floors)),
                "XLSX rows/s": median(books),
                "XLSX / CSV": median(_ratios(books, ours)),
                "peak MB": memory,
            }
        )
    table("Import (goal: at least 0.08 of the floor, XLSX 0.8 of CSV, at most 200 MB)", rows)


def _ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    return [one / other for one, other in zip(ours, theirs, strict=True)]


def _workbook(path: Path) -> Path:
    """The same rows as a workbook beside the file, made when it is missing."""
    book = path.with_suffix(".xlsx")
    if not book.exists():
        with Workbook(str(book)) as workbook, path.open(encoding="utf-8", newline="") as file:
            sheet = workbook.add_worksheet("Leads")
            for number, cells in enumerate(csv.reader(file)):
                sheet.write_row(number, 0, cells)
    return book


def _plain(path: Path, database: Path) -> float:
    """Seconds for the same columns without mapping, cleaning, duplicates, journal and search."""
    start = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as file, sqlite3.connect(database) as connection:
        reader = csv.reader(file)
        header = next(reader)
        connection.execute(f"CREATE TABLE lead ({', '.join(f'c{index}' for index in range(len(header)))})")
        connection.executemany(f"INSERT INTO lead VALUES ({', '.join('?' * len(header))})", reader)
    connection.close()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
