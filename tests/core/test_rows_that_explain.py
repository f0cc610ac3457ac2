"""Rows under the header that say what belongs into the columns are no leads; and no lead is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from bringing import bring
from cli_run import Run

from leadtui.workspace import Workspace

HEADER = ("Company", "Contact", "Mobile", "Email", "Budget")


def companies(workspace: Workspace) -> list[str]:
    with workspace.read() as connection:
        return [company for (company,) in connection.execute("SELECT company FROM lead ORDER BY seq")]


@pytest.mark.parametrize(
    "row",
    [
        ("(text)", "(text)", "(text)", "(text)", "(number)"),
        ("string", "string", "string", "string", "decimal"),
        ("varchar(200)", "varchar(50)", "char(11)", "", "decimal(10,2)"),
        ("required", "optional", "optional", "Optional", "optional"),
        ("必填", "选填", "选填", "选填", "选填"),
        ("*必填项", "", "", "", ""),
        ("", "", "", "", "元"),
        ("文本", "文本", "11位", "", "万元"),
        ("e.g. Acme", "e.g. Ann Smith", "e.g. +1 212 555 0100", "e.g. ann@acme.example", "e.g. 500"),
        ("例：上海某某公司", "例如 张三", "如：13800138000", "", "（元）"),
        ("请填写公司全称，与营业执照一致", "请输入联系人", "手机号码格式", "", "单位：元"),
        ("company_name", "contact_name", "mobile", "email", "budget"),
        ("Max 200 characters", "Max 80 characters", "max. 20", "max 100 chars", "0-9"),
        ("Please use the full legal name", "", "(with country code)", "", "USD"),
    ],
)
def test_rows_of_explanations_are_skipped_and_told(
    run: Run, workspace: Workspace, tmp_path: Path, row: tuple[str, ...]
) -> None:
    path = tmp_path / "template.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate((HEADER, row, ("Nova", "Li", "13812345678", "li@nova.example", "5"))):
            sheet.write_row(at + 1, 0, [cell or None for cell in cells])
    result = bring(run, workspace, path)
    assert (result["created"], result["skipped"]) == (1, 1)
    assert companies(workspace) == ["Nova"]


def test_the_plan_says_which_line_it_is_and_keeps_it(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    path.write_text("公司名称,联系人,预算\n必填,选填,选填\n(文本),(文本),元\n上海启明,王芳,5000\n")
    planned = bring(run, workspace, path, "--dry-run")
    assert planned["notes"] == [
        "Line 2 explains the columns and is skipped.",
        "Line 3 explains the columns and is skipped.",
    ]
    assert (planned["rows"], planned["skipped_reasons"]) == (3, {"it explains the columns": 2})
    kept = Path(str(bring(run, workspace, path)["skipped_file"]))
    assert "必填,选填,选填" in kept.read_text("utf-8-sig")
    assert bring(run, workspace, kept)["created"] == 0, "in the file of skipped rows it is one again"
    assert companies(workspace) == ["上海启明"]


@pytest.mark.parametrize(
    "row",
    [
        "Unit,,,,",
        "Text,Ann,,,",
        "Unit,,Website,,",
        "(private),,13812345678,,",
        "(private),Ann,,,",
        "E.G. Smith Ltd,,,,",
        "Optional,Ann,,,500",
        "Select Comfort,,,,500",
        "Date,Li,13812345678,,",
        "Example Ltd,Ann Smith,,ann@example.com,",
        "Nova,Li,,,元",
        "请客科技,,,,",
        "示例科技,王芳,,,",
        "如家酒店,王芳,,,",
        "Required,,,li@nova.example,",
        "个人,王芳,,,",
    ],
)
def test_a_lead_is_never_taken_for_an_explanation(
    run: Run, workspace: Workspace, tmp_path: Path, row: str
) -> None:
    path = tmp_path / "leads.csv"
    path.write_text(f"{','.join(HEADER)}\n{row}\nKestrel,Ana,13912345678,ana@kestrel.example,7\n")
    assert bring(run, workspace, path)["created"] == 2


def test_only_rows_directly_under_the_header_explain(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("Company,Contact\nNova,Li\nrequired,optional\n")
    assert bring(run, workspace, path)["created"] == 2


def test_records_of_customers_are_explained_as_well(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("Company,Industry,Website\n(text),(text),(text)\nNova,Optics,nova.example\n")
    result = bring(run, workspace, path, "--as", "customer")
    assert (result["created"], result["skipped"]) == (1, 1)
