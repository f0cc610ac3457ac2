"""Cursor keys, pages and jumps, from the key to the settled screen, against apps that only repaint."""

from __future__ import annotations

from measure import APP_READY, FLOOR_READY, app, arguments, database, environment, floor, median, p95, table
from terminal_probe import Probe

DOWN, PAGE_DOWN, HOME, END = b"\x1b[B", b"\x1b[6~", b"\x1b[H", b"\x1b[F"
KEYS = {"down": (DOWN,), "pagedown": (PAGE_DOWN,), "end, home": (END, HOME)}


def main() -> None:
    options = arguments(__doc__, runs=60)
    commands = {"floor": (floor("keys"), FLOOR_READY)}
    for size in options.leads:
        commands[size] = ([*app(database(size)), "--view", "open"], APP_READY)
    rows = []
    floors: dict[str, float] = {}
    for name, (command, text) in commands.items():
        with Probe(command, env=environment()) as probe:
            probe.first_paint(text)
            for key, sequence in KEYS.items():
                found = [probe.press(sequence[turn % len(sequence)]) for turn in range(options.runs)]
                times = [settled.last for settled in found if settled.last is not None]
                worst = p95(times)
                rows.append(
                    {
                        "leads": name,
                        "key": key,
                        "p50 ms": median(times),
                        "p95 ms": worst,
                        "ratio": worst / floors.setdefault(key, worst),
                        "processor ms": median([settled.cpu for settled in found]),
                        "without change": len(found) - len(times),
                    }
                )
    table("Key to settled screen (goal: p95 at most 2 of the floor)", rows)


if __name__ == "__main__":
    main()
