"""Saving a follow-up: from the key that saves to the settled screen, with the commit to disk."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from measure import APP_READY, app, arguments, database, environment, median, p95, table
from terminal_probe import Probe

ENTRY = b"phone reached, wants a quote > tomorrow 10"


def main() -> None:
    options = arguments(__doc__, runs=20)
    rows = []
    for size in options.leads:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(shutil.copy(database(size), folder))
            with Probe([*app(path), "--view", "open"], env=environment()) as probe:
                probe.first_paint(APP_READY)
                times = []
                for _ in range(options.runs):
                    probe.press(b";")
                    probe.press(ENTRY)
                    saved = probe.press(b"\r")
                    assert saved.last is not None, probe.screen()
                    times.append(saved.last)
        rows.append({"leads": size, "p50 ms": median(times), "p95 ms": p95(times), "goal": 50})
    table("Follow-up saved: key to settled screen", rows)


if __name__ == "__main__":
    main()
