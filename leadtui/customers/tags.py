"""Tags of customers (R20)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leadtui.customers.records import changeable_records
from leadtui.qualify.leads import tag_id, tag_names

if TYPE_CHECKING:
    from leadtui.store.act import Act


def tag_customers(act: Act, ids: Sequence[str], add: Sequence[str], remove: Sequence[str] = ()) -> None:
    """Put tags on customers and take others off, whatever their case."""
    known = changeable_records(act, "customer", ids)
    act.connection.executemany(
        "INSERT OR IGNORE INTO tag (id, customer_id, name) VALUES (?, ?, ?)",
        ((tag_id(customer, name), customer, name) for customer in known for name in tag_names(add)),
    )
    act.connection.executemany(
        "DELETE FROM tag WHERE id = ?",
        ((tag_id(customer, name),) for customer in known for name in tag_names(remove)),
    )
