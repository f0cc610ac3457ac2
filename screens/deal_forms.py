"""The small forms of opportunities: winning one, an objection and its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget

from leadtui.customers.rows import ObjectionRow
from leadtui.i18n import gettext as _
from leadtui.i18n import marked
from leadtui.labels import label
from screens.form_screen import Draft, FormScreen, Save
from screens.record_values import money_problem, read_money, typed_money
from widgets.form import FormRow, LongText
from widgets.plain import plain
from widgets.short_text import ShortText

_TERMS = ("contract_delivery", "contract_payment", "contract_breach", "contract_legal", "handover_note")


class WinScreen(FormScreen[Draft]):
    """Asks for how much and on which terms an opportunity was won; the draft is for `win`."""

    TITLE_TEXT = marked("Win opportunity")
    AUTO_FOCUS = "#amount"

    def __init__(
        self, name: str, fields: Mapping[str, object], currency: str, on_save: Save[Draft] | None = None
    ) -> None:
        super().__init__(on_save)
        self._who = name
        self._fields = fields
        self._currency = str(fields.get("currency") or currency)

    def heading(self) -> Content:
        return plain(self._who)

    def rows(self) -> Iterable[Widget]:
        amount = typed_money(self._fields.get("amount"), self._currency)
        examples = _("1.2m, 50万, 80000 USD")
        yield FormRow(
            "amount",
            label("field", "amount"),
            ShortText(amount, placeholder=examples),
            check=money_problem,
        )
        for name in _TERMS:
            text = plain(str(self._fields.get(name) or ""), one_line=False).plain
            yield FormRow(name, label("field", name), LongText(text))

    def draft(self) -> Draft:
        values = self.values()
        draft: Draft = {name: self.text(name) for name in _TERMS if values[name] != self._untouched[name]}
        return {**draft, **read_money(self.text("amount"), self._currency)}


class ObjectionScreen(FormScreen[Mapping[str, str]]):
    """Notes an objection, or answers the one that is given; `escalated_to` asks somebody for help."""

    TITLE_TEXT = marked("Objection")
    AUTO_FOCUS = "LongText"

    def __init__(
        self,
        objection: ObjectionRow | None,
        known: Sequence[str],
        on_save: Save[Mapping[str, str]] | None = None,
    ) -> None:
        super().__init__(on_save)
        self._objection = objection
        self._known = known

    def heading(self) -> Content | None:
        return plain(self._objection.content) if self._objection else None

    def rows(self) -> Iterable[Widget]:
        if self._objection is None:
            yield FormRow("content", _("Objection"), LongText(), required=_("Write down what was objected."))
        answer = plain(self._objection.answer, one_line=False).plain if self._objection else ""
        yield FormRow("answer", label("field", "answer"), LongText(answer))
        suggester = SuggestFromList(self._known, case_sensitive=False) if self._known else None
        yield FormRow("escalated_to", _("Ask for help"), ShortText(suggester=suggester))

    def further_problems(self) -> Mapping[str, str]:
        if self._objection is None or self.text("answer") or self.text("escalated_to"):
            return {}
        return {"answer": _("Write the answer, or name who is to help.")}

    def draft(self) -> Mapping[str, str]:
        content = self._objection.content if self._objection else self.text("content")
        return {"content": content, "answer": self.text("answer"), "escalated_to": self.text("escalated_to")}
