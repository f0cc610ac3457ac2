"""An app with nothing but one form in front, and a lead to fill it with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App
from textual.screen import Screen

from leadtui.details import ActivityRow, LeadDetail, LeadFacts, ScoreDetail, Standing
from leadtui.values import LeadRow
from screens.typeahead import TypeAhead

NOTHING = object()
"""The result while the screen is still open."""


class FormHost(TypeAhead, App[None]):
    """Shows one screen at once and keeps what it was dismissed with."""

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self.shown = screen
        self.result: object = NOTHING
        self.told: list[Exception] = []
        """What was told to go wrong."""

    def tell_error(self, error: Exception) -> None:
        self.told.append(error)

    def on_mount(self) -> None:
        self.push_screen(self.shown, self._keep)

    def _keep(self, result: object) -> None:
        self.result = result


def a_lead(
    company: str = "Nova Robotics",
    contact: str = "Li Wei",
    activities: Sequence[ActivityRow] = (),
    facts: LeadFacts | None = None,
    **fields: object,
) -> LeadDetail:
    """A lead as the forms get it."""
    row = LeadRow(
        seq=1,
        id="0190a1b2-0000-7000-8000-000000000001",
        number="L-7K3QF2",
        tier="A",
        score=92,
        status="working",
        company=company,
        contact=contact,
        title="CTO",
        next_step="",
        next_due=None,
        next_due_all_day=False,
        due_at=None,
        due_kind="",
        owner="ana",
    )
    return LeadDetail(
        row=row,
        fields={"company": company, "contact": contact, "phone": "+86 138 1234 5678", **fields},
        custom={},
        tags=("expo",),
        facts=facts or LeadFacts("working", 0),
        standing=Standing(True, 92, 35, 57, "A", "rule", "high", "consideration", None, None, "", 0),
        score=ScoreDetail((), 35, 35, 40, 57, 57, 60, 92, None, "", 0),
        suggested_tier="A",
        suggested_because=(),
        response=None,
        reminders=(),
        activities=tuple(activities),
        activity_count=len(activities),
    )


def an_activity(at: int, content: str = "sent product book, opened twice") -> ActivityRow:
    """A mail of ours."""
    return ActivityRow("a1", at, "follow_up", "mail", "replied", content, "ana")
