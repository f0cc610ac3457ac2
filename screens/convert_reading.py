"""What the wizard reads: made in threads, handed over as values."""

from __future__ import annotations

import sqlite3
from datetime import tzinfo
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from leadtui.convert.values import Candidate, Choices, OtherLead, Plan
    from leadtui.settings import Settings

NEW = "new"


class Beside(NamedTuple):
    """What a customer brings with it."""

    contacts: tuple[Candidate, ...] = ()
    opportunities: tuple[Candidate, ...] = ()
    elsewhere: tuple[Candidate, ...] = ()
    """Contacts of other customers that look like the lead's."""


class Found(NamedTuple):
    """All that the wizard starts with."""

    plan: Plan
    company: str
    person: str
    customers: tuple[Candidate, ...]
    others: tuple[OtherLead, ...]
    beside: Beside


def find(connection: sqlite3.Connection, lead_id: str, settings: Settings, zone: tzinfo) -> Found:
    """What looks like a lead, and the plan that its defaults make; LeadTUIError when it is refused."""
    from leadtui.convert.choices import first_choices
    from leadtui.convert.lead import read_lead
    from leadtui.convert.plan import make_plan
    from leadtui.convert.suggestions import leads_of_company, suggest_customers

    plan = make_plan(connection, lead_id, first_choices(connection, lead_id, settings), settings, zone)
    columns = read_lead(connection, lead_id).columns
    return Found(
        plan,
        str(columns["company"] or columns["contact"]),
        str(columns["contact"]),
        suggest_customers(connection, lead_id),
        leads_of_company(connection, lead_id),
        beside(connection, lead_id, plan.choices.customer),
    )


def move(
    connection: sqlite3.Connection, lead_id: str, choices: Choices, customer: str
) -> tuple[Choices, Beside]:
    """The choices with another customer, `new` or an id, and what it brings with it."""
    from leadtui.convert.choices import with_customer

    return with_customer(connection, lead_id, choices, customer), beside(connection, lead_id, customer)


def beside(connection: sqlite3.Connection, lead_id: str, customer: str) -> Beside:
    """The contacts and opportunities of a customer, which is `new` or an id."""
    from leadtui.convert.suggestions import contacts_elsewhere, open_opportunities, suggest_contacts

    if customer == NEW:
        return Beside(elsewhere=contacts_elsewhere(connection, lead_id, ""))
    return Beside(
        suggest_contacts(connection, lead_id, customer),
        open_opportunities(connection, customer),
        contacts_elsewhere(connection, lead_id, customer),
    )
