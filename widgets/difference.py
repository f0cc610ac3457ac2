"""What a value was and what it will be, beneath each other."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from leadtui.i18n import gettext as _
from widgets.plain import fit, wrap

NAME_WIDTH = 20
_LINES = 6
"""Of a long text."""


def difference(name: str, before: str, after: str, width: int) -> Iterator[Content]:
    """The lines that say how one field changes, at most `width` cells wide."""
    if before:
        yield from _value(name, before, "-", "$text-error", width)
    yield from _value("" if before else name, after or _("nothing"), "+", "$text-success", width)


def _value(name: str, value: str, sign: str, ink: str, width: int) -> Iterator[Content]:
    room = max(width - NAME_WIDTH - 6, 20)
    for number, line in enumerate(wrap(value, room, most=_LINES) or [""]):
        head = fit("" if number else name, NAME_WIDTH)
        yield Content.assemble((f"  {head} ", "$text-muted"), (f"{' ' if number else sign} {line}", ink))
