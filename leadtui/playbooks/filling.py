"""Putting the fields of a lead into a text: `{contact}` becomes a name, and nothing is ever evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import NamedTuple

from leadtui.clock import to_local
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.settings.checks import nearest
from leadtui.text import clean
from leadtui.values import CUSTOM, Milliseconds

_PLACE = re.compile(r"\{\{|\}\}|\{([^{}\n]{0,60})\}")
FROM_LEAD = (
    "company", "contact", "title", "phone", "mobile", "email", "wechat", "industry", "city", "need",
    "scenario", "owner", "department", "number", "next_step", "remark",
)  # fmt: skip
"""The columns of a lead that have a place in texts."""
NAMES: tuple[str, ...] = (*FROM_LEAD, "me", "today", "source")
"""What may stand between braces, beside `custom.` and the key of a field of the user's own."""


class Filled(NamedTuple):
    """A text for one lead."""

    text: str
    lacking: tuple[str, ...]
    """The names for which the lead has no value; each stands in the text as `[name]`."""


def values_of(
    fields: Mapping[str, object],
    custom: Mapping[str, object],
    me: str,
    now: Milliseconds,
    zone: tzinfo,
) -> dict[str, str]:
    """What each name stands for on a lead, from its columns and its custom fields."""
    values = {name: str(fields.get(name) or "") for name in FROM_LEAD}
    values |= {f"{CUSTOM}{key}": str(value) for key, value in custom.items() if value is not None}
    source = str(fields.get("source_channel") or "")
    values["source"] = label("source", source) if source else ""
    return values | {"me": me, "today": f"{to_local(now, zone):%Y-%m-%d}"}


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """`text` with the values in their places; braces that are doubled, or hold no name, stay as they are."""
    lacking: dict[str, None] = {}

    def put(found: re.Match[str]) -> str:
        if found[0] in ("{{", "}}"):
            return found[0][0]
        name = found[1].strip()
        if name not in NAMES and not name.startswith(CUSTOM):
            return found[0]
        value = clean(values.get(name, "")).strip()
        if not value:
            lacking[name] = None
        return value or f"[{name_shown(name)}]"

    return Filled(_PLACE.sub(put, text), tuple(lacking))


def unknown_names(text: str) -> Iterator[tuple[int, str]]:
    """The line (from 0) of each place whose name nobody knows, and a sentence with the nearest one."""
    for number, line in enumerate(text.split("\n")):
        for found in _PLACE.finditer(line):
            name = (found[1] or "").strip()
            if found[0] in ("{{", "}}") or name in NAMES or name.startswith(CUSTOM):
                continue
            hint = nearest(name, NAMES)
            yield number, _("there is no field {name}; {hint}").format(name="{" + name + "}", hint=hint)


def name_shown(name: str) -> str:
    """The user's word for a name between braces."""
    return label("field", name) if not name.startswith(CUSTOM) else name.removeprefix(CUSTOM)
