"""What the steps of a conversion have in common."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.message import Message

if TYPE_CHECKING:
    from leadtui.convert.values import Blocked, Choices, Plan


class ConvertPage(VerticalScroll, can_focus=False):
    """One step: shows a plan, and adds what the user answered to the choices for the next one."""

    DEFAULT_CSS = """
    ConvertPage { height: 1fr; scrollbar-size-vertical: 1; }
    """

    class Answered(Message):
        """The user changed an answer: the plan is to be made again."""

    def show(self, plan: Plan) -> None:
        """Show another plan."""
        raise NotImplementedError

    def answers(self, choices: Choices) -> Choices:
        """`choices` with what stands on this page."""
        return choices

    def begin(self) -> None:
        """Put the cursor where the user starts."""
        raise NotImplementedError

    def problems(self, blocked: Collection[Blocked]) -> list[str]:
        """Show what stands in the way, as far as it is asked on this page; returns its sentences."""
        raise NotImplementedError
