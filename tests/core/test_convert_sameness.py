"""What a lead and a customer write otherwise and mean alike is no conflict, and stays as it is there."""

from __future__ import annotations

import pytest
from convert_world import add_lead, add_record, convert, plan_of, row

from leadtui.convert.differences import differences
from leadtui.convert.values import Line
from leadtui.qualify.domains import website_key
from leadtui.workspace import Workspace


def line_to(workspace: Workspace, lead_id: str, target: str, **more: object) -> Line:
    (line,) = [line for line in plan_of(workspace, lead_id, **more).lines if line.target == target]
    return line


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("qiming.example", "https://www.qiming.example", True),
        ("http://Qiming.Example/", "qiming.example", True),
        ("HTTPS://WWW.QIMING.EXAMPLE/products/", "qiming.example/products", True),
        ("qiming.example/Products", "qiming.example/products", False),
        ("qiming.example", "shop.qiming.example", False),
        ("qiming.example", "qiming.example?lang=zh", False),
    ],
)
def test_a_website_is_the_place_that_it_names(one: str, other: str, alike: bool) -> None:
    assert (website_key(one) == website_key(other)) is alike


@pytest.mark.parametrize(
    ("record", "field", "of_lead", "of_record", "effect"),
    [
        ("customer", "website", "qiming.example", "https://www.qiming.example", "kept"),
        ("customer", "website", "qiming.example", "qiming.test", "conflict"),
        ("customer", "name", "Nova Robotics, Ltd.", "NOVA Robotics Ltd", "kept"),
        ("customer", "name", "上海启明科技有限公司", "上海启明科技", "conflict"),
        ("customer", "name", "上海启明科技有限公司（浦东研发中心）", "上海启明科技有限公司", "conflict"),
        ("contact", "name", "Li Wei", "LI WEI", "kept"),
        ("contact", "email", "li.wei@nova.example", "Li.Wei@Nova.Example", "kept"),
        ("contact", "phone", "+8613812345678", "+86 138 1234 5678", "kept"),
        ("contact", "phone", "+8613812345678", "+8613812345679", "conflict"),
        ("contact", "title", "CTO", "cto", "conflict"),
    ],
)
def test_what_means_the_same_is_no_conflict(
    workspace: Workspace, record: str, field: str, of_lead: str, of_record: str, effect: str
) -> None:
    names = {("customer", "name"): "company", ("contact", "name"): "contact"}
    lead_id = add_lead(workspace, **{names.get((record, field), field): of_lead})
    customer = {"name": "Halden"} | ({field: of_record} if record == "customer" else {})
    chosen = add_record(workspace, "customer", **customer)
    more: dict[str, object] = {"customer": chosen}
    identity = chosen
    if record == "contact":
        person = {"name": "Ben", "customer_id": chosen} | {field: of_record}
        identity = add_record(workspace, "contact", **person)
        more["contact"] = identity
    with workspace.act("As others write it") as act:
        act.connection.execute(f"UPDATE {record} SET {field} = ? WHERE id = ?", (of_record, identity))
    line = line_to(workspace, lead_id, f"{record}.{field}", **more)
    assert (line.effect, line.before, line.result) == (effect, of_record, of_record)
    convert(workspace, lead_id, **more)
    assert row(workspace, record, identity)[field] == of_record
    with workspace.read() as connection:
        found = {one.target for one in differences(connection, lead_id, workspace.settings, workspace.zone)}
    assert (f"{record}.{field}" in found) is (effect == "conflict")


def test_what_is_typed_is_written_as_it_was_typed(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, website="nova.example")
    customer = add_record(workspace, "customer", name="Nova Robotics", website="nova.example")
    typed = {"customer.website": "https://nova.example"}
    convert(workspace, lead_id, customer=customer, given=typed)
    assert row(workspace, "customer", customer)["website"] == "https://nova.example"


def test_a_number_that_is_there_is_not_added_again(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, other_phones="+862155501234\n+862155501235")
    customer = add_record(workspace, "customer", name="Nova")
    contact = add_record(workspace, "contact", name="Li Wei", customer_id=customer)
    with workspace.act("As others write it") as act:
        act.connection.execute("UPDATE contact SET other_phones = '+86 21 5550 1234'")
    convert(workspace, lead_id, customer=customer, contact=contact)
    assert row(workspace, "contact", contact)["other_phones"] == "+86 21 5550 1234\n+862155501235"
