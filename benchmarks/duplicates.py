"""Duplicates: precision and recall on labelled sets, and how long the pairs of a whole file take.

The sets lie in the folder `--sets`: `febrl/dataset1.csv` and `fodors-zagats/`. Their columns are mapped onto
the fields of a lead, and the default settings are used for both.
"""

from __future__ import annotations

import argparse
import csv
import resource
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from measure import HERE, SIZES, database, table

from leadtui.qualify.duplicates.identity import COLUMNS, Identity, identity
from leadtui.qualify.duplicates.matching import Match, find_matches
from leadtui.settings import Settings

Pair = tuple[str, str]
GOALS = {"febrl1": 0.95, "fodors-zagats": 0.90}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sets", type=Path, default=HERE.parent.parent / "shared" / "data")
    parser.add_argument("--leads", nargs="*", choices=SIZES, default=[], help="files to search, by size")
    parser.add_argument("--show", action="store_true", help="print the pairs that were missed or made up")
    options = parser.parse_args()
    rows = []
    for name, read in {"febrl1": _febrl, "fodors-zagats": _restaurants}.items():
        records, truth, comparable = read(options.sets)
        rows.append(_judge(name, records, truth, comparable, options.show))
    table("Pairs with the default settings", rows)
    if options.leads:
        table(
            "Pairs of a whole file (goal: 100 thousand in less than 10 s)",
            [_timed(size) for size in options.leads],
        )


def _judge(
    name: str, records: Sequence[Mapping[str, str]], truth: Collection[Pair], sources: bool, show: bool
) -> dict[str, object]:
    """How the pairs that are found compare with the labelled ones, which with `sources` are across two."""
    names = [record["name"] for record in records]
    start = time.perf_counter()
    matches = _matches(records)
    seconds = time.perf_counter() - start
    found = {_pair(names[match.one], names[match.other]): match for match in matches}
    if sources:
        found = {pair: match for pair, match in found.items() if pair[0][0] != pair[1][0]}
    right = len(found.keys() & set(truth))
    precision, recall = right / max(len(found), 1), right / len(truth)
    if show:
        _show(name, records, found, truth)
    return {
        "set": name,
        "records": len(records),
        "labelled pairs": len(truth),
        "found": len(found),
        "precision": f"{precision:.3f}",
        "recall": f"{recall:.3f}",
        "F1": f"{2 * precision * recall / max(precision + recall, 1e-9):.3f}",
        "goal": f"{GOALS[name]:.2f}",
        "seconds": seconds,
    }


def _matches(records: Sequence[Mapping[str, str]]) -> list[Match]:
    leads: list[Identity] = [
        identity([number, *(record.get(name, "") for name in COLUMNS[1:])])
        for number, record in enumerate(records)
    ]
    least = Settings().duplicates.likely
    return find_matches(leads, len(leads), lambda seqs: {seq: leads[seq] for seq in seqs}, least)


def _febrl(folder: Path) -> tuple[list[dict[str, str]], set[Pair], bool]:
    """People with an address, each entered twice, once with slips: no mail, no phone, no company."""
    with (folder / "febrl" / "dataset1.csv").open(encoding="utf-8", newline="") as file:
        records = [
            {
                "name": row["rec_id"],
                "contact": f"{row['given_name']} {row['surname']}".strip(),
                "address": f"{row['street_number']} {row['address_1']} {row['address_2']}".strip(),
                "city": row["suburb"],
                "postal_code": row["postcode"],
                "external_system": "social security",
                "external_id": row["soc_sec_id"],
            }
            for row in csv.DictReader(file, skipinitialspace=True)
        ]
    people: dict[str, list[str]] = {}
    for record in records:
        people.setdefault(record["name"].split("-")[1], []).append(record["name"])
    return records, {_pair(*names) for names in people.values() if len(names) == 2}, False


def _restaurants(folder: Path) -> tuple[list[dict[str, str]], set[Pair], bool]:
    """Restaurants of two guides: companies without a contact."""
    records: list[dict[str, str]] = []
    for source in ("fodors", "zagats"):
        with (folder / "fodors-zagats" / f"{source}.csv").open(encoding="utf-8", newline="") as file:
            records += [
                {
                    "name": source[0] + row["id"],
                    "company": row["name"],
                    "address": row["addr"],
                    "city": row["city"],
                    "phone": row["phone"],
                }
                for row in csv.DictReader(file)
            ]
    with (folder / "fodors-zagats" / "matches_fodors_zagats.csv").open(encoding="utf-8") as file:
        truth = {_pair("f" + row["fodors_id"], "z" + row["zagats_id"]) for row in csv.DictReader(file)}
    return records, truth, True


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _show(
    name: str, records: Sequence[Mapping[str, str]], found: Mapping[Pair, Match], truth: Collection[Pair]
) -> None:
    by_name = {record["name"]: record for record in records}
    for title, pairs in (("missed", set(truth) - found.keys()), ("made up", found.keys() - set(truth))):
        for pair in sorted(pairs):
            print(f"{name}, {title}:", *(list(by_name[one].values()) for one in pair), sep="\n  ")


def _timed(size: str) -> dict[str, object]:
    """The pairs of a file that `make_data.py` made."""
    from leadtui.qualify.duplicates.search import all_pairs
    from leadtui.workspace import Workspace

    workspace = Workspace.open(database(size))
    start, worked = time.perf_counter(), time.process_time()
    with workspace.read() as connection:
        found = all_pairs(connection, workspace.settings)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    workspace.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "leads": size,
        "pairs": len(found),
        "seconds": seconds,
        "of the processor": worked,
        "peak MB": peak,
    }


if __name__ == "__main__":
    main()
