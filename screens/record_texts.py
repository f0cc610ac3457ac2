"""The words for customers, contacts and opportunities on the screen."""

from __future__ import annotations

from collections.abc import Mapping

from leadtui.i18n import gettext as _


def plural(record: str) -> str:
    """`Customers`, `Contacts`, `Opportunities`."""
    return {
        "customer": _("Customers"),
        "contact": _("Contacts"),
        "opportunity": _("Opportunities"),
    }[record]


def new_title(record: str) -> str:
    """What a form for a new record is called."""
    return {
        "customer": _("New customer"),
        "contact": _("New contact"),
        "opportunity": _("New opportunity"),
    }[record]


def edit_title(record: str) -> str:
    """What a form that changes a record is called."""
    return {
        "customer": _("Edit customer"),
        "contact": _("Edit contact"),
        "opportunity": _("Edit opportunity"),
    }[record]


def filter_words(record: str) -> str:
    """What can be typed in the filter of a kind of record, as the empty line shows it."""
    return {
        "customer": _("name, phone, lifecycle:prospect, city:berlin, owner:me, tag:vip, overdue, …"),
        "contact": _("name, phone, role:user, company:nova, owner:me, overdue, …"),
        "opportunity": _("name, stage:proposal, grade:a, company:nova, owner:me, overdue, …"),
    }[record]


def view_name(view: str) -> str:
    """The name of a view."""
    return {
        "all": _("All"),
        "due": _("Due"),
        "open": _("Open"),
        "won": _("Won"),
        "lost": _("Lost"),
        "prospects": _("Prospects"),
        "customers": _("Customers"),
    }[view]


def sort_name(sort: str) -> str:
    """The name of an order."""
    return {
        "due": _("by due"),
        "name": _("by name"),
        "newest": _("newest first"),
        "grade": _("by grade, due"),
        "close": _("by closing date"),
        "amount": _("by amount"),
    }[sort]


def empty_texts(record: str, filtered: bool, keys: Mapping[str, str]) -> tuple[str, ...]:
    """What an empty list says, and the key that goes on."""
    if filtered:
        return (
            _("Nothing matches the filter."),
            _("{key} clears it, {filter} changes it.").format(key=keys["back"], filter=keys["filter"]),
        )
    first = {
        "customer": _("No customers here."),
        "contact": _("No contacts here."),
        "opportunity": _("No opportunities here."),
    }[record]
    return (
        first,
        _("{new} enters one, {view} chooses another view.").format(new=keys["new-lead"], view=keys["view"]),
    )
