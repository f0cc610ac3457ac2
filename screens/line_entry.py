"""A follow-up in one line: `phone reached, wants demo > fri 10`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from leadtui.details import LeadDetail
from leadtui.followup.describe import describe_exact
from leadtui.followup.oneline import LineEntry, parse_line
from leadtui.followup.told import activity_head
from leadtui.i18n import gettext as _
from leadtui.labels import label
from screens.confirm import leave
from screens.form_screen import Draft
from screens.modal import Modal
from screens.unsaved import Typed, said_brought_back
from widgets.box import Box
from widgets.plain import fit, plain
from widgets.short_text import ShortText


class LineScreen(Modal[Draft | None]):
    """Shows what was understood of the line while it is typed; enter takes it.

    The draft holds what the line says, under the keys of `log_follow_up`; `tags` are to be added to the lead.
    """

    DEFAULT_CSS = """
    LineScreen { align: center bottom; }
    LineScreen Box { width: 100%; max-width: 104; }
    LineScreen Input { background: $boost; }
    LineScreen Static { height: auto; max-height: 12; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("f4", "drop_typed", show=False),
    ]

    def __init__(self, detail: LeadDetail, now: int, zone: tzinfo) -> None:
        super().__init__()
        self._detail = detail
        self._now = now
        self._zone = zone
        self._typed_before = ""
        """What was typed here when the app had to end."""

    def about(self) -> str:
        return f"line {self._detail.row.number}"

    def typed(self) -> Typed:
        line = self.query_one(Input).value
        return {"line": line} if line.strip() else {}

    def compose(self) -> ComposeResult:
        row = self._detail.row
        name = "  ".join(part for part in (row.company, row.contact) if part)
        yield Box(
            _("Follow up: {name}").format(name=name),
            ShortText(placeholder=_("phone reached, wants demo > send quote fri 10 #vip")),
            Static(self._preview("")),
        )

    def on_mount(self) -> None:
        line = self.kept().get("line")
        if isinstance(line, str) and line:
            self.brought_back, self._typed_before = True, line
            self.query_one(Input).value = line

    def action_drop_typed(self) -> None:
        """Begin without what was typed when the app had to end."""
        if self.brought_back:
            self.forget_kept()
            self.brought_back, self._typed_before = False, ""
            self.query_one(Input).value = ""

    @on(Input.Changed)
    def _show(self, event: Input.Changed) -> None:
        self.query_one(Static).update(self._preview(event.value))

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        entry = self._read(event.value)
        if event.value.strip() and not problems_of(entry):
            tags = {"tags": entry.tags} if entry.tags else {}
            self.dismiss({**entry.draft, **tags})

    def action_leave(self) -> None:
        leave(self, changed=bool(self.typed()))

    def _read(self, text: str) -> LineEntry:
        return parse_line(text, self._now, self._zone)

    def _preview(self, text: str) -> Content:
        if not text.strip():
            hint = _("channel  result  what happened  >  next step and its date  #tag")
            return Content.styled(hint, "$text-muted")
        entry = self._read(text)
        lines = [
            Content.assemble((fit(name, 15), "$text-muted"), plain(value))
            for name, value in self._said(entry.draft, entry.tags)
            if value
        ]
        lines += [plain(problem).stylize("$text-error") for problem in problems_of(entry)]
        if text == self._typed_before:
            lines.append(Content.styled(said_brought_back(), "$text-accent"))
        return Content("\n").join(lines)

    def _said(self, draft: Mapping[str, object], tags: tuple[str, ...]) -> list[tuple[str, str]]:
        due, signals = draft.get("next_due"), draft.get("signals")
        minutes = draft.get("duration_minutes")
        channel, result = (str(draft.get(name, "")) for name in ("channel", "result"))
        how = activity_head("follow_up", channel, result, minutes if isinstance(minutes, int) else None)
        raised = [label("signal", str(signal)) for signal in signals] if isinstance(signals, tuple) else []
        next_step = [str(draft.get("next_step", ""))]
        if isinstance(due, int):
            next_step.append(describe_exact(due, bool(draft.get("next_due_all_day")), self._zone))
        return [
            (_("How"), how),
            (_("What happened"), str(draft.get("content", ""))),
            (_("Signals"), ", ".join(raised)),
            (_("Next"), "  ".join(part for part in next_step if part)),
            (_("Tags"), ", ".join(tags)),
        ]


def problems_of(entry: LineEntry) -> tuple[str, ...]:
    """What keeps a line from being logged."""
    channel = entry.draft.get("channel")
    if channel and channel != "note" and not entry.draft.get("result"):
        return (*entry.problems, _("Say what came of it: reached, no answer, left message, replied, …"))
    return entry.problems
