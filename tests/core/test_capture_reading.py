from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadtui.capture.columns.plan import FilePlan, ReadOptions, read_plan
from leadtui.capture.files.delimited import CELL_LIMIT
from leadtui.capture.files.layout import find_layout
from leadtui.capture.files.sniff import sniff_encoding
from leadtui.capture.rows.leads import CleanRow, lead_rows
from leadtui.capture.rows.settling import SkippedRow
from leadtui.errors import LeadTUIError, UsageError

CHINESE = "姓名,公司\n王芳,上海启明科技有限公司\n李伟,北京大学\n"


def written(tmp_path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = tmp_path / "leads.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def read(plan: FilePlan) -> tuple[list[CleanRow], list[SkippedRow]]:
    rows = list(lead_rows(plan))
    return [row for row in rows if isinstance(row, CleanRow)], [
        row for row in rows if isinstance(row, SkippedRow)
    ]


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (CHINESE, "utf-8", "utf-8"),
        (CHINESE, "utf-8-sig", "utf-8-sig"),
        (CHINESE, "utf-16", "utf-16"),
        (CHINESE, "utf-16-le", "utf-16-le"),
        (CHINESE, "utf-16-be", "utf-16-be"),
        (CHINESE, "utf-32", "utf-32"),
        (CHINESE, "gb18030", "gb18030"),
        ("姓名,公司名稱\n王小明,台灣積體電路製造\n陳大文,鴻海精密工業\n", "big5", "big5"),
        ("名前,会社\n田中太郎,株式会社サンプル\nスズキ,トヨタ自動車\n", "shift_jis", "shift_jis"),
        ("이름,회사\n김민수,삼성전자\n이영희,현대자동차\n", "euc_kr", "euc_kr"),
        ("Имя,Компания\nАлексей Иванов,ООО Ромашка\n", "cp1251", "cp1251"),
        ("Nom,Société\nHélène,Crédit Agricole\nÉmile,5º étage\n", "cp1252", "cp1252"),
        ("Name,Stadt\nMüller,Köln\nJäger,Straße\n", "cp1252", "cp1252"),
        ("Name,Price\nAna,£500\nBob,£900\n", "cp1252", "cp1252"),
        (
            "Imię,Firma\nŁukasz Żółć,Spółka źdźbło\nMałgorzata Wiśniewska,Zażółć gęślą jaźń\n",
            "cp1250",
            "cp1250",
        ),
        ("İsim,Şehir\nAyşe Yıldız,Muğla\nOğuz Şahin,Eskişehir\n", "cp1254", "cp1254"),
    ],
)
def test_encodings_are_told_apart(tmp_path: Path, text: str, encoding: str, found: str) -> None:
    for times in (1, 30):
        sniffed = sniff_encoding(written(tmp_path, text * times, encoding))
        assert (sniffed.name, sniffed.clean) == (found, True)


def test_what_comes_late_in_a_file_counts(tmp_path: Path) -> None:
    late = b"Name,Mail\n" + b"Ana,a@b.example\n" * 200_000 + "王芳,c@d.example\n".encode("gb18030")
    assert sniff_encoding(written(tmp_path, late)).name == "gb18030"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_wrong_bytes_cost_only_their_characters(tmp_path: Path, encoding: str) -> None:
    plan = read_plan(written(tmp_path, (CHINESE * 20).encode(encoding) + b"A\xff\xffB,Nova\nC,D\n"))
    assert (plan.table.encoding, plan.table.clean) == (encoding, False)
    leads, skipped = read(plan)
    assert len(leads) + len(skipped) == 20 * 3 - 1 + 2
    assert leads[-2].values["company"] == "Nova"
    assert leads[-2].problems
    assert leads[-1].problems == ()
    assert any(encoding in note for note in plan.notes)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "leads.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["Name", "Company", "Note"])
        writer.writerow(["Ana", "Nova, Inc.; \n Berlin|Rome", "1,5"])
        writer.writerow(["Bob", "Acme", "2,5"])
    plan = read_plan(path)
    assert plan.table.delimiter == delimiter
    assert [lead.values["contact"] for lead in read(plan)[0]] == ["Ana", "Bob"]


def test_a_separator_line_names_the_delimiter(tmp_path: Path) -> None:
    plan = read_plan(written(tmp_path, "sep=|\r\nName|Mail\r\nAna|a@b.example\r\n"))
    assert (plan.table.delimiter, plan.table.header_row) == ("|", 2)


def test_lines_above_the_header_are_passed_over(tmp_path: Path) -> None:
    text = (
        'Notes:\n"Some fields are empty,\nas we show only\nwhat is visible"\n\n\n'
        "First Name,Last Name,Company\nAda,Lovelace,Engines\n"
    )
    plan = read_plan(written(tmp_path, text))
    assert plan.table.header_row == 7
    leads, _ = read(plan)
    assert [(lead.line, lead.values["contact"]) for lead in leads] == [(8, "Ada Lovelace")]


def test_a_file_without_headers_is_known_by_its_content(tmp_path: Path) -> None:
    plan = read_plan(
        written(tmp_path, "Ana,ana@nova.example,13812345678\nBob,bob@nova.example,13912345678\n")
    )
    assert plan.table.header_row == 0
    assert plan.mapping.as_json() == {
        "Column 1": "custom.column_1",
        "Column 2": "email",
        "Column 3": "phone",
    }
    assert len(read(plan)[0]) == 2


def test_a_header_may_hold_line_breaks_and_required_marks(tmp_path: Path) -> None:
    plan = read_plan(
        written(
            tmp_path, '"公司\n名称*",手机号(11位手机号，不可有空格),（必填）联系人\nNova,13812345678,Ana\n'
        )
    )
    assert list(plan.mapping.as_json().values()) == ["company", "mobile", "contact"]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    text = 'Name,Address\r\n"Ana","1 Road\r\nTown"\r\n\r\nBob,2 Road\r\n'
    leads, _ = read(read_plan(written(tmp_path, text)))
    assert [(lead.line, lead.values["contact"]) for lead in leads] == [(2, "Ana"), (5, "Bob")]
    assert leads[0].values["address"] == "1 Road\nTown"


def test_old_macintosh_line_ends(tmp_path: Path) -> None:
    assert len(read(read_plan(written(tmp_path, "Name,Mail\rAna,a@b.example\rBob,c@d.example\r")))[0]) == 2


def test_stray_zeros_are_dropped(tmp_path: Path) -> None:
    leads, _ = read(read_plan(written(tmp_path, b"Name,Mail\nA\0na,a@b.example\0\n\0\0\nBob,c@d.example\n")))
    assert [lead.values["email"] for lead in leads] == ["a@b.example", "c@d.example"]


def test_an_open_quotation_mark_costs_one_row(tmp_path: Path) -> None:
    rows = "".join(f"Name {number},Firm {number},n{number}@b.example\n" for number in range(50))
    text = f'Name,Company,Mail\nAna,Nova,a@b.example\nBob,"Acme,c@d.example\n{rows}'
    leads, skipped = read(read_plan(written(tmp_path, text)))
    assert len(leads) == 51
    assert [(row.line, row.cells[0]) for row in skipped] == [(3, "Bob")]
    assert "quotation mark" in skipped[0].reason


def test_an_open_quotation_mark_that_meets_another_costs_one_row(tmp_path: Path) -> None:
    text = (
        'Name,Company,Mail\nAna,"Nova,a@b.example\nBob,Acme,b@b.example\n'
        'Cid,"Orbit",c@b.example\nDora,Xi,d@b.example\n'
    )
    leads, skipped = read(read_plan(written(tmp_path, text)))
    assert [lead.values["contact"] for lead in leads] == ["Bob", "Cid", "Dora"]
    assert [row.line for row in skipped] == [2]


def test_inch_marks_and_line_breaks_live_together(tmp_path: Path) -> None:
    text = 'Name,Need,Mail\nAna,"screens\nand cables",a@b.example\nBob,5" screens,b@b.example\n'
    leads, skipped = read(read_plan(written(tmp_path, text)))
    assert ([lead.values["need"] for lead in leads], skipped) == (["screens\nand cables", '5" screens'], [])


@pytest.mark.parametrize("cell", ["x" * (CELL_LIMIT + 5), '"' + "line\n" * (CELL_LIMIT // 5 + 5) + '"'])
def test_a_giant_cell_costs_one_row(tmp_path: Path, cell: str) -> None:
    text = f"Name,Need,Mail\nAna,short,a@b.example\nBob,{cell},b@b.example\nCid,short,c@b.example\n"
    leads, skipped = read(read_plan(written(tmp_path, text)))
    assert [lead.values["contact"] for lead in leads] == ["Ana", "Cid"]
    assert [(row.line, len(row.cells[0]) <= 200) for row in skipped] == [(3, True)]
    assert "larger" in skipped[0].reason


def test_a_giant_line_costs_one_row(tmp_path: Path) -> None:
    text = "Name,Mail\nAna,a@b.example\n" + "y" * (9 << 20) + ",z\nBob,b@b.example\n"
    leads, skipped = read(read_plan(written(tmp_path, text)))
    assert ([lead.values["contact"] for lead in leads], [row.line for row in skipped]) == (
        ["Ana", "Bob"],
        [3],
    )


def test_rows_of_another_width_are_aligned_and_said(tmp_path: Path) -> None:
    text = "Name,Mail,City\nAna,a@b.example\nBob,b@b.example,Rome,extra,more\nCid,c@b.example,Oslo,,\n"
    leads, _ = read(read_plan(written(tmp_path, text)))
    assert [bool(lead.problems) for lead in leads] == [True, True, False]
    assert leads[1].values["remark"] == "extra | more"


def test_blank_rows_are_not_counted_and_repeated_headers_are_skipped(tmp_path: Path) -> None:
    text = "Name,Mail\n\n,\n  , \nAna,a@b.example\nName,Mail\nBob,b@b.example\n"
    leads, skipped = read(read_plan(written(tmp_path, text)))
    assert (len(leads), [row.line for row in skipped]) == (2, [6])


def test_nothing_usable_is_said_with_what_was_there(tmp_path: Path) -> None:
    leads, skipped = read(read_plan(written(tmp_path, "Name,Mail,Phone\nN/A,invalid-email,not-a-phone\n")))
    assert leads == []
    assert "invalid-email" in skipped[0].reason
    assert "not-a-phone" in skipped[0].reason


def test_what_is_wrong_in_a_good_row_is_kept_in_the_remark(tmp_path: Path) -> None:
    text = "Name,Mail,Phone,Created Date,Budget\nAna,bad,nope,2023-02-30,much\n"
    (lead,), _ = read(read_plan(written(tmp_path, text)))
    assert lead.values["remark"] == "Mail: bad\nPhone: nope\nCreated Date: 2023-02-30\nBudget: much"
    assert not {"email", "phone", "acquired_at", "budget_min"} & set(lead.values)
    assert len(lead.problems) == 4


def test_a_column_may_name_the_currency_of_another(tmp_path: Path) -> None:
    text = "Name,Budget,Currency\nAna,50万,JPY\nBob,500,€\nCid,$20,\nDora,30,\nEva,40,none\n"
    leads, _ = read(read_plan(written(tmp_path, text)))
    assert [(lead.values["budget_max"], lead.values["currency"]) for lead in leads] == [
        (500_000, "JPY"),
        (50_000, "EUR"),
        (2_000, "USD"),
        (3_000, "CNY"),
        (4_000, "CNY"),
    ]


def test_a_whole_column_tells_the_order_of_its_dates(tmp_path: Path) -> None:
    rows = "".join(f"N{number},03/04/2026\n" for number in range(200))
    plan = read_plan(written(tmp_path, f"Name,Created Date\n{rows}Last,04/23/2026\n"))
    assert plan.day_first == {1: False}
    assert "month/day/year" in plan.notes[0]
    undecided = written(tmp_path, f"Name,Created Date\n{rows}")
    assert read_plan(undecided).day_first == {1: True}
    assert read_plan(undecided, ReadOptions(region="US")).day_first == {1: False}


def test_the_user_names_columns(tmp_path: Path) -> None:
    path = written(tmp_path, "Who,Where,Mail\nAna,Nova,a@b.example\n")
    plan = read_plan(path, ReadOptions(fields=(("company", "where"), ("name", "Who"))))
    (lead,), _ = read(plan)
    assert (lead.values["company"], lead.values["contact"]) == ("Nova", "Ana")
    assert lead.cells == ["Ana", "Nova", "a@b.example"]
    with pytest.raises(UsageError, match="Where"):
        read_plan(path, ReadOptions(fields=(("company", "Wher"),)))
    with pytest.raises(UsageError, match="company"):
        read_plan(path, ReadOptions(fields=(("compny", "Where"),)))


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"PK\x03\x04rest", "damaged"),
        (b"\xd0\xcf\x11\xe0rest", "damaged"),
        (bytes(range(1, 256)) * 3, "binary"),
        (b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\0\x3e\0\x01" * 60, "binary"),
    ],
)
def test_what_is_no_table_is_said(tmp_path: Path, content: bytes, word: str) -> None:
    with pytest.raises(LeadTUIError, match=word):
        read_plan(written(tmp_path, content))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "gb18030", "big5", "shift_jis", "utf-16", "utf-16-le", "utf-32"]
)
def test_text_with_a_stray_sign_is_no_binary(tmp_path: Path, encoding: str) -> None:
    text = "公司,姓名,Email\n" + "上海公司,王芳\x0b,wang@x.example\n" * 30 + "\x1a"
    assert len(read(read_plan(written(tmp_path, text, encoding), ReadOptions()))[0]) == 30


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(LeadTUIError, match="can't be read"):
            read_plan(path)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.text(alphabet='ab,;"\n\r\t\0é中@.1', max_size=200).map(str.encode))
def test_no_file_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = written(tmp_path_factory.mktemp("any"), content)
    try:
        plan = read_plan(path)
    except LeadTUIError as error:
        assert str(error)
        return
    for row in lead_rows(plan):
        assert row.line > plan.table.header_row
    assert find_layout(path, plan.table.encoding).delimiter == plan.table.delimiter
