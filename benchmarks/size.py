"""Size of the file against the same columns of the same leads and activities in plain tables."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from measure import arguments, database, table

from leadtui.store.columns import JOURNALED_TABLES

TABLES = ("lead", "activity", "tag")


def main() -> None:
    options = arguments(__doc__, runs=1)
    rows = []
    for size in options.leads:
        path = database(size)
        ours, plain = path.stat().st_size / 1e6, _plain_size(path) / 1e6
        rows.append({"leads": size, "plain MB": plain, "MB": ours, "ratio": ours / plain})
    table("Size of the file (goal: at most 2.5 of plain tables)", rows)


def _plain_size(path: Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.db"
        connection = sqlite3.connect(plain)
        connection.execute("ATTACH ? AS ours", (str(path),))
        for name in TABLES:
            columns = ", ".join(JOURNALED_TABLES[name])
            connection.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM ours.{name}")
        connection.commit()
        connection.close()
        return plain.stat().st_size


if __name__ == "__main__":
    main()
