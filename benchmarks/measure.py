"""What the measurements share: where the data lies, how the app is started, and how figures are printed."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE / "data"
SIZES = {"1k": 1_000, "100k": 100_000, "1m": 1_000_000}
APP_READY = "Inbox"
FLOOR_READY = "the floor is painted"


def arguments(description: str | None, runs: int) -> argparse.Namespace:
    """`--leads` (one or more sizes) and `--runs`."""
    parser = argparse.ArgumentParser(description=(description or "").splitlines()[0])
    parser.add_argument("--leads", nargs="+", choices=SIZES, default=["1k", "100k"], help="sizes of the file")
    parser.add_argument("--runs", type=int, default=runs, help=f"how often each is measured ({runs})")
    return parser.parse_args()


def database(size: str) -> Path:
    """The file with that many leads; made by `make_data.py`."""
    path = DATA / f"{size}.db"
    if not path.exists():
        sys.exit(f"{path} is missing: run `python benchmarks/make_data.py --leads {size}` first.")
    return path


def app(path: Path) -> list[str | Path]:
    """The command that opens the app on a file, in the way of the installed `leadtui`."""
    return [sys.executable, "-c", "from leadtui.cli import main; main()", "--db", path]


def floor(name: str) -> list[str | Path]:
    """The command of a floor."""
    return [sys.executable, HERE / "floors" / f"{name}.py"]


def environment() -> dict[str, str]:
    """A home of its own, so that nobody's settings are measured; modules are compiled once, as where they are
    installed."""
    home = Path(tempfile.gettempdir()) / "leadtui-benchmarks"
    home.mkdir(exist_ok=True)
    return {
        "LEADTUI_HOME": str(home),
        "PYTHONPATH": str(HERE.parent),
        "PYTHONDONTWRITEBYTECODE": "",
        "TZ": os.environ.get("TZ", "UTC"),
    }


def leadtui(path: Path, *words: str) -> tuple[float, float]:
    """Seconds and peak memory in MB of a command on the database at `path`, the start of Python included."""
    command = [sys.executable, "-m", "leadtui", "--db", str(path), *words]
    start = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **environment()}, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 stay under."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def table(title: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Print rows as a table that can be pasted into the README."""
    names = list(rows[0])
    print(f"\n{title}\n")
    print("| " + " | ".join(names) + " |")
    print("|" + "---|" * len(names))
    for row in rows:
        print("| " + " | ".join(_figure(row[name]) for name in names) + " |")


def _figure(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if value < 10 else f"{value:.0f}"
    return str(value)
