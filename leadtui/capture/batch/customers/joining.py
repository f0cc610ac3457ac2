"""Files come in any order: what waited for its customer, and what was converted elsewhere, is linked."""

from __future__ import annotations

import sqlite3

_CONVERTED: dict[str, tuple[str, ...]] = {
    "customer": ("convertedaccountid", "converted_account_id", "converted_account_id_"),
    "contact": ("convertedcontactid", "converted_contact_id"),
    "opportunity": ("convertedopportunityid", "converted_deal_id", "converted_opportunity_id"),
}
"""The custom fields of leads in which other systems' exports say what a lead became."""


def link_what_came_before(connection: sqlite3.Connection) -> None:
    """Link contacts and opportunities to the customers they refer to, converted leads to what they became."""
    for record in ("contact", "opportunity"):
        connection.execute(
            f"""UPDATE {record} SET customer_id = customer.id,
                custom = json_remove({record}.custom, '$.customer_ref') FROM customer
                WHERE {record}.customer_id IS NULL AND customer.external_id <> ''
                AND json_extract({record}.custom, '$.customer_ref') = customer.external_id"""
        )
    _link_to_leads(connection)
    for record, keys in _CONVERTED.items():
        named = ", ".join(f"json_extract(lead.custom, '$.{key}')" for key in keys)
        connection.execute(
            f"""UPDATE lead SET {record}_id = {record}.id FROM {record}
                WHERE lead.status = 'converted' AND lead.{record}_id = '' AND {record}.external_id <> ''
                AND {record}.external_id = coalesce({named}, '')"""
        )


def _link_to_leads(connection: sqlite3.Connection) -> None:
    """Link opportunities that name a lead by its number, and that lead, if it was converted, to them."""
    connection.execute(
        """UPDATE opportunity SET lead_id = lead.id, custom = json_remove(opportunity.custom, '$.lead_ref')
           FROM lead WHERE opportunity.lead_id IS NULL
           AND json_extract(opportunity.custom, '$.lead_ref') = lead.number"""
    )
    connection.execute(
        """UPDATE lead SET opportunity_id = opportunity.id,
               customer_id = coalesce(opportunity.customer_id, ''),
               contact_id = coalesce(opportunity.contact_id, '')
           FROM opportunity WHERE opportunity.lead_id = lead.id AND lead.status = 'converted'
           AND lead.opportunity_id = '' AND lead.customer_id = ''"""
    )
