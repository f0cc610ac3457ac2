"""The views of the list by the words that a user reads."""

from __future__ import annotations

from collections.abc import Mapping

from leadtui.i18n import gettext as _


def view_names() -> Mapping[str, str]:
    """The name of each view, in the order of the menu."""
    return {
        "inbox": _("Inbox"),
        "waiting": _("Waiting"),
        "overdue": _("Overdue"),
        "today": _("Today"),
        "new": _("New"),
        "watch": _("Watch"),
        "pool": _("Pool"),
        "retry": _("Try again"),
        "converted": _("Converted"),
        "closed": _("Closed"),
        "open": _("Open"),
        "all": _("All"),
    }


def empty_texts(view: str, filtered: bool, keys: Mapping[str, str]) -> tuple[str, ...]:
    """What an empty list says: that it is empty, and the key that goes on."""
    if filtered:
        return (
            _("No lead matches the filter."),
            _("{key} clears it, {filter} changes it.").format(key=keys["back"], filter=keys["filter"]),
        )
    if view == "inbox":
        return (
            _("Nothing wants you now."),
            _("{view} shows what waits, {new} enters a lead, {bring} brings leads in from a file.").format(
                view=keys["view"], new=keys["new-lead"], bring=keys["import"]
            ),
        )
    if view in ("all", "open"):
        return (
            _("No leads yet."),
            _("{new} enters one, {bring} brings leads in from a file.").format(
                new=keys["new-lead"], bring=keys["import"]
            ),
        )
    return (_("Nothing here."), _("{view} chooses another view.").format(view=keys["view"]))
