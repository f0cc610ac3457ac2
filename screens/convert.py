"""From a lead to a customer in five steps; nothing is written before the last one (R70 to R75)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, ContentSwitcher, Input, Static

from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _
from screens.confirm import ConfirmScreen
from screens.convert_planning import ConvertPlanning
from screens.convert_reading import Found
from screens.convert_saving import save_as_text
from widgets.choice_row import KeyRow
from widgets.convert_mapping import MappingPage
from widgets.convert_missing import MissingPage
from widgets.convert_page import ConvertPage
from widgets.convert_ready import ReadyPage
from widgets.convert_review import ReviewPage
from widgets.convert_where import WherePage
from widgets.plain import cut, plain
from widgets.pointed_list import PointedList
from widgets.steps import StepBar

if TYPE_CHECKING:
    from leadtui.convert.values import Plan
    from screens.work import WorkingScreen

READY, WHERE, MAPPING, MISSING, REVIEW = range(5)
_PATIENCE = 0.12
"""Seconds that typing waits for the next letter before customers are looked for."""


class ConvertScreen(ConvertPlanning):
    """Returns what the lead became, or None."""

    DEFAULT_CSS = """
    ConvertScreen { align: center middle; }
    ConvertScreen > #convert {
        width: 100%; max-width: 120; height: 100%; max-height: 40;
        background: $surface; border: round $primary; border-title-color: $text-primary; padding: 0 1;
    }
    ConvertScreen ContentSwitcher { height: 1fr; margin: 1 0 0 0; }
    ConvertScreen #problem { height: auto; max-height: 3; color: $text-error; display: none; }
    ConvertScreen #buttons { height: 1; }
    ConvertScreen #buttons Button { margin: 0 2 0 0; min-width: 8; }
    ConvertScreen #buttons Static { width: 1fr; color: $text-muted; text-align: right; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "go_on", show=False),
        Binding("escape", "go_back", show=False),
        Binding("d", "dry_run", show=False),
        Binding("j,down", "scroll('down')", show=False),
        Binding("k,up", "scroll('up')", show=False),
        Binding("pagedown,space", "scroll('page_down')", show=False),
        Binding("pageup", "scroll('page_up')", show=False),
        Binding("g,home", "scroll('home')", show=False),
        Binding("G,end", "scroll('end')", show=False),
    ]

    def __init__(self, working: WorkingScreen, found: Found) -> None:
        super().__init__(working, found)
        self._busy = False
        glyphs = working.glyphs
        names = (_("Ready?"), _("Where to?"), _("Mapping"), _("Missing"), _("Review"))
        self._steps = StepBar(names, glyphs)
        self.ready = ReadyPage(glyphs)
        self.where = WherePage(glyphs)
        self.mapping = MappingPage(glyphs)
        self.missing = MissingPage()
        self.review = ReviewPage()

    def compose(self) -> ComposeResult:
        with Vertical(id="convert") as frame:
            name = cut(self.plan.lead_name, 40)
            title = _("Convert {number} {name}").format(number=self.plan.lead_number, name=name)
            frame.border_title = plain(title).markup
            yield self._steps
            with ContentSwitcher(initial="ready"):
                yield from self.pages
            yield Static(id="problem", markup=False)
            with Horizontal(id="buttons"):
                yield Button(_("Next  enter"), id="go", variant="primary", compact=True)
                yield Button(_("Back  esc"), id="back", compact=True)
                yield Button(_("Save as text  d"), id="dry", compact=True)
                yield Static(id="hint", markup=False)

    def on_mount(self) -> None:
        found = self.found
        self.where.fill(self.plan, found.company, found.person, found.customers, found.others)
        self.offer(found.beside)
        self.take(self.plan)
        self._untouched = self.ready.answers(self.choices)
        self._open(READY)

    # Steps

    @property
    def step(self) -> int:
        """The place of the open step, from 0."""
        return self._steps.step

    @property
    def pages(self) -> tuple[ConvertPage, ...]:
        return self.ready, self.where, self.mapping, self.missing, self.review

    @property
    def page(self) -> ConvertPage:
        return self.pages[self.step]

    def _open(self, step: int) -> None:
        page = self.pages[step]
        self.query_one(ContentSwitcher).current = page.id
        self._steps.show(step, frozenset() if self.missing.is_needed else frozenset({MISSING}))
        self.tell("")
        self.query_one("#go", Button).label = _("Convert  f2") if step == REVIEW else _("Next  enter")
        self.query_one("#back", Button).label = _("Close  esc") if step == READY else _("Back  esc")
        self.query_one("#dry", Button).display = step == REVIEW
        hints = {
            READY: _("letters tick"),
            WHERE: _("up, down choose · tab next field"),
            MAPPING: _("j, k move"),
            MISSING: _("tab next field"),
            REVIEW: _("j, k scroll"),
        }
        self.query_one("#hint", Static).update(plain(hints[step]))
        if step == REVIEW:
            self.review.scroll_home(animate=False)
            self.query_one("#go").focus()
        else:
            self.call_after_refresh(page.begin)

    def action_go_on(self) -> None:
        """On to the next step when nothing stands in the way; at the last one: do it."""
        if not self._busy:
            self._busy = True
            self.workers.cancel_group(self, "convert-plan")
            self.run_worker(self._go_on(), group="convert-go", exit_on_error=False)

    async def _go_on(self) -> None:
        try:
            if self.step == WHERE:
                self.workers.cancel_group(self, "convert-beside")
                await self.move_along()
            plan = await self.make_plan(self.page.answers(self.choices))
            if plan is not None and self.step == READY:
                plan = await self.follow_gate(plan)
            if plan is None or not self._is_clear(plan):
                return
            if self.step == REVIEW:
                await self._convert(plan)
            else:
                beyond = self.step == MAPPING and not self.missing.is_needed
                self._open(self.step + (2 if beyond else 1))
        finally:
            self._busy = False

    def _is_clear(self, plan: Plan) -> bool:
        """Whether nothing on this step and those before it is in the way; otherwise shows what is."""
        for step, page in enumerate(self.pages[: self.step + 1]):
            sentences = page.problems(plan.blocked)
            if sentences:
                if step != self.step:
                    self._open(step)
                    self.call_after_refresh(page.problems, plan.blocked)
                self.tell(sentences[0] if page in (self.mapping, self.review) else "")
                return False
        self.tell("")
        return True

    def action_go_back(self) -> None:
        """Back one step; out of the first one, with a question when something was answered."""
        if self._busy:
            return
        if self.step != READY:
            self.choices = self.page.answers(self.choices)
            before = self.step - 1
            self._open(MAPPING if before == MISSING and not self.missing.is_needed else before)
            self.plan_again()
        elif self.page.answers(self.choices) == self._untouched:
            self.dismiss(None)
        else:
            question = _("Leave the conversion? Nothing was written.")
            self.app.push_screen(ConfirmScreen(question), self._leave)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.dismiss(None)

    def tell(self, sentence: str) -> None:
        problem = self.query_one("#problem", Static)
        problem.update(plain(sentence, one_line=False))
        problem.display = bool(sentence)

    @on(StepBar.Chosen)
    def _step_chosen(self, event: StepBar.Chosen) -> None:
        if not self._busy:
            self.choices = self.page.answers(self.choices)
            self._open(event.step)
            self.plan_again()

    # The end

    async def _convert(self, plan: Plan) -> None:
        """Write it, in one act; when that fails, the wizard stays open with the sentence."""
        from leadtui.convert.carry_out import carry_out

        button = self.query_one("#go", Button)
        button.disabled = True
        try:
            refused = await self.working.save(_("Convert"), lambda act: carry_out(act, plan), self.end)
        except LeadTUIError as error:
            self.tell(str(error))
        else:
            if refused:
                self.tell(" ".join(refused.values()))
        finally:
            button.disabled = False

    def action_dry_run(self) -> None:
        """Save what is shown as a text, and write nothing else."""
        if self.step == REVIEW:
            save_as_text(self, self.working.workspace, self.plan, self._tell_saved)

    def _tell_saved(self, sentence: str) -> None:
        self.app.notify(cut(sentence, 200), markup=False)

    def action_scroll(self, how: str) -> None:
        """Move the review, whose button has the focus."""
        if self.step == REVIEW:
            getattr(self.review, f"scroll_{how}")(animate=False)

    @on(Input.Submitted)
    @on(KeyRow.Submitted)
    @on(PointedList.Submitted)
    def _submitted(self) -> None:
        self.action_go_on()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        {"go": self.action_go_on, "back": self.action_go_back, "dry": self.action_dry_run}[
            str(event.button.id)
        ]()
