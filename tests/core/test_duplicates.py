"""The duplicates of a file: its pairs, those of one lead or of a draft, and the leads of one company."""

from __future__ import annotations

from typing import Any

import pytest
from cli_run import Run

from leadtui.customers.records import create_record
from leadtui.followup.card import lead_detail
from leadtui.qualify.duplicates.reasons import reasons
from leadtui.qualify.duplicates.search import Pair, all_pairs, companies, pairs_of
from leadtui.qualify.duplicates.verdicts import keep_apart
from leadtui.qualify.leads import create_lead
from leadtui.qualify.merging.merge import merge, read_plan
from leadtui.settings import Settings
from leadtui.workspace import Workspace

NOW = 1_795_257_720_000
MOES = {"company": "Moe's Bar", "contact": "Joe Szyslak", "phone": "+12125550199"}


def add(workspace: Workspace, **values: Any) -> str:
    with workspace.act("New lead") as act:
        return create_lead(act, {"source_channel": "expo", **values})


def pairs(workspace: Workspace) -> list[Pair]:
    with workspace.read() as connection:
        return all_pairs(connection, workspace.settings)


def drafted(workspace: Workspace, **values: Any) -> list[Pair]:
    with workspace.read() as connection:
        return pairs_of(connection, values, workspace.settings)


def test_pairs_come_best_first_with_what_is_shown_of_them(workspace: Workspace) -> None:
    one = add(workspace, **MOES)
    add(workspace, company="Family Bowling", contact="Gumball")
    two = add(workspace, **MOES, email="joe@moes.example")
    add(workspace, company="family bowling", contact="Gumball")
    found = pairs(workspace)
    assert [pair.likely for pair in found] == [True, True]
    assert (found[0].one.id, found[0].other.id) == (one, two)
    assert found[0].score > found[1].score
    assert reasons(found[0].evidence) == "same phone, same name, same company"
    assert (found[0].other.company, found[0].other.email) == ("Moe's Bar", "joe@moes.example")


def test_a_pair_that_was_told_apart_is_not_told_again_until_undone(workspace: Workspace) -> None:
    one, two = add(workspace, **MOES), add(workspace, **MOES)
    with workspace.act("Not a duplicate") as act:
        keep_apart(act, [(two, one)])
        keep_apart(act, [(one, two)])
    assert pairs(workspace) == []
    with workspace.read() as connection:
        detail = lead_detail(connection, one, Settings(), NOW, workspace.zone)
    assert detail is not None
    assert detail.possible_duplicates == ()
    workspace.undo()
    assert len(pairs(workspace)) == 1


def test_what_was_merged_is_no_pair_any_more(workspace: Workspace) -> None:
    ids = [add(workspace, **MOES), add(workspace, **MOES)]
    with workspace.act("Merge leads") as act:
        merge(act, read_plan(act.connection, "lead", ids))
    assert pairs(workspace) == []
    assert drafted(workspace, **MOES)[0].other.status == "new"
    assert len(drafted(workspace, **MOES)) == 1


@pytest.mark.parametrize(
    "draft",
    [
        {"company": "Moe's Bar", "contact": "Joe Szyslak"},
        {"contact": "Joe Szislak", "company": "Moe’s Bar Ltd."},
        {"contact": "Szyslak, Joe", "mobile": "+12125550199"},
        {"contact": "Joe", "company": "Moes Bar", "phone": "+12125550199"},
    ],
)
def test_a_draft_is_compared_before_it_is_saved(workspace: Workspace, draft: dict[str, str]) -> None:
    known = add(workspace, **MOES)
    add(workspace, company="Nova", contact="Li Wei")
    (pair,) = drafted(workspace, **draft)
    assert (pair.other.id, pair.likely) == (known, True)


def test_a_draft_of_another_person_is_nobody_yet(workspace: Workspace) -> None:
    add(workspace, **MOES)
    assert drafted(workspace, company="Moe's Bar", contact="Homer Sampson", phone="+12125550199") == []
    assert drafted(workspace) == []


def test_customers_with_one_website_may_be_one(workspace: Workspace) -> None:
    with workspace.act("Make") as act:
        create_record(act, "customer", {"name": "Nova Robotics", "website": "https://www.nova.example"})
        create_record(act, "customer", {"name": "NR Group", "email": "info@nova.example"})
        create_record(act, "customer", {"name": "Kestrel Foods", "website": "kestrel.example"})
    with workspace.read() as connection:
        (pair,) = all_pairs(connection, workspace.settings, kind="customer")
    assert {pair.one.company, pair.other.company} == {"Nova Robotics", "NR Group"}
    assert reasons(pair.evidence).startswith("same website or mail domain")


def test_customers_whose_people_have_one_mail_domain_may_be_one(workspace: Workspace) -> None:
    with workspace.act("Make") as act:
        for name, mail in (
            ("Nova Robotics", "li@nova.example"),
            ("NR", "wu@nova.example"),
            ("Ace", "a@qq.com"),
        ):
            customer = create_record(act, "customer", {"name": name})
            create_record(act, "contact", {"name": f"Of {name}", "email": mail, "customer_id": customer})
    with workspace.read() as connection:
        (pair,) = all_pairs(connection, workspace.settings, kind="customer")
    assert {pair.one.company, pair.other.company} == {"Nova Robotics", "NR"}


def test_leads_of_one_company_stand_together(workspace: Workspace) -> None:
    for name in ("上海启明科技有限公司", "上海启明科技", "Nova", "上海启明科技(集团)"):
        add(workspace, company=name, contact=f"王{name[-1]}")
    with workspace.read() as connection:
        (found,) = companies(connection)
    assert found.name == "上海启明科技有限公司"
    assert len(found.leads) == 3


def test_the_command_line_finds_and_merges(run: Run) -> None:
    for words in (("--phone", "+12125550199"), ("--email", "joe@moes.example")):
        ran = run("add", "--company", "Moe's Bar", "--contact", "Joe Szyslak", "--source", "expo", *words)
        assert ran.code == 0, ran.err
    assert "same name, same company" in ran.err
    document = run("duplicates", "--json").json
    assert document["total"] == 1
    one, two = (side["number"] for side in document["pairs"][0]["leads"])
    assert "same name, same company" in run("duplicates").out
    dry = run("merge-leads", one, two, "--into", two, "--dry-run", "--json").json
    assert (dry["survivor"], dry["merged"], dry["written"]) == (two, [one], False)
    phone = next(field for field in dry["fields"] if field["field"] == "phone")
    assert (phone["result"], phone["from"]) == ("+12125550199", one)
    assert run("duplicates", "--json").json["total"] == 1
    done = run("merge-leads", one, two, "--into", two)
    assert done.code == 0
    assert run("duplicates").out == "No two look the same.\n"
    assert f"Merged into {two}" in run("show", one).out
    refused = run("log", one, "--channel", "phone", "--result", "no_answer")
    assert (refused.code, two in refused.err) == (1, True)
    assert run("undo").code == 0
    assert run("duplicates", "--json").json["total"] == 1


def test_other_records_of_a_pair_stand_under_the_name_of_their_kind(run: Run, workspace: Workspace) -> None:
    with workspace.act("Records") as act:
        for name in ("Nova Robotics Ltd", "Nova Robotics GmbH"):
            customer = create_record(act, "customer", {"name": name})
            create_record(
                act, "contact", {"name": "Li Wei", "phone": "+8613812345678", "customer_id": customer}
            )
    where = ("--db", str(workspace.path))
    (customers,) = run("duplicates", "--of", "customer", "--json", *where).json["pairs"]
    assert [one["name"] for one in customers["customers"]] == ["Nova Robotics Ltd", "Nova Robotics GmbH"]
    (contacts,) = run("duplicates", "--of", "contact", "--json", *where).json["pairs"]
    assert {one["customer"] for one in contacts["contacts"]} == {"Nova Robotics Ltd", "Nova Robotics GmbH"}
    assert "leads" not in customers and "leads" not in contacts


def test_merging_one_lead_is_refused(run: Run) -> None:
    run("add", "--company", "Moe's Bar", "--source", "expo")
    ran = run("merge-leads", "moe", "moe")
    assert (ran.code, "at least two" in ran.err) == (2, True)
