"""Names that are meant to break things go through the whole program, and come out as they went in."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from application import UNTIMELY, open_inbox, run

NASTY = (
    "[/] closed",
    "[bold]loud[/bold]",
    "[@click=app.quit]press me[/]",
    "=1+1",
    "@SUM(A1)",
    "-2+3",
    "\x1b]52;c;aGFja2Vk\x07clip",
    "\x1b[2Jcleared",
    "\x1b]0;title\x07",
    "\x9b31mred",
    "a\x08\x08b",
    "tab\there",
    "line\nbreak",
    "\u202ereversed",
    "zero\u200bwidth",
    "田中さん株式会社",
    "👩‍👩‍👧‍👦 Family GmbH",
    "e\u0301\u0301\u0301",
    "Ｆｕｌｌｗｉｄｔｈ",
    "'; DROP TABLE lead;--",
    "\ufeffbom",
    "x" * 10_000,
    "العربية",
    "{name}",
    "%s %d",
    "$(reboot)",
)
DANGEROUS = re.compile(r"\x1b\]52|\x1b\]0;title|\x1b\[2Jcleared|\u202e|\x9b31m")


def write_csv(path: Path, names: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Company", "Contact", "Email", "Need"])
        for index, name in enumerate(names):
            writer.writerow([name, f"Person {name[:200]}", f"p{index}@firm{index}.example", name[:2000]])
    return path


def imported(file: Path, database: Path) -> dict[str, int]:
    """What `leadtui import` says it did; every row is accounted for."""
    ran = run("import", file, "--db", database, "--source", "website", "--json")
    assert ran.returncode == 0, ran.stderr
    assert not DANGEROUS.search(ran.stdout)
    told: dict[str, int] = json.loads(ran.stdout)["files"][0]
    assert told["rows"] == told["created"] + told["updated"] + told["unchanged"] + told["skipped"]
    return told


def walk_through(database: Path, leads: int) -> str:
    """Everything the app writes while the cursor goes over each lead."""
    with open_inbox(database, "--view", "all") as terminal:
        for _ in range(leads):
            terminal.press("j")
        terminal.settle()
        terminal.press("G")
        terminal.settle()
        terminal.press("f")
        terminal.settle()
        terminal.press("esc", "q")
        assert terminal.exit_code() == 0, terminal.text
        return terminal.raw


def test_nasty_names(tmp_path: Path) -> None:
    database, names = tmp_path / "leads.db", list(NASTY)
    ran = run(
        "import", write_csv(tmp_path / "nasty.csv", names), "--db", database, "--source", "website", "--json"
    )
    assert ran.returncode == 0, ran.stderr
    assert not DANGEROUS.search(ran.stdout)
    told = json.loads(ran.stdout)["files"][0]
    assert (
        told["created"] + told["updated"] + told["unchanged"] + told["skipped"] == told["rows"] == len(names)
    )
    raw = walk_through(database, len(names))
    assert not DANGEROUS.search(raw)
    assert not any(word in raw for word in UNTIMELY)
    listed = run("inbox", "--view", "all", "--limit", "100", "--db", database)
    assert listed.returncode == 0
    assert not DANGEROUS.search(listed.stdout)
    leads = run("inbox", "--view", "all", "--limit", "100", "--db", database, "--json").stdout
    companies = [lead["company"] for lead in json.loads(leads)["leads"]]
    for kept in ("[bold]loud[/bold]", "=1+1", "田中さん株式会社", "'; DROP TABLE lead;--", "{name}"):
        assert kept in companies


def test_the_big_list_of_naughty_strings(tmp_path: Path, shared_data: Path) -> None:
    lines = (shared_data / "blns" / "blns.txt").read_text("utf-8").split("\n")
    names = [line for line in lines if line.strip() and not line.startswith("#")]
    assert len(names) > 400
    database = tmp_path / "leads.db"
    ran = run(
        "import", write_csv(tmp_path / "blns.csv", names), "--db", database, "--source", "website", "--json"
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)["files"][0]
    assert told["rows"] == told["created"] + told["updated"] + told["unchanged"] + told["skipped"]
    raw = walk_through(database, told["created"])
    assert not DANGEROUS.search(raw)
    assert not any(word in raw for word in UNTIMELY)
