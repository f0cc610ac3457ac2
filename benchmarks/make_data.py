"""Makes files of 1 thousand, 100 thousand and 1 million sample leads, and a CSV file of them to import."""

from __future__ import annotations

import csv
import time
from datetime import UTC

from measure import DATA, SIZES, arguments

from leadtui.clock import SystemClock
from leadtui.demo.fill import fill
from leadtui.demo.sample import sample_leads
from leadtui.workspace import Workspace

COLUMNS = (
    "company", "contact", "title", "phone", "mobile", "email", "city", "country", "source_channel",
    "source_detail", "industry", "company_size", "need", "timing", "budget_max", "currency",
)  # fmt: skip
HEADERS = (
    "Company", "Contact", "Title", "Phone", "Mobile", "Email", "City", "Country", "Source",
    "Source detail", "Industry", "Company size", "Need", "Timing", "Budget", "Currency",
)  # fmt: skip


def main() -> None:
    options = arguments(__doc__, runs=1)
    DATA.mkdir(exist_ok=True)
    for size in options.leads:
        make_database(size)
        make_csv(size)


def make_database(size: str) -> None:
    """A file of that many leads with everything derived, as the app leaves it."""
    path = DATA / f"{size}.db"
    path.unlink(missing_ok=True)
    start = time.perf_counter()
    workspace = Workspace.open(path, user="ana")
    fill(workspace, SIZES[size])
    workspace.close()
    print(f"{path}: {path.stat().st_size / 1e6:.0f} MB in {time.perf_counter() - start:.0f} s")


def make_csv(size: str) -> None:
    """The same leads as another system would export them: 16 columns."""
    path = DATA / f"{size}.csv"
    now = SystemClock().now()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for lead in sample_leads(SIZES[size], now, UTC):
            writer.writerow([lead.draft.get(name, "") for name in COLUMNS])
    print(f"{path}: {path.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
