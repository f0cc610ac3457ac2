"""Each keystroke of a filter, Latin, Chinese, pinyin and digits, until its result is painted."""

from __future__ import annotations

from measure import APP_READY, app, arguments, database, environment, median, p95, table
from terminal_probe import Probe

WORDS = ("nova", "启明科技", "qiming", "okafor", "1380", "tier:a", "王芳", "zephyr")
GOALS = {"1k": 16, "100k": 16, "1m": 50}


def main() -> None:
    options = arguments(__doc__, runs=3)
    rows = []
    for size in options.leads:
        times = []
        with Probe([*app(database(size)), "--view", "open"], env=environment()) as probe:
            probe.first_paint(APP_READY)
            for word in WORDS * options.runs:
                probe.press(b"/")
                typed = [probe.press(letter.encode()).last for letter in word]
                times += [last for last in typed if last is not None]
                probe.press(b"\x1b")
        rows.append({"leads": size, "p50 ms": median(times), "p95 ms": p95(times), "goal": GOALS[size]})
    table("Filter keystroke to painted result", rows)


if __name__ == "__main__":
    main()
