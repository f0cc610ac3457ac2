"""What was recognised in a file, with each column, what it becomes, and what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
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
from widgets.plain import cut, fit, joined, plain
from widgets.short_text import ShortText

if TYPE_CHECKING:
    from leadtui.capture.columns.headers import Column
    from leadtui.capture.columns.plan import FilePlan

_DELIMITERS = {",": marked("comma"), ";": marked("semicolon"), "\t": marked("tab"), "|": marked("bar")}
_SAMPLES = 4
_SHEETS = 32
"""Cells for the names of the sheets that are read."""


class ImportPlan(Vertical):
    """Shows the `FilePlan` of each sheet that is read, and asks for what the file leaves unsaid."""

    DEFAULT_CSS = """
    ImportPlan { height: 1fr; }
    ImportPlan #facts { height: auto; max-height: 6; color: $text-muted; }
    ImportPlan #columns { height: 1fr; padding: 0; background: $surface; }
    ImportPlan .sometimes { display: none; }
    ImportPlan .sometimes.-asked { display: block; }
    """

    @dataclass
    class ColumnChosen(Message):
        """The user wants to change what a column becomes."""

        sheet: int
        """In the plans that are shown."""
        position: int
        """In the mapping's columns."""

    @dataclass
    class RecordWanted(Message):
        """The user wants to say what the rows of a sheet are."""

        sheet: int
        """In the plans that are shown."""

    @dataclass
    class SheetsWanted(Message):
        """The user wants to choose the sheets of the workbook."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._plans: Sequence[FilePlan] = ()
        self._lines: list[tuple[int, int | None]] = []
        """The sheet of each line, and its column; None where the line heads the columns of a sheet."""
        self._found_order = ""
        """How dates are read unless the user says otherwise."""

    def compose(self) -> ComposeResult:
        yield Static(id="facts", markup=False)
        yield OptionList(id="columns", compact=True)
        yield _sometimes("rows", FormRow("record", _("Rows are"), Button("", compact=True)))
        yield _sometimes("sheet", FormRow("sheet_name", _("Sheets"), Button("", compact=True)))
        yield FormRow("source", _("Source"), ShortText())
        orders = [Choice("day", "d", _("day/month/year")), Choice("month", "m", _("month/day/year"))]
        yield _sometimes("order", FormRow("date_order", _("Dates are"), ChoiceRow(orders)))
        since = [Choice("file", "f", _("as dated")), Choice("today", "t", _("from today, if overdue"))]
        yield _sometimes("since", FormRow("begin", _("First contact"), ChoiceRow(since)))

    @property
    def source(self) -> str:
        """Where the leads come from when no column says it."""
        return self.query_one("#source", Input).value.strip()

    @property
    def day_first(self) -> bool | None:
        """How the user says that dates are to be read; None where they are read as they were found."""
        chosen = self.query_one("#date_order", ChoiceRow).value
        return None if chosen == self._found_order else chosen == "day"

    @property
    def begins_today(self) -> bool:
        """Whether the first contact of leads long past every limit is counted from today."""
        return self.query_one("#begin", ChoiceRow).value == "today"

    def focus_columns(self) -> None:
        """Put the cursor on the columns."""
        self.query_one("#columns", OptionList).focus()

    def show(self, plans: Sequence[FilePlan]) -> None:
        """Show other plans, or the same ones changed."""
        self._plans = plans
        plan, *others = plans
        self.query_one("#facts", Static).update(_facts(plans))
        default = plan.mapping.default_source or "import"
        source = self.query_one("#source", Input)
        source.placeholder = _("{source}, when no column says it").format(source=label("source", default))
        self.query_one("#record", Button).label = label("records", plan.record)
        self.query_one("#rows").set_class(not others, "-asked")
        sheets = ", ".join(each.table.sheet for each in plans)
        self.query_one("#sheet_name", Button).label = plain(
            _("{name}  (enter chooses another)").format(name=cut(sheets, _SHEETS))
        )
        self.query_one("#sheet").set_class(len(plan.table.sheets) > 1, "-asked")
        orders = [is_day for each in plans for is_day in each.day_first.values()]
        self._found_order = "" if not orders else "day" if any(orders) else "month"
        self.query_one("#date_order", ChoiceRow).value = self._found_order
        self.query_one("#order").set_class(bool(orders), "-asked")
        begin = self.query_one("#begin", ChoiceRow)
        begin.value = begin.value or "file"
        is_dated = any(each.date_key for each in plans if each.record == "lead")
        self.query_one("#since").set_class(is_dated, "-asked")
        self._list()

    def on_resize(self, event: events.Resize) -> None:
        self._list()

    def _list(self) -> None:
        columns = self.query_one("#columns", OptionList)
        highlighted = columns.highlighted
        width = max(columns.size.width - 2, 40)
        self._lines, prompts = [], []
        for sheet, plan in enumerate(self._plans):
            if len(self._plans) > 1:
                self._lines.append((sheet, None))
                prompts.append(_heading(plan, width))
            for position, column in enumerate(plan.mapping.columns):
                self._lines.append((sheet, position))
                prompts.append(_line(column, plan, width))
        columns.clear_options()
        columns.add_options(map(Option, prompts))
        columns.highlighted = min(highlighted or 0, len(prompts) - 1) if prompts else None

    @on(Button.Pressed, "#record")
    def _choose_record(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.RecordWanted(0))

    @on(Button.Pressed, "#sheet_name")
    def _choose_sheets(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.SheetsWanted())

    @on(OptionList.OptionSelected, "#columns")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        sheet, position = self._lines[event.option_index]
        if position is None:
            self.post_message(self.RecordWanted(sheet))
        else:
            self.post_message(self.ColumnChosen(sheet, position))


def _sometimes(name: str, row: FormRow) -> FormRow:
    """A row that is shown where it is to be asked for."""
    row.id = name
    row.add_class("sometimes")
    return row


def _facts(plans: Sequence[FilePlan]) -> Content:
    """How the file is written, and what was decided of it, or of one of its sheets."""
    plan = plans[0]
    table = plan.table
    if table.delimiter:
        written = [table.encoding, _(_DELIMITERS.get(table.delimiter, table.delimiter))]
    else:
        written = ["vCard" if table.format == "vcard" else table.format.upper()]
    is_one = len(plans) == 1
    parts = [
        *written,
        _("sheet {name}").format(name=table.sheet) if table.sheet and is_one else "",
        "" if is_one else _("{count} of {total} sheets").format(count=len(plans), total=len(table.sheets)),
        _("header in line {line}").format(line=table.header_row) if table.header_row and is_one else "",
        "" if any(table.headers) else _("no header"),
        _("written by {system}").format(system=plan.mapping.profile.title) if plan.system else "",
        _("{size} KB").format(size=max(plan.size // 1024, 1)),
    ]
    notes = [
        note if is_one or note in each.options.notes else f"{each.table.sheet}: {note}"
        for each in plans
        for note in each.notes
    ]
    lines = [plain(joined(parts))]
    lines += [plain(note).stylize("$text-warning") for note in dict.fromkeys(notes)]
    return Content("\n").join(lines)


def _heading(plan: FilePlan, width: int) -> Content:
    """The name of a sheet, and what its rows are."""
    text = _("{sheet}: {records}  (enter says otherwise)").format(
        sheet=plan.table.sheet, records=label("records", plan.record)
    )
    return Content(fit(text, width)).stylize("bold $text-primary")


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
