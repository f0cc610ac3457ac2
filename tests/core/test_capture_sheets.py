"""Workbooks: which sheet is read, what its cells say, and what is told of one that can't be opened."""

from __future__ import annotations

import sys
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter
from bringing import import_file

from leadtui.capture.batch import ahead
from leadtui.capture.columns.plan import FilePlan, ReadOptions, read_plan
from leadtui.capture.files import sheet_look
from leadtui.capture.files.sheets import cell_text
from leadtui.capture.rows.leads import CleanRow, lead_rows
from leadtui.capture.rows.settling import SkippedRow
from leadtui.clock import FixedClock
from leadtui.errors import LeadTUIError, UsageError
from leadtui.settings import Settings
from leadtui.workspace import Workspace

HEADERS = ["Company", "Contact", "Phone", "Created Date"]
OPTIONS = ReadOptions(zone=UTC)
Sheets = dict[str, list[list[object]]]


def workbook(path: Path, sheets: Sheets, hidden: str = "", **options: object) -> Path:
    """An XLSX file; dates are written as Excel keeps them."""
    book = xlsxwriter.Workbook(str(path), options)
    day = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name == hidden:
            sheet.hide()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                elif cell is not None:
                    sheet.write(row, column, cell)
    book.close()
    return path


def leads(plan: FilePlan) -> list[CleanRow]:
    return [row for row in lead_rows(plan) if isinstance(row, CleanRow)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13000000000.0, "13000000000"),
        (8613812345678.0, "8613812345678"),
        (1e15, "1000000000000000"),
        (0.1 + 0.2, "0.3"),
        (1.5e-7, "0.00000015"),
        (-2.0, "-2"),
        (True, "TRUE"),
        (False, "FALSE"),
        (7, "7"),
        ("007", "007"),
        (date(2024, 5, 6), "2024-05-06"),
        (datetime(2024, 5, 6), "2024-05-06"),
        (datetime(2024, 5, 6, 9, 59, 59, 999_900), "2024-05-06 10:00:00"),
    ],
)
def test_cells_say_what_a_person_reads(value: object, text: str) -> None:
    assert cell_text(value) == text


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_dates_and_phones_of_both_epochs(tmp_path: Path, epoch_1904: bool) -> None:
    row = ["Nova", "Li Wei", 13812345678.0, datetime(2024, 5, 6, 7, 8)]
    path = workbook(tmp_path / "x.xlsx", {"Leads": [HEADERS, row]}, date_1904=epoch_1904)
    (lead,) = leads(read_plan(path, OPTIONS))
    assert lead.values["phone"] == "+8613812345678"
    assert lead.values["acquired_at"] == datetime(2024, 5, 6, 7, 8, tzinfo=UTC).timestamp() * 1000


def test_titles_instructions_and_phantom_rows_are_no_leads(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("展会")
    sheet.merge_range("A1:D1", "2026 展会线索")
    sheet.merge_range("A2:D2", "1、带星号的为必填项\n2、导入时本段内容请勿删除")
    sheet.write_row("A4", ["公司名称*", "联系人", "手机号", "备注"])
    sheet.write_row("A5", ["启明科技", "王芳", 13900000001])
    grey = book.add_format({"bg_color": "#eeeeee"})
    for row in range(5, 500):
        sheet.set_row(row, None, grey)
        sheet.write_blank(row, 9, None, grey)
    sheet.write_row("A600", ["", "", "", "only a remark"])
    book.close()
    plan = read_plan(path, OPTIONS)
    assert (plan.table.header_row, len(plan.headers)) == (4, 4)
    rows = list(lead_rows(plan))
    assert [(type(row), row.line) for row in rows] == [(CleanRow, 5), (SkippedRow, 600)]
    assert rows[0].cells == ["启明科技", "王芳", "13900000001", ""]


def test_a_cell_merged_over_rows_counts_for_each(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.merge_range("B2:B3", "Company")
    sheet.merge_range("C2:D2", "Person")
    sheet.write_row("C3", ["Contact", "Phone"])
    sheet.merge_range("B4:B5", "Nova")
    sheet.write_row("C4", ["Li Wei", "13812345678"])
    sheet.write_row("C5", ["Wang Fang", "13812345679"])
    book.close()
    found = leads(read_plan(path, OPTIONS))
    assert [(lead.line, lead.values["company"], lead.values["contact"]) for lead in found] == [
        (4, "Nova", "Li Wei"),
        (5, "Nova", "Wang Fang"),
    ]


SHEETS: Sheets = {
    "Read me": [["This file holds the visitors."], ["Please do not change it."]],
    "Codes": [["a", "b"], ["x", "y"]],
    "Old": [HEADERS, ["Hidden", "Nobody", "13812345670"]],
    "Visitors": [HEADERS, ["Nova", "Li Wei", "13812345678"]],
    "Partners": [["Name", "Email"], ["Kestrel", "k@kestrel.example"]],
}


def test_the_first_sheet_with_a_table_is_taken_and_others_can_be_chosen(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", SHEETS, hidden="Old")
    plan = read_plan(path, OPTIONS)
    assert plan.table.sheet == "Visitors"
    assert plan.table.sheets == ("Read me", "Codes", "Visitors", "Partners")
    assert leads(plan)[0].values["company"] == "Nova"
    for name, who in (("Partners", "Kestrel"), ("Old", "Nobody")):
        chosen = read_plan(path, ReadOptions(zone=UTC, sheet=name))
        assert leads(chosen)[0].values["contact"] == who


def test_a_sheet_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", SHEETS)
    with pytest.raises(UsageError, match="did you mean “Visitors”"):
        read_plan(path, ReadOptions(sheet="Visitor"))
    text = tmp_path / "x.csv"
    text.write_text("Company,Phone\nNova,1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no sheets"):
        read_plan(text, ReadOptions(sheet="Visitors"))


def test_booleans_errors_and_formulas(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["Company", "Converted", "Industry", "Note", "Colour"])
    sheet.write_row("A2", ["Nova", True])
    sheet.write_formula("C2", "=1/0", None, "#DIV/0!")
    sheet.write_formula("D2", '="a"&"b"', None, "ab")
    sheet.write_string("E2", "=1+1")
    book.close()
    (lead,) = leads(read_plan(path, OPTIONS))
    assert lead.values["status"] == "converted"
    assert "industry" not in lead.values
    assert (lead.values["notes"], lead.custom["colour"]) == ("ab", "=1+1")


ODS = """\
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Leads">
<table:table-row>{header}</table:table-row>
<table:table-row>
{company}{contact}
<table:table-cell office:value-type="float" office:value="13000000000"/>
<table:table-cell office:value-type="date" office:date-value="2024-05-06"/>
</table:table-row>
<table:table-row table:number-rows-repeated="1000000">
<table:table-cell table:number-columns-repeated="1000"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>
"""


def test_ods(tmp_path: Path) -> None:
    def text(cell: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'

    content = ODS.format(header="".join(map(text, HEADERS)), company=text("Nova"), contact=text("Li"))
    path = tmp_path / "x.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content.replace("\n", ""))
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    plan = read_plan(path, OPTIONS)
    assert plan.table.format == "ods"
    (lead,) = leads(plan)
    assert lead.values["phone"] == "+8613000000000"
    assert lead.values["acquired_at"] == datetime(2024, 5, 6, tzinfo=UTC).timestamp() * 1000


def test_a_large_sheet_is_looked_at_by_its_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[list[object]] = [[f"Firm {n}", f"Person {n}", 13800000000 + n] for n in range(3000)]
    path = workbook(tmp_path / "x.xlsx", {"Leads": [HEADERS, *rows]})
    whole = sheet_look._look(path, "")
    monkeypatch.setattr(sheet_look, "_BEGINNING", 1 << 14)
    assert sheet_look._beginning(path)
    assert sheet_look._look(path, "") == whole
    assert len(leads(read_plan(path, OPTIONS))) == 3000


def test_a_workbook_becomes_leads_and_again_nothing_new(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", SHEETS)
    plan = read_plan(path, OPTIONS)
    workspace = Workspace.open(tmp_path / "leads.db", Settings(), FixedClock(1_795_344_120_000), "ana")
    told = import_file(workspace, plan).as_json()
    assert (told["created"], told["format"], told["sheet"], told["header_row"]) == (1, "xlsx", "Old", 1)
    assert import_file(workspace, plan).unchanged == 1
    workspace.close()


DAMAGED = {
    "no zip": b"PK\x03\x04rest",
    "no workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_is_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(DAMAGED[name])
    with pytest.raises(LeadTUIError, match="damaged spreadsheet"):
        read_plan(path)


def test_a_workbook_cut_short_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", SHEETS)
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(LeadTUIError, match="damaged spreadsheet"):
        read_plan(path)


def test_a_password_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(path: Path) -> None:
        raise python_calamine.PasswordError

    path = workbook(tmp_path / "x.xlsx", SHEETS)
    monkeypatch.setattr(python_calamine, "load_workbook", locked)
    with pytest.raises(LeadTUIError, match="protected by a password"):
        sheet_look._look(path, "")


def test_a_workbook_that_ends_its_reader_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "x.xlsx", SHEETS)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(LeadTUIError, match="damaged or too large"):
        read_plan(path)


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no limit of memory for a process")
def test_a_stray_cell_in_a_far_corner_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADERS)
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(LeadTUIError, match="too large"):
        read_plan(path)


def test_without_a_second_process_a_workbook_is_looked_at_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / "x.xlsx", SHEETS)
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    assert read_plan(path).table.sheet == "Old"


def test_damage_that_shows_late_keeps_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", {"Leads": [HEADERS, ["Nova", "Li", 1]]})
    plan = read_plan(path)
    path.write_bytes(b"PK\x03\x04rest")
    with pytest.raises(LeadTUIError, match="damaged spreadsheet"), ahead.ready_rows(plan) as chunks:
        list(chunks)


def test_other_archives_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(LeadTUIError, match="Word"):
        read_plan(path)


def test_a_web_page_that_calls_itself_a_workbook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.xls"
    path.write_text("<html><table><tr><td>Company</td></tr></table></html>", encoding="utf-8")
    with pytest.raises(LeadTUIError, match="HTML"):
        read_plan(path)


def test_an_empty_workbook_is_told(tmp_path: Path) -> None:
    with pytest.raises(LeadTUIError, match="empty"):
        read_plan(workbook(tmp_path / "x.xlsx", {"Sheet1": []}))
