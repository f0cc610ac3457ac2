"""Exporting all leads in each format against the floor: the whole table through the `csv` module."""

from __future__ import annotations

import csv
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from measure import DATA, SIZES, arguments, leadtui, median, table

ENDINGS = ("csv", "xlsx", "json", "vcf", "ics", "zip")


def main() -> None:
    options = arguments(__doc__, runs=3)
    rows = []
    for size in options.leads:
        database = DATA / f"{size}.db"
        if not database.exists():
            sys.exit(f"{database} is missing: run `python benchmarks/make_data.py --leads {size}` first.")
        with tempfile.TemporaryDirectory() as folder:
            floor = median([_plain(database, Path(folder) / "plain.csv") for _ in range(options.runs)])
            for ending in ENDINGS:
                path = Path(folder) / f"leads.{ending}"
                everything = ["--all"] if ending == "zip" else []
                words = ("export", str(path), "--force", *everything)
                found = [leadtui(database, *words) for _ in range(options.runs)]
                seconds = median([seconds for seconds, _peak in found])
                rows.append(
                    {
                        "leads": size,
                        "file": ending,
                        "seconds": seconds,
                        "leads/s": SIZES[size] / seconds,
                        "times the floor": seconds / floor,
                        "file MB": path.stat().st_size / 1e6,
                        "peak MB": max(peak for _seconds, peak in found),
                    }
                )
    table("Export (peak memory must not grow with the leads, but for their order: 9 bytes a lead)", rows)


def _plain(database: Path, path: Path) -> float:
    """Seconds for the bare table."""
    start = time.perf_counter()
    with (
        closing(sqlite3.connect(database)) as connection,
        path.open("w", encoding="utf-8", newline="") as file,
    ):
        csv.writer(file).writerows(connection.execute("SELECT * FROM lead"))
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
