"""What leaves as a table comes back to the letter, into an empty file and into the one it came from."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bringing import import_file
from exports import export_to
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from round_trip import NOW, opened, two_of
from whole_file import contents

from leadtui.capture.batch.result import ImportResult
from leadtui.capture.columns.own import OWN_SYSTEM
from leadtui.capture.columns.plan import ReadOptions, read_plan
from leadtui.clock import Today
from leadtui.exporting.formulas import guard, unguard
from leadtui.exporting.table import COLUMNS, DERIVED, tags_in_a_cell, tags_of
from leadtui.qualify.fields import FieldDefinition, define_fields
from leadtui.qualify.leads import create_lead, tag_id
from leadtui.store.columns import LEAD_FLAGS, LEAD_TEXT
from leadtui.text import clean
from leadtui.values import Status
from leadtui.workspace import Workspace

READ_BACK = (".csv", ".xlsx", ".json", ".jsonl")
"""The endings of files that lose nothing."""
SHANGHAI = ZoneInfo("Asia/Shanghai")
FIELDS = (
    FieldDefinition("seats", "Seats", "number"),
    FieldDefinition("renewal", "Renewal", "date"),
    FieldDefinition("plan", "Plan", "choice", ("=basic", "pro, team", "大")),
    FieldDefinition("vip", "VIP", "yes_no"),
    FieldDefinition("system", "Current system", "text"),
    FieldDefinition("status", "Status of theirs", "text"),
    FieldDefinition("公司", "公司", "text"),
)
AWKWARD = (
    "'=1+1", "''x", "'", "-", "N/A", "none", "=cmd|' /C calc'!A0", "+8613812345678", "'+86 138", "@x", "\tx",
    "a\nb", 'say "hi"', "a,b;c|d", "a  b", " x ", "\ufeffx\u200b", "x.0", "1e7", "Mr", "\u3000", "-3",
    "a\n\n", '"', '"\n"', "Company,Contact\nNova,Li", "👩‍👩‍👧‍👦", "\u0301", "L-7K3QF2", "number", "\ufffd",
    "#tag",
)  # fmt: skip


def texts(most: int = 30) -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(AWKWARD), st.text(max_size=most).map(clean))


CODES = {
    "status": st.sampled_from(sorted(Status)),
    "tier_chosen": st.sampled_from(["", "A", "B", "C"]),
    "role": st.sampled_from(["", "decision_maker", "influencer", "user", "blocker"]),
    "timing": st.sampled_from(["", "within_3_months", "3_to_6_months", "later"]),
    "need_clarity": st.sampled_from(["", "concrete", "vague", "none"]),
    "currency": st.sampled_from(["", "CNY", "JPY", "KWD", "USD", "XYZ"]),
}
LISTS = st.lists(texts(), max_size=3).map("\n".join)
MONEY = st.none() | st.integers(0, 10**17)
MOMENT = st.integers(0, NOW)
CUSTOM = st.fixed_dictionaries(
    {},
    optional={
        "seats": st.integers(-(10**20), 10**20)
        | st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: not number.is_integer()),
        "renewal": st.dates().map(str),
        "plan": st.sampled_from(FIELDS[2].choices),
        "vip": st.booleans(),
        "system": texts().filter(bool),
        "status": texts().filter(bool),
        "公司": texts().filter(bool),
        "nowhere defined": texts().filter(bool),
    },
)
TAG = texts().map(lambda text: " ".join(text.split()).lstrip("#").strip()).filter(bool)
LEAD = st.fixed_dictionaries(
    {
        **{name: texts() for name in LEAD_TEXT if name not in {"number", "batch_id", "created_by", *CODES}},
        **CODES,
        "other_phones": LISTS,
        "other_emails": LISTS,
        **{name: st.integers(0, 1) for name in LEAD_FLAGS},
        **{
            f"bant_{name}": st.none() | st.integers(0, 10)
            for name in ("budget", "authority", "need", "timing")
        },
        "budget_min": MONEY,
        "budget_max": MONEY,
        "acquired_at": MOMENT,
        "custom": CUSTOM,
        "tags": st.lists(TAG, max_size=3, unique_by=str.casefold),
    }
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file without leads, with every kind of custom field."""
    path = tmp_path_factory.mktemp("round") / "empty.db"
    with opened(path) as workspace, workspace.act("Fields") as act:
        define_fields(act, FIELDS)
    return path


def write(workspace: Workspace, leads: list[dict[str, Any]]) -> None:
    """Leads as they may stand in a file, whatever way they came there."""
    with workspace.act("Leads") as act:
        for lead in leads:
            seq, lead_id = act.next_lead_seq(), act.new_id()
            values = {**lead, "id": lead_id, "number": act.lead_number(seq), "created_at": NOW}
            tags = values.pop("tags")
            values["custom"] = json.dumps(values["custom"], ensure_ascii=False)
            marks = ", ".join("?" * len(values))
            act.connection.execute(
                f"INSERT INTO lead ({', '.join(values)}) VALUES ({marks})", list(values.values())
            )
            act.connection.executemany(
                "INSERT INTO tag (id, lead_id, name) VALUES (?, ?, ?)",
                [(tag_id(lead_id, name), lead_id, name) for name in tags],
            )


def export(workspace: Workspace, path: Path, zone: tzinfo = UTC) -> Path:
    export_to(workspace, path, zone=zone, replace=True)
    return path


def bring(workspace: Workspace, path: Path, zone: tzinfo = UTC, dry_run: bool = False) -> ImportResult:
    plan = read_plan(path, ReadOptions(zone=zone))
    assert plan.system == OWN_SYSTEM
    return import_file(workspace, plan, dry_run)


def leads_in(workspace: Workspace) -> dict[str, Any]:
    """What a table says of each lead, by number."""
    names = [name for name in COLUMNS if name not in {"tags", *DERIVED}]
    with workspace.read() as connection:
        tags: dict[str, list[str]] = {}
        for number, tag in connection.execute(
            "SELECT number, name FROM tag JOIN lead ON lead.id = lead_id ORDER BY name"
        ):
            tags.setdefault(number, []).append(tag)
        return {
            row[0]: (*row[1:-1], json.loads(row[-1]), tags.get(row[0], []))
            for row in connection.execute(
                f"SELECT number, {', '.join(names)}, next_due_all_day, custom FROM lead"
            )
        }


@pytest.mark.parametrize("ending", READ_BACK)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(LEAD, min_size=1, max_size=3), st.integers(0, 1 << 42), st.booleans())
def test_export_and_import_are_the_identity(
    empty: Path, tmp_path: Path, ending: str, leads: list[dict[str, Any]], due: int, all_day: bool
) -> None:
    day = Today.at(due, SHANGHAI).start
    for lead in leads:
        lead["next_due"], lead["next_due_all_day"] = (day if all_day else due), int(all_day)
    with two_of(empty, tmp_path) as (one, two):
        write(one, leads)
        path = export(one, tmp_path / f"x{ending}", SHANGHAI)
        result = bring(two, path, SHANGHAI)
        assert (result.created, result.skipped, result.with_problems) == (len(leads), 0, 0)
        assert leads_in(two) == leads_in(one)
        before = contents(one.path)
        for workspace in (one, two):
            again = bring(workspace, path, SHANGHAI)
            assert (again.unchanged, again.created, again.updated) == (len(leads), 0, 0)
        assert {**contents(one.path), "import_batch": []} == {**before, "import_batch": []}
        if ending == ".csv":
            again_written = export(two, tmp_path / f"y{ending}", SHANGHAI)
            assert again_written.stat().st_size == path.stat().st_size


@given(st.one_of(st.text(max_size=12), st.text(st.sampled_from("'=+-@\t\r 1a(＝＋－＠"), max_size=8)))
@example("'")
@example("''=")
@example("-")
def test_what_is_guarded_is_given_back(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(("=", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


@given(st.lists(TAG, max_size=4, unique=True))
@example(["a; b"])
@example(["a;b", "c"])
def test_tags_in_a_cell_are_given_back(names: list[str]) -> None:
    assert list(tags_of(tags_in_a_cell(names))) == names


def test_leads_that_share_everything_stay_apart(empty: Path, tmp_path: Path) -> None:
    with two_of(empty, tmp_path) as (one, two):
        for city in ("Rome", "Oslo", "Rome"):
            with one.act("New lead") as act:
                draft = {"company": "Nova", "contact": "Ann", "email": "a@b.example", "city": city}
                create_lead(act, {**draft, "source_channel": "expo", "external_id": "1"})
        path = export(one, tmp_path / "x.csv")
        assert bring(two, path).created == 3
        assert leads_in(two) == leads_in(one)
        with path.open("a", encoding="utf-8") as file:
            file.write(path.read_text("utf-8-sig").splitlines()[1] + "\r\n")
        assert bring(two, path).unchanged == 4


def test_a_row_that_was_copied_in_a_spreadsheet_is_a_lead_of_its_own(empty: Path, tmp_path: Path) -> None:
    shutil.copy(empty, tmp_path / "one.db")
    with opened(tmp_path / "one.db") as one:
        with one.act("New lead") as act:
            create_lead(act, {"company": "Nova", "contact": "Ann", "source_channel": "expo"})
        path = export(one, tmp_path / "x.csv")
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, row = csv.reader(file)
        changed = dict(zip(header, row, strict=True)) | {"company": "Kestrel", "contact": "Ben"}
        added = dict.fromkeys(header, "") | {"company": "Orbit", "email": "o@orbit.example"}
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, row, changed.values(), added.values()])
        result = bring(one, path)
        assert (result.unchanged, result.created) == (1, 2)
        with one.read() as connection:
            found = connection.execute("SELECT company, owner, number FROM lead ORDER BY seq").fetchall()
    assert [company for company, _owner, _number in found] == ["Nova", "Kestrel", "Orbit"]
    assert len({number for _company, _owner, number in found}) == 3
    assert found[2][1] == "ana"


def test_numbers_that_another_lead_has_here_are_given_anew(empty: Path, tmp_path: Path) -> None:
    with two_of(empty, tmp_path) as (one, two):
        for workspace, company in ((one, "Nova"), (two, "Kestrel")):
            with workspace.act("New lead") as act:
                create_lead(act, {"company": company, "source_channel": "expo"})
        assert leads_in(one).keys() == leads_in(two).keys()
        assert bring(two, export(one, tmp_path / "x.csv")).created == 1
        assert len(leads_in(two)) == 2


def test_tier_and_score_are_told_and_computed_anew(empty: Path, tmp_path: Path) -> None:
    with two_of(empty, tmp_path) as (one, two):
        with one.act("New lead") as act:
            create_lead(act, {"company": "Nova", "title": "CEO", "source_channel": "expo"})
        path = export(one, tmp_path / "x.csv")
        with path.open(encoding="utf-8-sig", newline="") as file:
            (row,) = csv.DictReader(file)
        with one.read() as connection:
            assert connection.execute("SELECT tier, score FROM lead").fetchone() == (
                row["tier"], int(row["score"])
            )  # fmt: skip
        path.write_text(path.read_text("utf-8-sig").replace(f",{row['tier']},{row['score']},", ",A,99,", 1))
        bring(two, path)
        with one.read() as ours, two.read() as theirs:
            query = "SELECT tier, tier_chosen, score, custom FROM lead"
            assert ours.execute(query).fetchone() == theirs.execute(query).fetchone()


def test_a_rehearsal_of_an_export_changes_nothing(empty: Path, tmp_path: Path) -> None:
    with two_of(empty, tmp_path) as (one, two):
        with one.act("New lead") as act:
            create_lead(act, {"company": "Nova", "source_channel": "expo", "custom": {"new": "1"}})
        before = two.path.read_bytes()
        assert bring(two, export(one, tmp_path / "x.csv"), dry_run=True).created == 1
    assert two.path.read_bytes() == before
