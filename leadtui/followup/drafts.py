"""The draft of a follow-up (R51 to R53)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import BeforeValidator

from leadtui.i18n import gettext as _
from leadtui.qualify.drafts import Block, Draft, Flag, Line, Minutes, Moment, codes
from leadtui.values import CHANNELS, RESULTS, SIGNALS


def _signals(value: object) -> tuple[str, ...]:
    names = (
        value if isinstance(value, Iterable) and not isinstance(value, str) else str(value or "").split(",")
    )
    found = {str(name).strip() for name in names} - {""}
    if not found <= set(SIGNALS):
        raise ValueError(_("Signals are {words}.").format(words=", ".join(SIGNALS)))
    return tuple(name for name in SIGNALS if name in found)


class FollowUpDraft(Draft):
    """What a follow-up says; `at` None is now, `next_due` None plans nothing."""

    channel: Annotated[str, codes(*CHANNELS)] = ""
    result: Annotated[str, codes(*RESULTS)] = ""
    content: Block = ""
    signals: Annotated[tuple[str, ...], BeforeValidator(_signals)] = ()
    next_step: Line = ""
    next_due: Moment = None
    next_due_all_day: Flag = False
    duration_minutes: Minutes = None
    feedback: Block = ""
    sentiment: Annotated[str, codes("positive", "neutral", "negative")] = ""
    need_priority: Annotated[str, codes("high", "medium", "low")] = ""
    attachment: Line = ""
    at: Moment = None
