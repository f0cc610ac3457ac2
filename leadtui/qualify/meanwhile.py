"""What somebody else wrote into a record while a form on it was open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from leadtui.errors import FieldProblems
from leadtui.i18n import gettext as _
from leadtui.store.columns import JOURNALED_TABLES
from leadtui.text import shortened

if TYPE_CHECKING:
    from leadtui.store.act import Act

_MOST_SHOWN = 60


def refuse_overwriting(
    act: Act, record: str, ids: Sequence[str], seen: dict[str, object], changes: Mapping[str, object]
) -> None:
    """FieldProblems for each column among `changes` that no longer holds what the form showed of it.

    `seen` is what it showed of a single record; it is brought up to date, so that who saves again means it.
    Of several records a form shows nothing, and nothing is refused.
    """
    names = [
        name for name in JOURNALED_TABLES[record] if name in changes and name in seen and name != "custom"
    ]
    if len(ids) != 1 or not names:
        return
    row = act.connection.execute(
        f"SELECT {', '.join(names)} FROM {record} WHERE id = ?", tuple(ids)
    ).fetchone()
    problems = {}
    for name, value in zip(names, row or (), strict=False):
        if value not in (seen[name], changes[name]):
            problems[name] = _told(value)
        seen[name] = value
    if problems:
        raise FieldProblems(problems)


def _told(value: object) -> str:
    if not isinstance(value, str) or not value:
        return _("Somebody changed this meanwhile: save again to put yours in its place.")
    shown = shortened(value, _MOST_SHOWN)
    return _("Somebody wrote “{value}” meanwhile: save again to put yours in its place.").format(value=shown)
