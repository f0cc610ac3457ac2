"""Is the lead ready? The seven signals as ticks, both gates with their counts, and why in spite of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from leadtui.i18n import gettext as _
from leadtui.labels import label, labels
from widgets.choice_row import KeyRow, TickRow, choices
from widgets.convert_page import ConvertPage
from widgets.form import FormRow
from widgets.glyphs import Glyphs
from widgets.plain import plain
from widgets.short_text import ShortText

if TYPE_CHECKING:
    from leadtui.convert.values import Blocked, Choices, Gate, Plan, Readiness, SignalLine


class ReadyPage(ConvertPage):
    """The first step (R70, R71; C12); the ticks are written with the conversion, not before."""

    DEFAULT_CSS = """
    ReadyPage #gates { height: auto; margin: 1 0; }
    """

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(id="ready")
        self._glyphs = glyphs
        self._signals = TickRow(choices(labels("signal")))
        self._filled = False
        self._reason = FormRow("reason", _("Why anyway"), ShortText())

    def compose(self) -> ComposeResult:
        yield FormRow("signals", _("Signals"), self._signals)
        yield Static(id="gates", markup=False)
        yield self._reason

    def begin(self) -> None:
        self._signals.focus()

    def show(self, plan: Plan) -> None:
        ready = plan.readiness
        if not self._filled:
            self._signals.begin(line.name for line in ready.signals if line.on)
            self._filled = True
        self.query_one("#gates", Static).update(self._gates(ready))
        self._reason.display = not (ready.opportunity.passed and ready.customer.passed)

    def answers(self, choices: Choices) -> Choices:
        reason = str(self._reason.value).strip() if self._reason.display else ""
        return choices._replace(signals=self._signals.value, reason=reason)

    def problems(self, blocked: Collection[Blocked]) -> list[str]:
        sentences = [each.problem for each in blocked if each.where == "reason"]
        self._reason.show_problem(" ".join(sentences))
        if sentences:
            self._reason.display = True
            self._reason.focus_control()
        return sentences

    @on(KeyRow.Changed)
    def _ticked(self) -> None:
        self.post_message(self.Answered())

    @on(Input.Changed, "#reason")
    def _typed(self) -> None:
        self._reason.show_problem("")

    def _gates(self, ready: Readiness) -> Content:
        for_opportunity = [line for line in ready.signals if line.for_opportunity]
        for_customer = [line for line in ready.signals if line.for_customer]
        return Content("\n").join(
            [
                self._gate(_("For a customer"), ready.customer),
                self._lights(for_customer, notes=False),
                Content(""),
                self._gate(_("For an opportunity"), ready.opportunity),
                self._lights(for_opportunity, notes=True),
            ]
        )

    def _gate(self, name: str, gate: Gate) -> Content:
        count = _("{met} of {total}, {wanted} are wanted").format(
            met=gate.met, total=gate.of, wanted=gate.wanted
        )
        verdict = _("ready") if gate.passed else _("not yet: say below why anyway")
        ink = "$text-success" if gate.passed else "$text-warning"
        return Content.assemble((name, "bold"), "  ", count, "  ", (verdict, ink))

    def _lights(self, lines: list[SignalLine], notes: bool) -> Content:
        pieces: list[tuple[str, str] | str] = []
        for line in lines:
            short = line.note if notes else ""
            counts = line.on and not short
            pieces.append(
                (self._glyphs.yes if counts else self._glyphs.no, "$text-success" if counts else "dim")
            )
            name = label("signal", line.name)
            pieces.append((f" {name}", "" if counts else "dim"))
            pieces.append((f" ({plain(short).plain})  " if short else "  ", "$text-warning"))
        return Content("  ") + Content.assemble(*pieces)
