"""The answers of the wizard and the plan that they make; what its pages look up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.labels import label, value_label
from screens.convert_reading import Beside, Found, move
from screens.modal import Modal
from screens.pick import PickScreen
from widgets.company_search import CompanySearch
from widgets.convert_mapping import MappingPage, chooses
from widgets.convert_page import ConvertPage
from widgets.convert_texts import target_name
from widgets.convert_where import WherePage
from widgets.mapping_table import MappingTable
from widgets.plain import cut

if TYPE_CHECKING:
    from leadtui.convert.values import Candidate, Choices, Converted, Line, Plan
    from screens.work import WorkingScreen

_PATIENCE = 0.12
"""Seconds that typing waits for the next letter before customers are looked for."""
NONE = "none"
_NOWHERE = "nowhere"
_ADD = "\0add"


class ConvertPlanning(Modal["Converted | None"]):
    """Works on the connections of `working`.

    Whatever is answered goes into `choices`, and the plan is made of them again: going back loses nothing.
    """

    where: WherePage
    mapping: MappingPage

    def __init__(self, working: WorkingScreen, found: Found) -> None:
        super().__init__()
        self.working = working
        self.found = found
        self.plan: Plan = found.plan
        self.choices: Choices = found.plan.choices
        self._customer = self.choices.customer
        """Whose contacts and opportunities are offered."""
        self._gate_passed = found.plan.readiness.opportunity.passed

    @property
    def pages(self) -> tuple[ConvertPage, ...]:
        """All steps."""
        raise NotImplementedError

    @property
    def page(self) -> ConvertPage:
        """The open step."""
        raise NotImplementedError

    def tell(self, sentence: str) -> None:
        """Show what is in the way, or nothing."""
        raise NotImplementedError

    def end(self, made: Converted) -> None:
        """Leave with what the lead became."""
        self.dismiss(made)

    # The plan

    @on(ConvertPage.Answered)
    def _answered(self) -> None:
        self.choices = self.page.answers(self.choices)
        self.plan_again()

    def decide(self, choices: Choices) -> None:
        """Take other choices, and show the plan that they make."""
        self.choices = choices
        self.plan_again()

    def plan_again(self) -> None:
        self.run_worker(
            self.make_plan(self.choices), group="convert-plan", exclusive=True, exit_on_error=False
        )

    async def make_plan(self, choices: Choices) -> Plan | None:
        """The plan that these choices make, shown; None when it can't be made, which is told."""
        from leadtui.convert.plan import make_plan

        workspace = self.working.workspace
        lead_id = self.plan.lead_id
        try:
            plan = await self.working.answer(
                lambda connection: make_plan(connection, lead_id, choices, workspace.settings, workspace.zone)
            )
        except LeadTUIError as error:
            self.tell(str(error))
            return None
        self.take(plan)
        return plan

    def take(self, plan: Plan) -> None:
        self.plan, self.choices = plan, plan.choices
        for page in self.pages:
            page.show(plan)

    async def follow_gate(self, plan: Plan) -> Plan | None:
        """The plan with a new opportunity when the gate for it opened with what was ticked, without one when
        it closed."""
        from leadtui.convert.choices import with_gate

        passed = plan.readiness.opportunity.passed
        if passed == self._gate_passed:
            return plan
        self._gate_passed = passed
        choices = with_gate(plan.choices, passed)
        if choices == plan.choices:
            return plan
        self.where.begin_opportunity(choices.opportunity)
        return await self.make_plan(choices)

    # Where to

    def offer(self, brought: Beside) -> None:
        """Offer the contacts and opportunities of the customer that is chosen."""
        self.where.offer(brought.contacts, brought.opportunities, brought.elsewhere, self.choices)

    @on(CompanySearch.Typed)
    def _find_customers(self, event: CompanySearch.Typed) -> None:
        from leadtui.convert.suggestions import find_customers

        words = event.words
        self._answered()
        if not words or words == self.where.search.proposed:
            self.where.search.offer(self.found.customers)
            return
        self.working.load(
            "convert-customers",
            lambda connection: find_customers(connection, words),
            self._offer_customers,
            _PATIENCE,
        )

    def _offer_customers(self, customers: tuple[Candidate, ...]) -> None:
        if self.is_attached:
            self.where.search.offer(customers)

    @on(WherePage.CustomerChosen)
    def _customer_chosen(self) -> None:
        self.run_worker(self.move_along(), group="convert-beside", exclusive=True, exit_on_error=False)

    async def move_along(self) -> None:
        """Contact and opportunity belong to their customer: with another one, both are chosen again."""
        customer, lead_id = self.where.search.chosen, self.plan.lead_id
        if customer == self._customer:
            return
        choices = self.where.answers(self.choices)
        try:
            moved, brought = await self.working.answer(
                lambda connection: move(connection, lead_id, choices, customer)
            )
        except LeadTUIError as error:
            self.tell(str(error))
            return
        self.choices, self._customer = moved, customer
        self.offer(brought)
        self.plan_again()

    @on(WherePage.MoreWanted)
    def _more_wanted(self, event: WherePage.MoreWanted) -> None:
        record = event.record
        options = [
            (each.id, "  ".join(filter(None, (each.number, each.name, each.detail, *each.why))))
            for each in self.where.candidates(record)
        ]
        before = getattr(self.choices, record)

        def take(identity: str | None) -> None:
            self.where.pick(record, identity or before)

        self.app.push_screen(PickScreen(label("record", record), options, before), take)

    # Mapping

    @on(MappingTable.Wished)
    def _wished(self, event: MappingTable.Wished) -> None:
        line = self.mapping.line
        if event.wish == "only":
            self.mapping.flip_only()
        elif line is None:
            return
        elif event.wish == "side" and line.can_take:
            self.decide(self.choices._replace(take=self.choices.take ^ {line.target}))
        elif event.wish == "value" and chooses(line):
            self._ask_value(line)
        elif event.wish == "target" and line.source:
            self._ask_target(line)
        elif event.wish == "nowhere" and line.source and line.target:
            self._retarget(line, "")

    def _retarget(self, line: Line, target: str) -> None:
        from leadtui.convert.mapping import retarget

        self.decide(retarget(self.choices, line, target))

    def _ask_target(self, line: Line) -> None:
        from leadtui.convert.mapping import Possible, targets_for

        settings = self.working.workspace.settings

        def ask(found: tuple[Possible, ...]) -> None:
            options = [(_NOWHERE, _("nowhere"))]
            filled = {each.target: each.source_label for each in self.plan.lines}
            for field in (possible.field for possible in found):
                if getattr(self.choices, field.record) == NONE:
                    continue
                name = f"{target_name(field.ref, field.label)}  ({label('target_kind', field.kind)})"
                now = filled.get(field.ref, "")
                options.append((field.ref, f"{name}  < {now}" if now and field.ref != line.target else name))
            title = _("{field} becomes").format(field=cut(line.source_label, 30))
            self.app.push_screen(PickScreen(title, options, line.target or _NOWHERE), take)

        def take(target: str | None) -> None:
            if target is not None:
                self._retarget(line, "" if target == _NOWHERE else target)

        self.working.load_first(
            "convert-targets", lambda connection: targets_for(connection, settings, line.source), ask
        )

    def _ask_value(self, line: Line) -> None:
        """Which of the target's choices stands for the lead's value; it may become one itself."""
        from leadtui.convert.targets import TargetField, target_fields

        settings = self.working.workspace.settings

        def ask(field: TargetField | None) -> None:
            if field is None:
                return
            options = [(choice, value_label(field.name, choice)) for choice in field.choices]
            if field.is_custom and line.value not in field.choices:
                options.insert(0, (_ADD, _("add {value} to the choices").format(value=cut(line.value, 24))))
            title = _("{value} stands for").format(value=cut(line.value, 24))
            self.app.push_screen(PickScreen(title, options), take)

        def take(choice: str | None) -> None:
            choices, target = self.choices, line.target
            if choice is None:
                return
            if choice == _ADD:
                added = (*choices.added.get(target, ()), line.value)
                self.decide(choices._replace(added={**choices.added, target: added}))
                return
            table = {**choices.translations.get(target, {}), line.value: choice}
            self.decide(choices._replace(translations={**choices.translations, target: table}))

        self.working.load_first(
            "convert-targets",
            lambda connection: target_fields(connection, settings).get(line.target),
            ask,
        )
