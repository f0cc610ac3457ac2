"""Which customers, contacts and leads are suggested to a conversion, and why (R73, R75)."""

from __future__ import annotations

import pytest
from convert_world import add_lead, add_record, plan_of

from leadtui.convert.choices import with_customer
from leadtui.convert.suggestions import (
    contacts_elsewhere,
    find_customers,
    leads_of_company,
    open_opportunities,
    suggest_contacts,
    suggest_customers,
)
from leadtui.convert.values import NEW, Choices
from leadtui.workspace import Workspace


@pytest.mark.parametrize(
    ("customer", "lead", "why"),
    [
        ({"name": "NOVA Robotics, Ltd."}, {}, "same name"),
        ({"name": "Nova Robotics GmbH"}, {}, "same company name without its legal form"),
        (
            {"name": "上海启明科技有限公司"},
            {"company": "上海启明科技(集团)"},
            "same company name without its legal form",
        ),
        ({"name": "上海启明科技有限公司"}, {"company": "Shanghai Qiming"}, "its name reads the same"),
        ({"name": "Nova Robotic"}, {}, "similar name"),
        ({"name": "Other", "website": "https://www.nova.example/x"}, {}, "same mail domain nova.example"),
        ({"name": "Other", "phone": "+86 138 1234 5678"}, {}, "same phone"),
        ({"name": "Other", "email": "li.wei@nova.example"}, {}, "same mail li.wei@nova.example"),
    ],
)
def test_a_customer_is_suggested_with_the_reason(
    workspace: Workspace, customer: dict[str, object], lead: dict[str, object], why: str
) -> None:
    wanted = add_record(workspace, "customer", **customer)
    add_record(workspace, "customer", name="Kestrel Foods", email="someone@qq.com")
    lead_id = add_lead(workspace, **lead)
    with workspace.read() as connection:
        found = suggest_customers(connection, lead_id)
    assert [one.id for one in found] == [wanted]
    assert why in found[0].why
    assert 0 < found[0].score <= 100


@pytest.mark.parametrize(
    ("contact", "why"),
    [
        ({"name": "X", "email": "li.wei@nova.example"}, "same mail as its contact X"),
        ({"name": "X", "email": "other@nova.example"}, "same mail domain nova.example as its contact X"),
        ({"name": "X", "phone": "+8613812345678"}, "same phone as its contact X"),
    ],
)
def test_a_customer_is_suggested_by_its_contacts(
    workspace: Workspace, contact: dict[str, object], why: str
) -> None:
    customer = add_record(workspace, "customer", name="Other")
    add_record(workspace, "contact", customer_id=customer, **contact)
    lead_id = add_lead(workspace)
    with workspace.read() as connection:
        (found,) = suggest_customers(connection, lead_id)
    assert found.id == customer
    assert why in found.why


def test_the_likeliest_comes_first_and_strangers_never(workspace: Workspace) -> None:
    for name in ("Kestrel", "Halden Optics", "启明"):
        add_record(workspace, "customer", name=name, email="x@gmail.com")
    by_phone = add_record(workspace, "customer", name="Zeta", phone="+8613812345678")
    by_form = add_record(workspace, "customer", name="Nova Robotics SA")
    by_name = add_record(workspace, "customer", name="Nova Robotics Ltd")
    lead_id = add_lead(workspace, email="li@gmail.com")
    with workspace.read() as connection:
        found = suggest_customers(connection, lead_id)
        searched = find_customers(connection, "nova robotics")
    assert [one.id for one in found] == [by_name, by_form, by_phone]
    assert [one.exact_name for one in found] == [True, False, False]
    assert {one.id for one in searched} == {by_name, by_form}


def test_a_phone_alone_names_no_person(workspace: Workspace) -> None:
    customer = add_record(workspace, "customer", name="Nova")
    shared = add_record(workspace, "contact", name="Wang Fang", customer_id=customer, phone="+8613812345678")
    named = add_record(workspace, "contact", name="LI Wei", customer_id=customer)
    mailed = add_record(
        workspace, "contact", name="L. Wei", customer_id=customer, email="li.wei@nova.example"
    )
    elsewhere = add_record(workspace, "customer", name="Elsewhere")
    double = add_record(workspace, "contact", name="Li", customer_id=elsewhere, email="li.wei@nova.example")
    lead_id = add_lead(workspace)
    with workspace.read() as connection:
        found = suggest_contacts(connection, lead_id, customer)
        warned = contacts_elsewhere(connection, lead_id, customer)
        chosen = with_customer(connection, lead_id, Choices(), customer)
    assert [(one.id, bool(one.why)) for one in found] == [(mailed, True), (named, True), (shared, False)]
    assert [(one.id, one.customer.endswith("Elsewhere")) for one in warned] == [(double, True)]
    assert chosen.contact == mailed
    plan = plan_of(workspace, lead_id, chosen._replace(contact=NEW))
    assert {blocked.where for blocked in plan.blocked} == {"contact"}


def test_only_open_opportunities_are_offered(workspace: Workspace) -> None:
    customer = add_record(workspace, "customer", name="Nova")
    deal = add_record(
        workspace, "opportunity", name="ERP", customer_id=customer, amount=1_000_000, currency="EUR"
    )
    add_record(workspace, "opportunity", name="CRM", customer_id=customer, stage="lost")
    with workspace.read() as connection:
        (found,) = open_opportunities(connection, customer)
    assert (found.id, found.detail) == (deal, "needs, 10,000 EUR")


def test_other_leads_of_the_company_are_offered(workspace: Workspace) -> None:
    lead_id = add_lead(workspace, company="上海启明科技有限公司")
    other = add_lead(workspace, company="上海启明科技(集团)", contact="王芳", email="", phone="")
    add_lead(workspace, company="上海启明商贸", contact="Z", email="", phone="")
    with workspace.read() as connection:
        found = leads_of_company(connection, lead_id)
    assert [one.id for one in found] == [other]
