"""JSON: lines of objects, lists of them, documents with lists; nested, broken, and our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bringing import import_file
from hypothesis import given, settings
from hypothesis import strategies as st

from leadtui.capture.columns.plan import FilePlan, ReadOptions, read_plan
from leadtui.capture.files.json_records import flattened
from leadtui.capture.rows.leads import CleanRow, lead_rows
from leadtui.capture.rows.settling import SkippedRow
from leadtui.clock import FixedClock
from leadtui.errors import LeadTUIError, UsageError
from leadtui.settings import Settings
from leadtui.workspace import Workspace

ANN = {"name": "Ann", "email": "ann@a.example", "company": "Nova"}
BOB = {"name": "Bob", "email": "bob@a.example", "shoe": 42.0}


def plan_of(folder: Path, text: str | bytes, sheet: str = "") -> FilePlan:
    path = folder / "x.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_plan(path, ReadOptions(sheet=sheet))


def names(plan: FilePlan) -> list[object]:
    return [row.values["contact"] for row in lead_rows(plan) if isinstance(row, CleanRow)]


SHAPES = {
    "lines": f"{json.dumps(ANN)}\n\n{json.dumps(BOB)}\n",
    "list": json.dumps([ANN, BOB]),
    "pretty list": json.dumps([ANN, BOB], indent=2),
    "pretty one after the other": json.dumps(ANN, indent=2) + "\n" + json.dumps(BOB, indent=2),
    "document": json.dumps({"total": 2, "next": None, "leads": [ANN, BOB], "more": [1, 2]}),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape(tmp_path: Path, shape: str) -> None:
    plan = plan_of(tmp_path, SHAPES[shape])
    assert plan.table.format == "json"
    assert plan.headers == ("name", "email", "company", "shoe")
    assert plan.notes == ()
    ann, bob = lead_rows(plan)
    assert isinstance(ann, CleanRow) and isinstance(bob, CleanRow)
    assert (ann.values["company"], bob.custom) == ("Nova", {"shoe": "42"})


def test_lines_are_told_by_their_number(tmp_path: Path) -> None:
    text = f'{json.dumps(ANN)}\n{{"name": "Broken", \n[1, 2]\n"text"\n\n{json.dumps(BOB)}\n'
    rows = list(lead_rows(plan_of(tmp_path, text)))
    assert [(row.line, type(row)) for row in rows] == [
        (1, CleanRow),
        (2, SkippedRow),
        (3, SkippedRow),
        (4, SkippedRow),
        (6, CleanRow),
    ]
    assert all("no JSON object" in row.reason for row in rows if isinstance(row, SkippedRow))


@pytest.mark.parametrize(
    "text", [json.dumps([ANN, BOB])[:-20], json.dumps([ANN])[:-1], "[" + json.dumps(ANN) + " oops]"]
)
def test_a_list_that_breaks_off_keeps_what_came_before(tmp_path: Path, text: str) -> None:
    *rows, last = lead_rows(plan_of(tmp_path, text))
    assert [row.values["contact"] for row in rows if isinstance(row, CleanRow)] == ["Ann"]
    assert isinstance(last, SkippedRow) and "breaks off" in last.reason


def test_nested_objects_have_dotted_names(tmp_path: Path) -> None:
    person = {
        "name": "Ann",
        "company": {"name": "Nova", "size": 40},
        "emails": [{"type": "work", "value": "ann@a.example"}, {"type": "home", "value": "a@b.example"}],
        "tags": ["vip", "a;b"],
        "ok": True,
        "nothing": None,
        "empty": [],
    }
    plan = plan_of(tmp_path, json.dumps([person]))
    headers = "name company.name company.size emails.type emails.value tags ok nothing empty"
    assert plan.headers == tuple(headers.split())
    (row,) = lead_rows(plan)
    assert isinstance(row, CleanRow)
    assert row.values["company"] == "Nova"
    assert (row.values["email"], row.values["other_emails"]) == ("ann@a.example", "a@b.example")
    assert row.custom["ok"] == "yes"


def test_the_answer_of_an_api_is_read(tmp_path: Path) -> None:
    person = {"id": "7", "properties": {"firstname": "Ann", "lastname": "Lee", "email": "ann@a.example"}}
    assert names(plan_of(tmp_path, json.dumps({"results": [person], "paging": {"next": {}}}))) == ["Ann Lee"]


def test_a_list_of_a_document_is_chosen(tmp_path: Path) -> None:
    text = json.dumps({"people": [ANN], "firms": [{"company": "Nova"}, {"company": "Kestrel"}]})
    plan = plan_of(tmp_path, text)
    assert (plan.table.sheet, plan.table.sheets) == ("firms", ("people", "firms"))
    assert names(plan_of(tmp_path, text, sheet="people")) == ["Ann"]
    with pytest.raises(UsageError, match="people, firms"):
        plan_of(tmp_path, text, sheet="dogs")
    with pytest.raises(UsageError, match="no sheets"):
        plan_of(tmp_path, json.dumps([ANN]), sheet="dogs")


def test_what_holds_no_objects_is_told(tmp_path: Path) -> None:
    for text in ("[]", '{"a": [1, 2'):
        with pytest.raises(LeadTUIError, match="no list of JSON objects"):
            plan_of(tmp_path, text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    person = {"name": "王芳是采购总监", "company": "上海启明科技有限公司"}
    text = json.dumps([person], ensure_ascii=False)
    assert names(plan_of(tmp_path, text.encode(encoding))) == ["王芳是采购总监"]


def test_texts_that_look_like_formulas_stay_what_they_are(tmp_path: Path) -> None:
    texts = ["=1+1", "'=1+1", "''@x", "'quoted'", "+49 30 123456", "-"]
    lines = "\n".join(json.dumps({"name": f"P{n}", "colour": text}) for n, text in enumerate(texts))
    rows = [row for row in lead_rows(plan_of(tmp_path, lines)) if isinstance(row, CleanRow)]
    assert [row.custom.get("colour", "-") for row in rows] == texts


def test_a_deep_object_brings_nothing_down(tmp_path: Path) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    text = f'{json.dumps(ANN)}\n{{"name": {deep}}}\n{json.dumps(BOB)}\n'
    rows = list(lead_rows(plan_of(tmp_path, text)))
    assert [type(row) for row in rows] == [CleanRow, SkippedRow, CleanRow]
    level: object = "x"
    for _ in range(30):
        level = {"a": level}
    (name,) = flattened(level)
    assert name.count(".") == 19


def test_a_file_becomes_leads_once(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, SHAPES["document"])
    workspace = Workspace.open(tmp_path / "leads.db", Settings(), FixedClock(1_795_344_120_000), "ana")
    assert import_file(workspace, plan).as_json()["created"] == 2
    assert import_file(workspace, plan).unchanged == 2
    workspace.close()


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(objects=st.lists(st.dictionaries(st.text(max_size=5), values, max_size=4), min_size=1, max_size=6))
def test_any_objects_are_all_read(
    tmp_path_factory: pytest.TempPathFactory, objects: list[dict[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("json")
    plan = plan_of(folder, json.dumps(objects))
    assert [record.problem for record in plan.table.records()] == [""] * len(objects)
    assert set(plan.headers) == {key for each in objects for key in flattened(each)}
