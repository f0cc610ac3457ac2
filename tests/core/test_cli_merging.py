"""Customers and contacts are merged on the command line as leads are."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from cli_run import Run

from leadtui.clock import FixedClock
from leadtui.customers.records import create_record
from leadtui.settings import Settings
from leadtui.workspace import Workspace


@pytest.fixture
def database(tmp_path: Path, clock: FixedClock) -> str:
    """One company twice, with one contact each who is the same person."""
    path = tmp_path / "records.db"
    with closing(Workspace.open(path, Settings(), clock, "ana")) as workspace, workspace.act("Make") as act:
        for name, industry, title in (("启明科技", "制造", ""), ("上海启明科技有限公司", "", "CTO")):
            company = {"name": name, "industry": industry, "phone": "+8613812345678"}
            customer = create_record(act, "customer", company)
            person = {"name": "王芳", "title": title, "mobile": "+8613900000000", "customer_id": customer}
            create_record(act, "contact", person)
    return str(path)


def numbers(run: Run, database: str, what: str) -> list[str]:
    return [one["number"] for one in run(what, "--db", database, "--json").json[what]]


@pytest.mark.parametrize("record", ["customers", "contacts"])
def test_two_become_one_and_two_again(run: Run, database: str, record: str) -> None:
    one, two = numbers(run, database, record)
    merge = (f"merge-{record}", "--db", database, one, two, "--into", two)
    dry = run(*merge, "--dry-run", "--json").json
    assert (dry["survivor"], dry["merged"], dry["written"]) == (two, [one], False)
    assert {field["field"] for field in dry["fields"]} >= {"name"}
    assert "Nothing was written." in run(*merge, "--dry-run").out
    assert numbers(run, database, record) == [one, two]

    done = run(*merge)
    assert (done.code, done.out.splitlines()[0].startswith(one)) == (0, True)
    assert numbers(run, database, record) == [two]
    again = run(*merge)
    assert (again.code, f"{one} was merged" in again.err) == (1, True)
    assert run(*merge, "--dry-run") == again

    assert run("undo", "--db", database).out.startswith(f"Undone: Merge {record}")
    assert numbers(run, database, record) == [one, two]


def test_a_dry_run_refuses_the_leads_that_merging_refuses(
    run: Run, tmp_path: Path, clock: FixedClock
) -> None:
    database = str(tmp_path / "leads.db")
    for contact in ("王芳", "Wang Fang"):
        assert (
            run(
                "add", "--db", database, "--company", "启明科技", "--contact", contact, "--source", "expo"
            ).code
            == 0
        )
    one, two = (lead["number"] for lead in run("inbox", "--db", database, "--json").json["leads"])
    merge = ("merge-leads", "--db", database, one, two, "--into", two)
    assert run(*merge).code == 0
    again = run(*merge)
    assert (again.code, f"{one} was merged into {two}" in again.err) == (1, True)
    assert run(*merge, "--dry-run") == again


def test_contacts_go_over_to_the_customer_that_stays(run: Run, database: str) -> None:
    assert run("merge-customers", "--db", database, *numbers(run, database, "customers")).code == 0
    (stays,) = run("customers", "--db", database, "--json").json["customers"]
    people = run("contacts", "--db", database, "--json").json["contacts"]
    assert [one["customer"] for one in people] == [stays["name"]] * 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("merge-customers", "上海启明科技有限公司", "上海启明科技有限公司"), 2, "at least two"),
        (("merge-customers", "上海启明科技有限公司", "Kestrel"), 1, "Nothing matches “Kestrel”"),
        (("merge-contacts", "王芳", "王芳"), 1, "matches 2 records, say which by its number"),
        (("merge-customers",), 2, "the following arguments are required: CUSTOMER"),
    ],
)
def test_what_can_not_be_meant_is_told(
    run: Run, database: str, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = run(*words, "--db", database)
    assert (ran.code, said in ran.err) == (code, True), ran.err
    assert len(numbers(run, database, "customers")) == 2
