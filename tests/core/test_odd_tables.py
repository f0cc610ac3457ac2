"""Tables that lie in their file in odd ways, and rows in them that are none of their records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter
from bringing import bring, leads
from cli_run import Run

from leadtui.workspace import Workspace


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("合计：2家,,300", "it is a line of totals"),
        ("Total (2 rows),,300", "it is a line of totals"),
        ("Average,,150", "it is a line of totals"),
        ("(2 rows),,", "it is a line of totals"),
        ("共 12 家,,", "it is a line of totals"),
        ("制表人：王芳,,", "it is a line below the table"),
        ("Exported by Ana on 2026-11-20,,", "it is a line below the table"),
    ],
)
def test_what_sums_a_table_up_is_no_lead(
    run: Run, workspace: Workspace, tmp_path: Path, row: str, reason: str
) -> None:
    path = tmp_path / "expo.csv"
    path.write_text(f"Company,Contact,Budget\nNova,Li,300\n{row}\n")
    assert bring(run, workspace, path)["skipped_reasons"] == {reason: 1}


@pytest.mark.parametrize(
    "row",
    [
        "12 Monkeys,Ann,",
        "360,,",
        "Total Energies,,",
        "Printed Words Ltd,,",
        "Sum Up,Li,",
        "Exported by Us,Li,3",
    ],
)
def test_who_is_called_like_it_is_a_lead(run: Run, workspace: Workspace, tmp_path: Path, row: str) -> None:
    path = tmp_path / "expo.csv"
    path.write_text(f"Company,Contact,Budget\nNova,Li,300\n{row}\n")
    assert bring(run, workspace, path)["created"] == 2


def test_a_second_table_below_is_told_and_not_mixed_in(
    run: Run, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(
            (
                ("Company", "Contact", "Phone"),
                ("Nova", "Li", "13812345678"),
                (),
                ("Company", "Contact", "Phone"),
                ("Kes", "Ana", "13912345678"),
                ("Contact", "Company", "Email", "Booth"),
                ("Cy", "Hal", "cy@hal.example", "B7"),
                ("Company", "Contact", "Tel."),
                ("Orb", "Ed", "13712345678"),
            )
        ):
            sheet.write_row(at, 0, row)
    result = bring(run, workspace, path)
    assert leads(workspace, "company") == [("Nova",), ("Kes",), ("Orb",)]
    assert result["skipped_reasons"] == {
        "it repeats the header row": 1,
        "it is the header of another table": 2,
        "it stands under another header, in line 6": 1,
    }
    again = bring(run, workspace, Path(str(result["skipped_file"])))
    assert (again["created"], again["skipped"]) == (0, 4)


def test_a_second_table_beside_is_told(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("Company,Contact,,Company,Contact\nNova,Li,,Kes,Ana\n")
    assert bring(run, workspace, path)["notes"] == [
        "A second table seems to begin at column 4: put it below the first, or rows mix."
    ]
    path.write_text("Company,,Email,\nNova,Li,li@nova.example,hello\n")
    assert bring(run, workspace, path)["notes"] == []


def test_a_table_on_its_side_is_told(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "side.csv"
    path.write_text("Company,Nova,Kes\nContact,Li,Ana\nEmail,li@nova.example,ana@kes.example\n")
    ran = run("import", str(path), "--db", str(workspace.path))
    assert (ran.code, "lies on its side" in ran.err.replace("\n", " ")) == (1, True)
    path.write_text("Source,Firmennummer\nWebsite,1\nEmail,2\nPhone,3\n")
    ran = run("import", str(path), "--db", str(workspace.path))
    assert "lies on its side" not in ran.err.replace("\n", " "), "these are values"


def test_lines_that_are_drawn_are_no_rows(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("| Company | Contact |\n|---------|---------|\n| Nova | Li |\n")
    assert (bring(run, workspace, path)["created"], leads(workspace, "company")) == (1, [("Nova",)])


def test_what_a_formula_failed_at_is_nothing(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "errors.csv"
    path.write_text("Company,Contact,Phone,Budget\nNova,#VALUE!,#DIV/0!,#REF!\n#NAME?,#N/A,#NULL!,\n")
    result = bring(run, workspace, path)
    assert (result["created"], result["skipped"], result["with_problems"]) == (1, 1, 0)
    assert leads(workspace, "company", "contact", "phone", "remark") == [("Nova", "", "", "")]


def test_files_that_were_put_one_behind_the_other(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "both.csv"
    part = '\ufeffCompany,Remark\n{},"a\n\ufeffb"\n'
    path.write_text(part.format("Nova") + part.format("Kes"), encoding="utf-8")
    assert bring(run, workspace, path)["skipped_reasons"] == {"it repeats the header row": 1}
    assert leads(workspace, "company") == [("Nova",), ("Kes",)]


@pytest.mark.parametrize("text", ["\n\n  \n", ",,,\n,,,\n"])
def test_a_file_in_which_nothing_stands(run: Run, workspace: Workspace, tmp_path: Path, text: str) -> None:
    path = tmp_path / "blank.csv"
    path.write_text(text)
    ran = run("import", str(path), "--db", str(workspace.path))
    assert (ran.code, "is empty" in ran.err.replace("\n", " ")) == (1, True)


def test_lines_of_objects_that_hold_lists_are_all_read(
    run: Run, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "leads.jsonl"
    rows = [{"company": {"name": name}, "orders": [{"no": 1}, {"no": 2}]} for name in ("Nova", "Kes", "Hal")]
    path.write_text("\n".join(map(json.dumps, rows)) + "\n")
    assert bring(run, workspace, path)["created"] == 3


def test_a_list_inside_the_answer_of_a_service(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    rows = [{"name": "Li", "company": "Nova"}, {"name": "Ana", "company": "Kes"}]
    path.write_text(json.dumps({"code": 0, "msg": "ok", "data": {"total": 2, "list": rows}}))
    assert bring(run, workspace, path)["created"] == 2
    path.write_text(json.dumps({"name": "Bo", "company": "Hal", "data": {"emails": [{"kind": "work"}]}}))
    assert bring(run, workspace, path)["created"] == 1


def test_rows_without_names_of_columns_in_json_are_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text('[["Company", "Contact"], ["Nova", "Li"]]')
    ran = run("import", str(path))
    assert (ran.code, "holds no list of JSON objects" in ran.err.replace("\n", " ")) == (1, True)


@pytest.mark.parametrize(("rating", "kept"), [("+", "+"), ("+++", "+++"), ("=", "="), ("---+---", None)])
def test_a_sign_in_a_cell_is_no_drawn_line(
    run: Run, workspace: Workspace, tmp_path: Path, rating: str, kept: str | None
) -> None:
    path = tmp_path / "rated.csv"
    path.write_text(f"Company,Verdict\nNova,{rating}\n")
    bring(run, workspace, path)
    assert leads(workspace, "custom ->> 'verdict'") == [(kept,)]


def test_signs_that_nobody_sees_make_no_other_name(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "unseen.csv"
    path.write_text(
        "Company,Contact\n\x1b[1;31mNova\x1b[0m,L\u200bi W\u00adei\nKes,\U0001f468\u200d\U0001f469\n"
    )
    bring(run, workspace, path)
    assert leads(workspace, "company", "contact") == [
        ("Nova", "Li Wei"),
        ("Kes", "\U0001f468\u200d\U0001f469"),
    ]


@pytest.mark.parametrize(
    ("header", "cell", "money"),
    [
        ("预算（万元）", "50", (50_000_000, 50_000_000, "CNY")),
        ("预算(万)", "20-30", (20_000_000, 30_000_000, "CNY")),
        ("预算（万元）", "1,500", (1_500_000_000, 1_500_000_000, "CNY")),
        ("预算（万元）", "500000元", (50_000_000, 50_000_000, "CNY")),
        ("预算（万元）", "2亿", (20_000_000_000, 20_000_000_000, "CNY")),
        ("Budget (k USD)", "50", (5_000_000, 5_000_000, "USD")),
        ("Budget [€]", "1.200,50", (120_050, 120_050, "EUR")),
        ("Budget (in thousands)", "7.5", (750_000, 750_000, "CNY")),
        ("Budget (optional)", "7.5", (750, 750, "CNY")),
    ],
)
def test_the_header_says_in_what_amounts_are(
    run: Run, workspace: Workspace, tmp_path: Path, header: str, cell: str, money: tuple[int, int, str]
) -> None:
    path = tmp_path / "budgets.csv"
    path.write_text(f'Company,{header}\nNova,"{cell}"\n')
    bring(run, workspace, path)
    assert leads(workspace, "budget_min", "budget_max", "currency") == [money]


def test_the_same_as_above_is_the_same(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "ditto.csv"
    path.write_text("公司,联系人,来源\n上海启明,王芳,展会\n同上,李强,〃\n同上,赵一,网站\n")
    bring(run, workspace, path)
    assert leads(workspace, "company", "contact", "source_channel") == [
        ("上海启明", "王芳", "expo"),
        ("上海启明", "李强", "expo"),
        ("上海启明", "赵一", "website"),
    ]


def test_a_header_of_two_rows(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "split.csv"
    path.write_text("公司,联系人信息,,,需求\n,姓名,职务,手机,\n上海启明,王芳,总监,13812345678,ERP\n")
    bring(run, workspace, path)
    assert leads(workspace, "company", "contact", "title", "need") == [("上海启明", "王芳", "总监", "ERP")]


def test_answers_to_the_questions_of_a_form(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text(
        "序号,提交答卷时间,1、您的姓名：,2、贵公司名称：,3、您的联系电话：\n"
        "1,2026/11/2 10:00,王芳,上海启明,13812345678\n"
    )
    bring(run, workspace, path)
    path.write_text(
        "#,What's your name?,Your email address,Which company do you work for?\nx,Li,li@nova.example,Nova\n"
    )
    bring(run, workspace, path)
    assert leads(workspace, "company", "contact") == [("上海启明", "王芳"), ("Nova", "Li")]


def test_commas_of_a_chinese_keyboard_and_the_end_of_an_old_file(
    run: Run, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "old.csv"
    path.write_text("公司名称，联系人，备注\n上海启明，王芳，好\n\x1a")
    assert bring(run, workspace, path)["rows"] == 1
    path.write_text("公司名称,联系人,备注\n杭州博雅,李强,你好，再见，明天\n")
    bring(run, workspace, path)
    assert leads(workspace, "company", "remark") == [("上海启明", "好"), ("杭州博雅", "你好，再见，明天")]


def test_titles_of_the_parts_of_a_table(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "parts.csv"
    path.write_text("华东区,\n公司名称,联系人\n上海启明,王芳\n华北区,\n公司名称,联系人\n北京博雅,李强\n")
    assert bring(run, workspace, path)["skipped_reasons"] == {
        "it is a title above a header": 1,
        "it repeats the header row": 1,
    }
    assert leads(workspace, "company") == [("上海启明",), ("北京博雅",)]


def test_an_address_that_is_nobodys_makes_no_two_people_one(
    run: Run, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "forms.csv"
    path.write_text(
        "Company,Contact,Email,Phone\n"
        "A,Ann,none@none.com,00000000000\nB,Bob,none@none.com,11111111111\n"
        "C,Cy,test@test.com,\nD,Na Li,na@nova.example,\n"
    )
    bring(run, workspace, path)
    assert leads(workspace, "company", "email", "phone") == [
        ("A", "", ""),
        ("B", "", ""),
        ("C", "", ""),
        ("D", "na@nova.example", ""),
    ]


def test_a_line_with_an_address_is_no_header(run: Run, workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("Nova - li@nova.example\nKes - ana@kes.example\n")
    assert bring(run, workspace, path)["created"] == 2


def test_a_company_that_is_called_like_a_column_is_no_header(
    run: Run, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "names.csv"
    path.write_text("Company,Contact,Source\nNova,Li,Event\nBusiness,,Website\nFirm,Web,\nKes,Ana,Event\n")
    assert bring(run, workspace, path)["created"] == 4
