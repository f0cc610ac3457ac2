"""What was recognised in a file, with each column, what it becomes, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from leadtui.i18n import gettext as _
from leadtui.i18n import marked
from leadtui.labels import label
from widgets.choice_row import Choice, ChoiceRow
from widgets.form import FormRow
from widgets.plain import cut, fit, plain

if TYPE_CHECKING:
    from leadtui.capture.columns.headers import Column
    from leadtui.capture.columns.plan import FilePlan

_DELIMITERS = {",": marked("comma"), ";": marked("semicolon"), "\t": marked("tab"), "|": marked("bar")}
_SAMPLES = 4


class ImportPlan(Vertical):
    """Shows a `FilePlan` and asks for what the file leaves unsaid."""

    DEFAULT_CSS = """
    ImportPlan { height: 1fr; }
    ImportPlan #facts { height: auto; max-height: 6; color: $text-muted; }
    ImportPlan #columns { height: 1fr; padding: 0; background: $surface; }
    ImportPlan #order, ImportPlan #sheet, ImportPlan #since { display: none; }
    ImportPlan #order.-asked, ImportPlan #sheet.-asked, ImportPlan #since.-asked { display: block; }
    """

    @dataclass
    class ColumnChosen(Message):
        """The user wants to change what a column becomes."""

        position: int
        """In the mapping's columns."""

    @dataclass
    class RecordWanted(Message):
        """The user wants to say what the rows are."""

    @dataclass
    class SheetWanted(Message):
        """The user wants to choose another sheet of the workbook."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._plan: FilePlan | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="facts", markup=False)
        yield OptionList(id="columns", compact=True)
        yield FormRow("record", _("Rows are"), Button("", compact=True))
        sheet = FormRow("sheet_name", _("Sheet"), Button("", compact=True))
        sheet.id = "sheet"
        yield sheet
        yield FormRow("source", _("Source"), Input(compact=True))
        orders = [Choice("day", "d", _("day/month/year")), Choice("month", "m", _("month/day/year"))]
        order = FormRow("date_order", _("Dates are"), ChoiceRow(orders))
        order.id = "order"
        yield order
        since = [Choice("file", "f", _("as dated")), Choice("today", "t", _("from today, if overdue"))]
        begin = FormRow("begin", _("First contact"), ChoiceRow(since))
        begin.id = "since"
        yield begin

    @property
    def source(self) -> str:
        """Where the leads come from when no column says it."""
        return self.query_one("#source", Input).value.strip()

    @property
    def day_first(self) -> bool | None:
        """How dates are to be read, None where it makes no difference."""
        chosen = self.query_one("#date_order", ChoiceRow).value
        return None if not chosen else chosen == "day"

    @property
    def begins_today(self) -> bool:
        """Whether the first contact of leads long past every limit is counted from today."""
        return self.query_one("#begin", ChoiceRow).value == "today"

    def focus_columns(self) -> None:
        """Put the cursor on the columns."""
        self.query_one("#columns", OptionList).focus()

    def show(self, plan: FilePlan) -> None:
        """Show another plan, or the same one changed."""
        self._plan = plan
        self.query_one("#facts", Static).update(_facts(plan))
        default = plan.mapping.default_source or "import"
        source = self.query_one("#source", Input)
        source.placeholder = _("{source}, when no column says it").format(source=label("source", default))
        self.query_one("#record", Button).label = label("records", plan.record)
        self.query_one("#sheet_name", Button).label = plain(
            _("{name}  (enter chooses another)").format(name=plan.table.sheet)
        )
        self.query_one("#sheet").set_class(len(plan.table.sheets) > 1, "-asked")
        order = self.query_one("#date_order", ChoiceRow)
        order.value = "" if not plan.day_first else "day" if any(plan.day_first.values()) else "month"
        self.query_one("#order").set_class(bool(plan.day_first), "-asked")
        begin = self.query_one("#begin", ChoiceRow)
        begin.value = begin.value or "file"
        self.query_one("#since").set_class(bool(plan.date_key), "-asked")
        self._list()

    def on_resize(self, event: events.Resize) -> None:
        self._list()

    def _list(self) -> None:
        if self._plan is None:
            return
        columns = self.query_one("#columns", OptionList)
        highlighted = columns.highlighted
        width = max(columns.size.width - 2, 40)
        columns.clear_options()
        columns.add_options(Option(_line(column, self._plan, width)) for column in self._plan.mapping.columns)
        columns.highlighted = highlighted or 0

    @on(Button.Pressed, "#record")
    def _choose_record(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.RecordWanted())

    @on(Button.Pressed, "#sheet_name")
    def _choose_sheet(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.SheetWanted())

    @on(OptionList.OptionSelected, "#columns")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.post_message(self.ColumnChosen(event.option_index))


def _facts(plan: FilePlan) -> Content:
    table = plan.table
    if table.delimiter:
        written = [table.encoding, _(_DELIMITERS.get(table.delimiter, table.delimiter))]
    else:
        written = ["vCard" if table.format == "vcard" else table.format.upper()]
    parts = [
        *written,
        _("sheet {name}").format(name=table.sheet) if table.sheet else "",
        _("header in line {line}").format(line=table.header_row) if table.header_row else "",
        "" if any(table.headers) else _("no header"),
        _("written by {system}").format(system=plan.mapping.profile.title) if plan.system else "",
        _("{size} KB").format(size=max(plan.size // 1024, 1)),
    ]
    lines = [plain(" · ".join(part for part in parts if part))]
    lines += [plain(note).stylize("$text-warning") for note in plan.notes]
    return Content("\n").join(lines)


def _line(column: Column, plan: FilePlan, width: int) -> Content:
    """The header, what it becomes, and the first values that differ."""
    if column.field == "ignore":
        target, style = _("ignored"), "$text-muted"
    elif column.field:
        target, style = label("field", column.field), "bold"
    else:
        target, style = _("custom field"), "$text-warning"
    names = max(width // 4, 12)
    values = dict.fromkeys(
        row[column.index].strip()
        for row in plan.samples
        if column.index < len(row) and row[column.index].strip()
    )
    samples = cut(" | ".join(list(values)[:_SAMPLES]), width - 2 * names - 4)
    return Content.assemble(
        fit(column.header, names),
        "  ",
        (fit(target, names), style),
        "  ",
        (samples, "$text-muted"),
    )
