"""What the lead can't say: the required fields of what it becomes, and those that are good to have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from textual.widget import Widget

from leadtui.i18n import gettext as _
from leadtui.labels import label, value_label
from widgets.choice_row import Choice, ChoiceRow, choices, numbered
from widgets.convert_page import ConvertPage
from widgets.convert_where import OPPORTUNITY_FIELDS
from widgets.form import FormRow, Heading
from widgets.plain import plain
from widgets.short_text import ShortText

if TYPE_CHECKING:
    from leadtui.convert.values import Blocked, Choices, Missing, Plan

ASKED_BEFORE = frozenset({"customer.name", *OPPORTUNITY_FIELDS})
"""What the second step asks for."""


class MissingPage(ConvertPage):
    """The fourth step (R72, C18); there is nothing to do in it when nothing is missing."""

    DEFAULT_CSS = """
    MissingPage FormRow Input { background: $boost; }
    """

    def __init__(self) -> None:
        super().__init__(id="missing")
        self._asked: dict[str, Missing] = {}
        self._rows: dict[str, FormRow] = {}

    def begin(self) -> None:
        first = next(iter(self._rows.values()), None)
        if first is not None:
            first.focus_control()

    def show(self, plan: Plan) -> None:
        """A row for each field that is missing; what was filled in on this page stays on it."""
        given = plan.choices.given
        asked = {target: each for target, each in self._asked.items() if given.get(target)}
        asked |= {each.target: each for each in plan.missing if each.target not in ASKED_BEFORE}
        if asked.keys() != self._asked.keys():
            self._asked = asked
            self._build(given)

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to fill in."""
        return bool(self._asked)

    def answers(self, choices: Choices) -> Choices:
        given = {target: text for target, text in choices.given.items() if target not in self._rows}
        given |= {target: text for target, row in self._rows.items() if (text := str(row.value).strip())}
        return choices._replace(given=given)

    def problems(self, blocked: Collection[Blocked]) -> list[str]:
        said = {each.where: each.problem for each in blocked}
        for target, row in self._rows.items():
            row.show_problem(said.get(target, ""))
        first = next((row for target, row in self._rows.items() if target in said), None)
        if first is not None:
            first.focus_control()
        return [said[target] for target in self._rows if target in said]

    def _build(self, given: Mapping[str, str]) -> None:
        self._rows = {each.target: _row(each, given.get(each.target, "")) for each in self._asked.values()}
        self.remove_children()
        self.mount(*self._sections())

    def _sections(self) -> Iterator[Widget]:
        """By record, the required ones first; the rest may stay empty."""
        for required, title in ((True, _("{record}: required")), (False, _("{record}: may stay empty"))):
            for record in dict.fromkeys(target.partition(".")[0] for target in self._asked):
                rows = [
                    self._rows[target]
                    for target, each in self._asked.items()
                    if each.required is required and target.startswith(f"{record}.")
                ]
                if rows:
                    yield Heading(title.format(record=label("record", record)))
                    yield from rows


def _row(missing: Missing, text: str) -> FormRow:
    control: Widget = ShortText(plain(text).plain, placeholder=label("target_kind", missing.kind))
    if missing.kind == "yes_no":
        control = ChoiceRow([Choice("yes", "y", _("yes")), Choice("no", "n", _("no"))], text)
    elif missing.choices:
        field = missing.target.partition(".")[2]
        words = {code: value_label(field, code) for code in missing.choices}
        control = ChoiceRow(choices(words) if missing.kind == "code" else numbered(words), text)
    return FormRow(missing.target, missing.label, control)
