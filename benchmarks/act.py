"""Saving a follow-up: from the key that saves until the screen says so, with the commit to disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from measure import APP_READY, app, arguments, database, environment, median, p95, table
from terminal_probe import Probe

ENTRY = "phone reached, wants a quote > 2030-01-{day:02}"
PAINTED = "next {day} Jan"
MOST = 28


def main() -> None:
    options = arguments(__doc__, runs=20)
    rows = []
    for size in options.leads:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(shutil.copy(database(size), folder))
            os.sync()  # or the first commit would wait for the whole copy to reach the disk
            with Probe([*app(path), "--view", "open"], env=environment()) as probe:
                probe.first_paint(APP_READY)
                times, processor = [], []
                for day in range(1, min(options.runs, MOST) + 1):
                    probe.press(b";")
                    probe.press(ENTRY.format(day=day).encode())
                    processor.append(probe.press(b"\r").cpu)
                    times.append(probe.painted(PAINTED.format(day=day)))
        rows.append(
            {
                "leads": size,
                "p50 ms": median(times),
                "p95 ms": p95(times),
                "goal": 50,
                "processor ms": median(processor),
            }
        )
    table("Follow-up saved: key to painted, commit included", rows)


if __name__ == "__main__":
    main()
