"""Peak memory with the inbox open, after moving through it."""

from __future__ import annotations

from measure import APP_READY, FLOOR_READY, app, arguments, database, environment, floor, table
from terminal_probe import Probe

GOALS = {"1k": 80, "100k": 80, "1m": 120}


def main() -> None:
    options = arguments(__doc__, runs=1)
    with Probe(floor("static"), env=environment()) as probe:
        probe.first_paint(FLOOR_READY)
        rows = [{"leads": "floor", "peak MB": probe.peak_memory(), "goal": ""}]
    for size in options.leads:
        with Probe([*app(database(size)), "--view", "open"], env=environment()) as probe:
            probe.first_paint(APP_READY)
            for key in (b"\x1b[6~", b"\x1b[6~", b"\x1b[F", b"\x1b[H"):
                probe.press(key)
            rows.append({"leads": size, "peak MB": probe.peak_memory(), "goal": GOALS[size]})
    table("Peak memory of the app", rows)


if __name__ == "__main__":
    main()
