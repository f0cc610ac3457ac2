"""First paint of the inbox against the first paint of a Textual app with one Static.

Each round starts all of them, in another order. The ratio is the median of the rounds' ratios, so that a
machine that is slower for a while is slower for both.
"""

from __future__ import annotations

import random

from measure import APP_READY, FLOOR_READY, app, arguments, database, environment, floor, median, table
from terminal_probe import Probe


def main() -> None:
    options = arguments(__doc__, runs=11)
    commands = {"floor": (floor("static"), FLOOR_READY)}
    for size in options.leads:
        commands[size] = (app(database(size)), APP_READY)
    times: dict[str, list[float]] = {name: [] for name in commands}
    shuffled = random.Random(1)
    for _ in range(options.runs):
        for name in shuffled.sample([*commands], len(commands)):
            command, text = commands[name]
            with Probe(command, env=environment()) as probe:
                times[name].append(probe.first_paint(text))
    table(
        "First paint (goal: at most 1.15 of the floor)",
        [
            {
                "leads": name,
                "median ms": median(found),
                "least ms": min(found),
                "ratio": median([ours / base for ours, base in zip(found, times["floor"], strict=True)]),
            }
            for name, found in times.items()
        ],
    )


if __name__ == "__main__":
    main()
