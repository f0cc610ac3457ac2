"""What a conversion begins with, before the rep decides anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from leadtui.convert.gates import readiness, signals_of
from leadtui.convert.lead import ConversionRefused, read_lead, refusal
from leadtui.convert.suggestions import CERTAIN_CONTACT, suggest_contacts
from leadtui.convert.values import NEW, NONE, Choices
from leadtui.settings import Settings


def first_choices(
    connection: sqlite3.Connection, lead_id: str, settings: Settings, signals: Collection[str] = ()
) -> Choices:
    """A new customer, a new contact when the lead names a person, a new opportunity when its gate is passed
    with these `signals` beside those that the lead has raised.

    ConversionRefused for a lead that can't be converted.
    """
    sentence = refusal(connection, lead_id)
    if sentence:
        raise ConversionRefused(sentence)
    lead = read_lead(connection, lead_id)
    ready = readiness(lead.columns, signals_of(lead.columns).union(signals), settings)
    return Choices(
        contact=NEW if lead.columns["contact"] else NONE,
        opportunity=NEW if ready.opportunity.passed else NONE,
    )


def with_gate(choices: Choices, passed: bool) -> Choices:
    """The choices after the gate of opportunities opened or closed: with a new one, or with none, unless one
    that is there was chosen, or something was said of a new one."""
    said = any(ref.startswith("opportunity.") for ref in choices.given)
    if choices.opportunity not in {NEW, NONE} or said:
        return choices
    return choices._replace(opportunity=NEW if passed else NONE)


def with_customer(connection: sqlite3.Connection, lead_id: str, choices: Choices, customer: str) -> Choices:
    """The choices with another customer (`new` or an id): with its contact that is surely the lead's person,
    and without an opportunity of the former customer."""
    contact = choices.contact if choices.contact == NONE else NEW
    if customer != NEW and contact != NONE:
        likely = suggest_contacts(connection, lead_id, customer)
        if likely and likely[0].score >= CERTAIN_CONTACT:
            contact = likely[0].id
    return choices._replace(
        customer=customer,
        contact=contact,
        opportunity=choices.opportunity if choices.opportunity in {NEW, NONE} else NEW,
        take=frozenset(),
    )
