"""Files as people really have them: each is read right, or a sentence says what to do with it."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from bringing import bring, leads
from cli_run import Run

from leadtui.workspace import Workspace

FIELDS = ("company", "contact", "phone", "mobile", "email", "remark")


@pytest.mark.parametrize("name", ["Total", "Grand Total", "合计", "总计：", "TOTAL:"])
def test_lines_of_totals_are_no_leads(run: Run, workspace: Workspace, tmp_path: Path, name: str) -> None:
    path = tmp_path / "expo.csv"
    path.write_text(
        f"Company,Contact,Email,Budget\nNova,Li,li@nova.example,500\n{name},,,500\n,{name},,500\n"
    )
    result = bring(run, workspace, path)
    assert (result["created"], result["skipped"]) == (1, 2)
    assert result["skipped_reasons"] == {"it is a line of totals": 2}


def test_who_is_called_like_a_sum_is_a_lead(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "expo.csv"
    path.write_text(
        "Company,First name,Last name,Email\nTotal,Marie,Curie,\nTotal,,,info@total.example\nTotal GmbH,,,\n"
    )
    assert bring(run, workspace, path)["created"] == 3
    path.write_text("Company\nTotal\nNova\n")
    assert bring(run, workspace, path)["created"] == 2


def test_totals_below_opportunities_are_none(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Opportunity Name,Account Name,Amount\nERP,Nova,500\nTotal,,500\n")
    result = bring(run, workspace, path, "--as", "opportunity")
    assert (result["created"], result["skipped"]) == (1, 1)


def test_a_phone_that_a_spreadsheet_rounded_is_kept_and_not_made_up(
    run: Run, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "phones.csv"
    path.write_text("Company,Contact,Phone\nNova,Li,1.38E+10\nKestrel,Ana,1.3812345678E+10\n")
    assert bring(run, workspace, path)["with_problems"] == 1
    assert leads(workspace, "phone", "remark") == [("", "Phone: 1.38E+10"), ("+8613812345678", "")]


def test_a_table_with_a_merged_title_and_dates_of_all_kinds(
    run: Run, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "登记表.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, day = book.add_worksheet("客户"), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.merge_range("A1:D1", "2026年行业展 客户登记表")
        sheet.merge_range("A2:D2", "填表人：张三   日期：2026-11-20")
        sheet.write_row("A3", ["公司名称", "联系人", "手机", "获取时间"])
        sheet.write_row("A4", ["上海启明科技有限公司", "王芳", 13812345678])
        sheet.write_datetime("D4", datetime(2026, 11, 1), day)
        sheet.write_row("A5", ["杭州博雅商贸", "李强", "139-1234-5678", "2026/11/2"])
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.write_row("A6", ["合计", "", "", 2])
    result = bring(run, workspace, path)
    assert (result["header_row"], result["created"], result["skipped"]) == (3, 2, 1)
    assert leads(workspace, "company", "mobile", "date(acquired_at / 1000, 'unixepoch')") == [
        ("上海启明科技有限公司", "+8613812345678", "2026-11-01"),
        ("杭州博雅商贸", "+8613912345678", "2026-11-02"),
    ], "a hidden row counts as any other"
    assert result["notes"] == ["Hidden rows are read like all others: 1"]


def test_what_a_filter_or_a_hand_hides_is_told(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "filtered.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Notes & more").write_row("A1", ["see", "the other"])
        sheet = book.add_worksheet("Leads & more")
        sheet.write_row("B2", ["Company", "Contact", "Margin", "Country"])
        for row in range(1500):
            sheet.write_row(row + 2, 1, [f"Firm {row}", f"Ann {row}", row, "DE" if row % 3 else "FR"])
            if row % 3:
                sheet.set_row(row + 2, None, None, {"hidden": True})
        sheet.autofilter("B2:E1502")
        sheet.filter_column("E", "x == FR")
        sheet.set_column("A:A", None, None, {"hidden": True})
        sheet.set_column("D:D", None, None, {"hidden": True})
        sheet.set_column("G:XFD", None, None, {"hidden": True})
    result = bring(run, workspace, path, "--sheet", "Leads & more")
    assert result["created"] == 1500
    assert result["notes"] == [
        "Hidden rows are read like all others: 1000",
        "Hidden columns are read like all others: Margin",
    ]


@pytest.mark.parametrize(
    ("encoding", "text", "company"),
    [
        (
            "gb18030",
            "公司名称,联系人,备注\n上海启明科技有限公司,王芳,𠮷野家\n",
            "上海启明科技有限公司",
        ),
        ("shift_jis", "会社名,担当者\nｶﾌﾞｼｷｶﾞｲｼｬﾆﾎﾝ,ﾀﾅｶ ﾀﾛｳ\n株式会社東京,田中太郎\n", "ｶﾌﾞｼｷｶﾞｲｼｬﾆﾎﾝ"),
        ("big5", "公司名稱,聯絡人\n台北資訊股份有限公司,陳小明\n高雄貿易,林美玲\n", "台北資訊股份有限公司"),
    ],
)
def test_no_mark_tells_the_encoding(
    run: Run, workspace: Workspace, tmp_path: Path, encoding: str, text: str, company: str
) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(text.encode(encoding))
    bring(run, workspace, path)
    assert leads(workspace, "company")[0] == (company,)


def test_a_table_of_hundreds_of_columns(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    header = ",".join(["Company", "Email", *(f"Field {at}" for at in range(298))])
    rows = "".join(f"Firm {row},p{row}@x{row}.example{',v' * 298}\n" for row in range(20))
    path.write_text(f"{header}\n{rows}")
    result = bring(run, workspace, path)
    assert (result["created"], len(result["mapping"])) == (20, 300)  # type: ignore[arg-type]


def test_the_same_row_again_is_the_same_lead(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "twice.csv"
    path.write_text("Company,Contact\n" + "Nova,Li\n" * 3 + "Kestrel,Ana\n")
    result = bring(run, workspace, path)
    assert (result["created"], result["unchanged"]) == (2, 2)


def test_a_quotation_mark_that_stays_open_swallows_no_rows(
    run: Run, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "open.csv"
    path.write_text('Company,Contact,Email\nNova,"Li,li@nova.example\nKes,Ana\nHal,Cy,c@y.example\n')
    result = bring(run, workspace, path)
    assert result["skipped_reasons"] == {"a quotation mark is never closed": 1}
    assert leads(workspace, "company") == [("Kes",), ("Hal",)]


@pytest.mark.parametrize("name", ["leads.csv", "leads.xlsx"])
def test_a_file_with_nothing_but_headers(run: Run, workspace: Workspace, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith(".csv"):
        path.write_text("Company,Contact,Email\n")
    else:
        with xlsxwriter.Workbook(str(path)) as book:
            book.add_worksheet().write_row(0, 0, ["Company", "Contact", "Email"])
    ran = run("import", str(path), "--db", str(workspace.path))
    assert "no rows" in ran.out or "choose a file with a header row and leads" in ran.err
    assert leads(workspace, "company") == []


@pytest.mark.parametrize(
    ("name", "members", "told"),
    [
        ("leads.zip", {"leads.csv": "Company\nNova\n"}, "is a ZIP archive: unpack it"),
        ("leads.csv", {"leads.csv": "Company\nNova\n"}, "is a ZIP archive: unpack it"),
        ("all.zip", {"manifest.json": "{}", "tables/lead.jsonl": ""}, "`leadtui restore FILE` puts back"),
        ("leads.numbers", {"Index/Document.iwa": "x"}, "is a Numbers file: save it as CSV"),
        ("letter.docx", {"word/document.xml": "<x/>"}, "is a Word file: save it as CSV"),
    ],
)
def test_what_is_in_no_table_is_told(
    run: Run, tmp_path: Path, name: str, members: dict[str, str], told: str
) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        for member, text in members.items():
            archive.writestr(member, text)
    ran = run("import", str(tmp_path / name))
    assert (ran.code, told in ran.err.replace("\n", " ")) == (1, True)


@pytest.mark.parametrize("name", ["report.xls", "report.xlsx", "report.csv"])
def test_a_web_page_that_is_called_a_workbook_is_told(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("<html><body><table><tr><td>Company</td></tr></table></body></html>")
    ran = run("import", str(tmp_path / name))
    assert (ran.code, "open it in a spreadsheet program" in ran.err.replace("\n", " ")) == (1, True)
