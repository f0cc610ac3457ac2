"""First paint of the inbox against the first paint of a Textual app with one Static; interleaved runs."""

from __future__ import annotations

from measure import APP_READY, FLOOR_READY, app, arguments, database, environment, floor, median, table
from terminal_probe import Probe


def main() -> None:
    options = arguments(__doc__, runs=11)
    commands = {"floor": (floor("static"), FLOOR_READY)}
    for size in options.leads:
        commands[size] = (app(database(size)), APP_READY)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(options.runs):
        for name, (command, text) in commands.items():
            with Probe(command, env=environment()) as probe:
                times[name].append(probe.first_paint(text))
    base = median(times["floor"])
    table(
        "First paint (goal: at most 1.15 of the floor)",
        [
            {"leads": name, "median ms": median(found), "least ms": min(found), "ratio": median(found) / base}
            for name, found in times.items()
        ],
    )


if __name__ == "__main__":
    main()
