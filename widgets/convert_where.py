"""Where does the lead go? Which customer, contact and opportunity, and which other leads come along."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input, Static

from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from widgets.choice_row import Choice, ChoiceRow, KeyRow, TickRow
from widgets.company_search import CompanySearch
from widgets.convert_page import ConvertPage
from widgets.form import FormRow
from widgets.glyphs import Glyphs
from widgets.plain import cut, plain
from widgets.short_text import ShortText

if TYPE_CHECKING:
    from leadtui.convert.values import Blocked, Candidate, Choices, OtherLead, Plan

NEW, NONE, MORE = "new", "none", "more"
_OFFERED = 7
"""How many contacts or opportunities stand in the row itself; the rest is found by name."""
OPPORTUNITY_FIELDS = ("opportunity.name", "opportunity.amount", "opportunity.expected_close")
"""What is typed of an opportunity, beside the name of a new customer."""


class RecordRow(ChoiceRow):
    """One of several records, or a new one: something is always chosen."""

    def choose(self, option: Choice) -> None:
        self.value = option.code


class WherePage(ConvertPage):
    """The second step (R72, R73, R75): what looks like the lead is shown before anything is written."""

    DEFAULT_CSS = """
    WherePage #elsewhere { height: auto; color: $text-warning; margin: 0 0 0 17; display: none; }
    """

    class CustomerChosen(Message):
        """Another customer was chosen: its contacts and opportunities are wanted."""

    @dataclass
    class MoreWanted(Message):
        """The user wants to find a `contact` or an `opportunity` by its name."""

        record: str

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(id="where")
        self.search = CompanySearch(glyphs)
        self._company = FormRow("company_search", _("Customer"), self.search)
        self._same = FormRow("same_name", _("Same name"), ChoiceRow(()))
        another = [Choice("another", "a", _("it is another person"))]
        self._person_row = FormRow("same_contact", _("Same person"), ChoiceRow(another))
        self._rows = {
            "contact": FormRow("contact", _("Contact"), RecordRow(())),
            "opportunity": FormRow("opportunity", _("Opportunity"), RecordRow(())),
        }
        self._typed = {
            target: FormRow(target.replace(".", "_"), name, ShortText(placeholder=hint))
            for target, name, hint in zip(
                OPPORTUNITY_FIELDS,
                (_("Called"), _("Amount"), _("Expected close")),
                ("", _("300k, 50万, 50000 USD"), _("end of june, +30d, 2026-12-31")),
                strict=True,
            )
        }
        self._others = FormRow("others", _("Take along"), TickRow(()))
        self._candidates: dict[str, tuple[Candidate, ...]] = {"contact": (), "opportunity": ()}
        self._proposed: dict[str, str] = {}
        self._person = ""
        self._name = ""
        """What a new customer is called if nothing else is typed."""
        self._asked: frozenset[str] = frozenset()

    def compose(self) -> ComposeResult:
        yield self._company
        yield self._same
        yield self._rows["contact"]
        yield self._person_row
        yield Static(id="elsewhere", markup=False)
        yield self._rows["opportunity"]
        yield from self._typed.values()
        yield self._others

    def begin(self) -> None:
        self.search.input.focus()

    def fill(
        self, plan: Plan, name: str, person: str, customers: Sequence[Candidate], others: Sequence[OtherLead]
    ) -> None:
        """What was found for the lead: its company's `name`, its `person`, customers and other leads."""
        self._person = person
        choices = plan.choices
        self.search.begin(name, customers, choices.customer)
        options = [
            Choice(each.id, str(place) if place < 10 else f"-{place}", _lead_text(each))
            for place, each in enumerate(others, 1)
        ]
        ticks = self._ticks
        ticks.offer(options)
        ticks.begin(choices.others)
        self._others.display = bool(options)
        self._row("contact").value = choices.contact
        self._row("opportunity").value = choices.opportunity

    def offer(
        self,
        contacts: Sequence[Candidate],
        opportunities: Sequence[Candidate],
        elsewhere: Sequence[Candidate],
        choices: Choices,
    ) -> None:
        """The contacts and opportunities of the chosen customer, and people elsewhere like the lead's."""
        self._candidates = {"contact": tuple(contacts), "opportunity": tuple(opportunities)}
        self._offer_records("contact", _("new: {name}").format(name=self._person or "?"), choices.contact)
        self._offer_records("opportunity", _("new"), choices.opportunity)
        notice = self.query_one("#elsewhere", Static)
        notice.display = bool(elsewhere)
        notice.update(plain("\n".join(map(_elsewhere_text, elsewhere)), one_line=False))
        self._show_opportunity()

    def pick(self, record: str, identity: str) -> None:
        """Choose a contact or an opportunity that was found by its name."""
        self._offer_records(record, self._row(record).options[0].label, identity)
        self._changed()

    def begin_opportunity(self, choice: str) -> None:
        """Propose a new opportunity, or none."""
        self._row("opportunity").value = choice
        self._show_opportunity()

    def candidates(self, record: str) -> tuple[Candidate, ...]:
        """The contacts or opportunities of the customer that is chosen."""
        return self._candidates[record]

    def show(self, plan: Plan) -> None:
        choices = plan.choices
        said = {line.target: line.result for line in plan.lines if line.target not in choices.given}
        if choices.customer == NEW and "customer.name" not in choices.given:
            self._name = said.get("customer.name", "")
        if choices.opportunity == NEW:
            for target in self._typed.keys() - choices.given.keys():
                self._propose(target, said.get(target, ""))
        self._asked = frozenset(each.where for each in plan.blocked)
        self._show_questions()

    def answers(self, choices: Choices) -> Choices:
        customer = self.search.chosen
        given = {target: text for target, text in choices.given.items() if target not in self._typed}
        given.pop("customer.name", None)
        if customer == NEW and self.search.name_typed != self._name:
            given["customer.name"] = self.search.name_typed
        opportunity = self._row("opportunity").value
        if opportunity == NEW:
            given |= {
                target: str(row.value).strip()
                for target, row in self._typed.items()
                if str(row.value).strip() != self._proposed.get(target, "")
            }
        return choices._replace(
            customer=customer,
            same_name=customer == NEW and self._same.value == "another",
            same_contact=customer != NEW and self._person_row.value == "another",
            contact=self._row("contact").value,
            opportunity=opportunity,
            others=tuple(each.code for each in self._ticks.options if each.code in self._ticks.value),
            given=given,
        )

    def problems(self, blocked: Collection[Blocked]) -> list[str]:
        said = {each.where: each.problem for each in blocked}
        self._asked = frozenset(said)
        self._show_questions()
        places: Mapping[str, FormRow] = {
            "customer": self._same,
            "customer.name": self._company,
            "contact": self._person_row,
            "opportunity": self._rows["opportunity"],
            **self._typed,
        }
        sentences: list[str] = []
        for where, row in places.items():
            row.show_problem(said.get(where, ""))
            if where in said:
                sentences.append(said[where])
        first = next((row for where, row in places.items() if where in said), None)
        if first is self._company:
            self.search.input.focus()
        elif first is not None:
            first.focus_control()
        return sentences

    # What changes

    @on(CompanySearch.Chosen)
    def _customer_chosen(self) -> None:
        for row in (self._same, self._person_row):
            row.fill()
            row.show_problem("")
        self.post_message(self.CustomerChosen())

    @on(KeyRow.Changed)
    def _answered(self, event: KeyRow.Changed) -> None:
        event.stop()
        row = event.row
        if isinstance(row.parent, FormRow):
            row.parent.show_problem("")
        if row is self._same.control and self._same.value == "use" and self.search.same_name:
            self.search.choose(self.search.same_name.id)
            self.search.input.focus()
            return
        for record in self._rows:
            if row is self._row(record) and self._row(record).value == MORE:
                self.post_message(self.MoreWanted(record))
                return
        self._show_opportunity()
        self._changed()

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        row = self._typed.get(next((t for t, each in self._typed.items() if each.control is event.input), ""))
        if row is not None:
            row.show_problem("")
            self._changed()

    def _changed(self) -> None:
        self.post_message(self.Answered())

    # Rows

    @property
    def _ticks(self) -> TickRow:
        control = self._others.control
        assert isinstance(control, TickRow)
        return control

    def _row(self, record: str) -> RecordRow:
        control = self._rows[record].control
        assert isinstance(control, RecordRow)
        return control

    def _offer_records(self, record: str, new: str, chosen: str) -> None:
        row = self._row(record)
        row.offer(self._record_options(record, new, chosen))
        row.value = chosen

    def _record_options(self, record: str, new: str, chosen: str) -> Iterator[Choice]:
        yield Choice(NEW, "n", new)
        yield Choice(NONE, "x", _("none"))
        found = self._candidates[record]
        shown = [each for place, each in enumerate(found) if place < _OFFERED or each.id == chosen]
        for place, each in enumerate(shown, 1):
            yield Choice(each.id, str(place) if place < 10 else f"-{place}", _record_text(each))
        hidden = len(found) - len(shown)
        if hidden:
            yield Choice(MORE, "m", ngettext("{count} more…", "{count} more…", hidden).format(count=hidden))

    def _show_opportunity(self) -> None:
        for row in self._typed.values():
            row.display = self._row("opportunity").value == NEW

    def _propose(self, target: str, text: str) -> None:
        """Fill in what the lead says, unless the user typed something else."""
        control = self._typed[target].control
        if isinstance(control, Input) and control.value.strip() == self._proposed.get(target, ""):
            with self.prevent(Input.Changed):
                control.value = text
        self._proposed[target] = text.strip()

    def _show_questions(self) -> None:
        """What looks the same must be answered, not overlooked; an answer stays to be seen."""
        new = self.search.chosen == NEW
        self._same.display = new and ("customer" in self._asked or bool(self._same.value))
        self._person_row.display = not new and ("contact" in self._asked or bool(self._person_row.value))
        other = self.search.same_name
        options = [Choice("another", "a", _("it is another company"))]
        if other is not None:
            use = _("use {number} {name}").format(number=other.number, name=cut(other.name, 30))
            options.insert(0, Choice("use", "u", use))
        row = self._same.control
        if isinstance(row, ChoiceRow) and list(row.options) != options:
            row.offer(options)


def _lead_text(lead: OtherLead) -> str:
    who = ", ".join(part for part in (lead.contact, lead.title, lead.owner) if part)
    why = "; ".join(lead.why)
    return f"{lead.number} {who}" + (f" ({why})" if why else "")


def _record_text(candidate: Candidate) -> str:
    parts = [candidate.name, candidate.detail]
    text = ", ".join(part for part in parts if part)
    return f"{text} ({'; '.join(candidate.why)})" if candidate.why else text


def _elsewhere_text(candidate: Candidate) -> str:
    why = "; ".join(candidate.why)
    return _("{name} is a contact of {customer}: {why}").format(
        name=candidate.name, customer=candidate.customer, why=why
    )
