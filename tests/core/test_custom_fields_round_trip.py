"""Custom fields that leave as a table are in an empty home what they were: kind, label, choices, values."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from bringing import import_file
from exports import export_to
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from round_trip import NOW, opened, two_of

from leadtui.capture.columns.own import OWN_SYSTEM
from leadtui.capture.columns.plan import ReadOptions, read_plan
from leadtui.customers.lists import RecordQuery
from leadtui.exporting.custom import custom_header, read_header, said_of
from leadtui.followup.queue import Query
from leadtui.qualify.fields import FieldDefinition, custom_fields, define_fields
from leadtui.store.ids import LETTERS
from leadtui.text import clean
from leadtui.workspace import Workspace

READ_BACK = (".csv", ".xlsx", ".json", ".jsonl")
KINDS = {"leads": "lead", "customers": "customer", "contacts": "contact", "opportunities": "opportunity"}
AWKWARD = (
    "Seats", "座位数", "a  b", "大　小", " x ", 'say "hi"', '["text", "x"]', 'a ["b"]', "a\nb", "=1+1",
    "1;2,3|4", "\\u0020", "\t", "[b]x[/b]", "seats", "custom.seats", "号",
)  # fmt: skip
NAME = st.one_of(st.sampled_from(AWKWARD), st.text(max_size=12).map(clean)).filter(str.strip)
KEY = st.one_of(
    st.sampled_from(["seats", "座位数", 'x ["number", "X"]', "a b", "status", "name"]),
    st.from_regex(r"[a-z号][a-z_号0-9]{0,8}", fullmatch=True),
)
NUMBER = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False).filter(
    lambda number: not number.is_integer()
)


@st.composite
def fields_and_values(draw: st.DrawFn) -> tuple[list[FieldDefinition], list[dict[str, object]]]:
    """Fields of any kind, and the custom values of a few records."""
    kinds = st.sampled_from(["text", "number", "date", "choice", "yes_no"])
    choices = st.lists(NAME, min_size=1, max_size=3).map(tuple)
    fields = [
        FieldDefinition(key, draw(NAME), kind, draw(choices) if kind == "choice" else ())
        for key, kind in draw(st.dictionaries(KEY, kinds, min_size=1, max_size=4)).items()
    ]
    values = st.fixed_dictionaries({}, optional={field.key: value_of(field) for field in fields})
    return fields, draw(st.lists(values, min_size=1, max_size=3))


def value_of(field: FieldDefinition) -> st.SearchStrategy[object]:
    of_kind: dict[str, st.SearchStrategy[Any]] = {
        "text": NAME,
        "number": NUMBER,
        "date": st.dates().map(str),
        "yes_no": st.booleans(),
    }
    return st.sampled_from(field.choices) if field.kind == "choice" else of_kind[field.kind]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which nothing was defined."""
    path = tmp_path_factory.mktemp("fields") / "empty.db"
    with opened(path):
        return path


def write(workspace: Workspace, record: str, customs: list[dict[str, object]]) -> None:
    born, letter = ("acquired_at", "L") if record == "lead" else ("created_at", LETTERS[record])
    name = "company" if record == "lead" else "name"
    with workspace.act("Records") as act:
        for at, custom in enumerate(customs):
            values = {
                "id": act.new_id(),
                "number": f"{letter}-{at:06}",
                name: f"Nova {at}",
                "created_at": NOW,
                born: NOW,
                "custom": json.dumps(custom, ensure_ascii=False),
            }
            marks = ", ".join("?" * len(values))
            act.connection.execute(
                f"INSERT INTO {record} ({', '.join(values)}) VALUES ({marks})", [*values.values()]
            )


def customs_of(workspace: Workspace, record: str) -> list[Any]:
    with workspace.read() as connection:
        found = connection.execute(f"SELECT custom FROM {record} ORDER BY number").fetchall()
    return [json.loads(custom) for (custom,) in found]


def defined(workspace: Workspace, record: str) -> dict[str, FieldDefinition]:
    with workspace.read() as connection:
        return {field.key: field for field in custom_fields(connection, workspace.settings, record)}


@pytest.mark.parametrize(("kind", "ending"), [*(("leads", each) for each in READ_BACK), ("customers", ".csv"),
                                              ("contacts", ".json"), ("opportunities", ".xlsx")])  # fmt: skip
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(fields_and_values())
def test_an_empty_home_gets_the_fields_as_they_were(
    empty: Path,
    tmp_path: Path,
    kind: str,
    ending: str,
    given_fields: tuple[list[FieldDefinition], list[dict[str, object]]],
) -> None:
    fields, customs = given_fields
    record = KINDS[kind]
    with two_of(empty, tmp_path) as (one, two):
        with one.act("Fields") as act:
            define_fields(act, fields, record)
        write(one, record, customs)
        query = Query("all") if record == "lead" else RecordQuery.of(record, "all")
        path = export_to(one, tmp_path / f"x{ending}", query, kind=kind, replace=True).path
        plan = read_plan(path, ReadOptions())
        assert plan.system == OWN_SYSTEM
        result = import_file(two, plan)
        assert (result.created, result.skipped) == (len(customs), 0)
        assert customs_of(two, record) == customs_of(one, record)
        used = {key for custom in customs for key in custom}
        assert defined(two, record) == {
            key: field for key, field in defined(one, record).items() if key in used
        }
        assert import_file(two, plan).unchanged == len(customs)


@given(KEY, NAME, st.sampled_from(["text", "number", "date", "choice", "yes_no"]), st.lists(NAME, max_size=3))
@example('x ["number", "X"]', 'x ["number", "X"]', "text", [])
@example('a ["b"]', 'y ["b", "c"]', "text", [])
def test_what_a_header_says_is_read_back(key: str, label: str, kind: str, choices: list[str]) -> None:
    field = FieldDefinition(key, label, kind, tuple(choices) or (("x",) if kind == "choice" else ()))
    header = custom_header(key, said_of(field))
    assert read_header(" ".join(header.split())) == field


@pytest.mark.parametrize(
    "said",
    ['["colour", "X"]', '["choice", "X"]', '["number", " "]', '["number"]', '["number", 1]', '["x"', '["'],
)
def test_what_nobody_who_defines_a_field_says_is_a_part_of_its_key(said: str) -> None:
    key = f"seats {said}"
    assert read_header(f"custom.{key}") == FieldDefinition(key, key)


def test_a_field_that_is_there_keeps_what_it_is(empty: Path, tmp_path: Path) -> None:
    with two_of(empty, tmp_path) as (one, two):
        for workspace, kind, label in ((one, "number", "Seats"), (two, "text", "Chairs")):
            with workspace.act("Fields") as act:
                define_fields(act, [FieldDefinition("seats", label, kind)])
        write(one, "lead", [{"seats": 12}])
        import_file(two, read_plan(export_to(one, tmp_path / "x.csv").path, ReadOptions()))
        assert defined(two, "lead")["seats"] == FieldDefinition("seats", "Chairs")
        assert customs_of(two, "lead") == [{"seats": "12"}]


def test_a_field_is_named_where_people_read_it(empty: Path, tmp_path: Path) -> None:
    with two_of(empty, tmp_path) as (one, _two):
        with one.act("Fields") as act:
            define_fields(act, [FieldDefinition("plan", "套餐", "choice", ("标准", "专业"))])
        write(one, "lead", [{"plan": "标准", "floor": "3"}])
        with export_to(one, tmp_path / "x.csv").path.open(encoding="utf-8") as file:
            (row,) = csv.DictReader(file)
        assert row['custom.plan ["choice", "套餐", "标准", "专业"]'] == "标准"
        assert row["custom.floor"] == "3"
        (document,) = json.loads(export_to(one, tmp_path / "x.json").path.read_text("utf-8"))
        assert document["custom"] == {"plan": "标准", "floor": "3"}
        assert document["custom_fields"] == {"plan": ["choice", "套餐", "标准", "专业"]}
