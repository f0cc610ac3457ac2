"""Processor time that the app uses while nobody touches it."""

from __future__ import annotations

from measure import APP_READY, app, arguments, database, environment, table
from terminal_probe import Probe

SECONDS = 20.0
SETTLING = 3.0
"""What is loaded after the first paint isn't idling."""


def main() -> None:
    options = arguments(__doc__, runs=1)
    rows = []
    for size in options.leads:
        with Probe(app(database(size)), env=environment()) as probe:
            probe.first_paint(APP_READY)
            probe.idle(SETTLING)
            rows.append({"leads": size, "% of a core": probe.idle(SECONDS), "goal": 0.5})
    table(f"Idle for {SECONDS:g} s", rows)


if __name__ == "__main__":
    main()
