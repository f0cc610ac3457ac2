"""Text without a file: signatures become one lead, everything else is read as the file that it would be."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadtui.capture.columns.plan import ReadOptions, read_plan
from leadtui.capture.files.pasted import keep_pasted
from leadtui.capture.files.signature import is_signature, read_signature
from leadtui.capture.rows.leads import CleanRow, lead_rows
from leadtui.errors import LeadTUIError

ENGLISH = """\
> Looking forward to it!

Best regards,

Jane Smith
Senior Purchasing Manager
Kestrel Foods Ltd.
T: +44 20 7946 0958 | M: +44 7700 900123 | Fax: +44 20 7946 0959
E: jane.smith@kestrel.example
www.kestrel.example
12 High Street, London EC1A 1BB
Sent from my iPhone
"""
CHINESE = """\
顺颂商祺！
王芳 采购总监
上海启明科技有限公司
手机：13812345678  微信：fangw
邮箱：wang@qiming.example
地址：上海市浦东新区世纪大道100号
"""
ONE_LINE = "Li Wei | CTO | Nova Robotics\nli.wei@nova.example | (415) 555-0132\nhttps://nova.example"
LABELLED = "姓名：李伟\n公司：北京大学\n电话：010-62751234"
GERMAN = "Max von Müller, Geschäftsführer\nHalden Optics GmbH\nTel.: +49 30 1234567\nmax@halden.example"


MACHINERY = """\
李 伟
采购部经理
Beijing Huaxia Machinery Co., Ltd.
手机/微信：13812345678
Tel：010-6275 1234 转 801
QQ：1234567
"""
STUTTGART = """\
On Mon, 3 Mar 2026, Bob Stone <bob@stone.example> wrote:
Mit freundlichen Grüßen
i.A. Petra Schmidt
Müller & Söhne KG
T +49 711 123456-0 | F +49 711 123456-99
petra.schmidt@mueller-soehne.example
"""


def pasted(folder: Path, text: str | bytes) -> list[dict[str, object]]:
    path = keep_pasted(text if isinstance(text, bytes) else text.encode(), folder)
    plan = read_plan(path, ReadOptions(region="CN"))
    return [row.values for row in lead_rows(plan) if isinstance(row, CleanRow)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            ENGLISH,
            {
                "contact": "Jane Smith",
                "title": "Senior Purchasing Manager",
                "company": "Kestrel Foods Ltd.",
                "phone": "+442079460958",
                "mobile": "+447700900123",
                "email": "jane.smith@kestrel.example",
                "website": "www.kestrel.example",
                "address": "12 High Street, London EC1A 1BB",
            },
        ),
        (
            CHINESE,
            {
                "contact": "王芳",
                "title": "采购总监",
                "company": "上海启明科技有限公司",
                "mobile": "+8613812345678",
                "wechat": "fangw",
                "email": "wang@qiming.example",
                "address": "上海市浦东新区世纪大道100号",
            },
        ),
        (
            ONE_LINE,
            {
                "contact": "Li Wei",
                "title": "CTO",
                "company": "Nova Robotics",
                "website": "https://nova.example",
            },
        ),
        (LABELLED, {"contact": "李伟", "company": "北京大学", "phone": "+861062751234"}),
        (GERMAN, {"contact": "Max von Müller", "title": "Geschäftsführer", "company": "Halden Optics GmbH"}),
        ("please call Mr. Okafor at 0803 123 4567", {"phone": "0803 123 4567", "contact": "0803 123 4567"}),
        (
            MACHINERY,
            {
                "contact": "李 伟",
                "company": "Beijing Huaxia Machinery Co., Ltd.",
                "phone": "+861062751234 x801",
                "mobile": "+8613812345678",
            },
        ),
        (
            STUTTGART,
            {
                "contact": "Petra Schmidt",
                "company": "Müller & Söhne KG",
                "phone": "+497111234560",
                "other_phones": None,
            },
        ),
        ("ann lee\nann.lee@a.example", {"contact": "ann lee", "email": "ann.lee@a.example"}),
        ("Ana\nBuyer at Nova\n+34 600 123 456", {"title": "Buyer", "company": "Nova"}),
        ("Ann\nann@kestrelfoods.example\nKestrel Foods", {"email": "ann@kestrelfoods.example"}),
    ],
)
def test_a_signature_is_one_lead(tmp_path: Path, text: str, expected: dict[str, str]) -> None:
    (lead,) = pasted(tmp_path, text)
    assert {name: lead.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "name", "company"),
    [
        ("Nova Robotics\nLi Wei, CTO\nli@nova.example", "Li Wei", "Nova Robotics"),
        ("Nova Robotics\nAnn Lee\nalee@nova.example", "Ann Lee", "Nova Robotics"),
        ("Ann Lee\nNova Robotics\ninfo@nova.example", "Ann Lee", "Nova Robotics"),
        ("Jonas Weber\nMunich Office\njonas@weber.example", "Jonas Weber", None),
    ],
)
def test_a_mail_address_tells_the_person_from_the_company(text: str, name: str, company: str | None) -> None:
    found = read_signature(text)
    assert (found["Name"], found.get("Company")) == (name, company)


def test_what_nobody_understands_is_a_note() -> None:
    found = read_signature(ENGLISH)
    assert found["Fax"] == "+44 20 7946 0959"
    assert "Looking forward to it" in found["Notes"]
    assert "iPhone" not in str(found)


@pytest.mark.parametrize(
    "text",
    [
        "Name,Email\nAnn,ann@a.example",
        "Company\tPhone\nNova\t13812345678",
        "only words",
        "",
        "a@b.example\n" * 40,
    ],
)
def test_tables_are_no_signatures(text: str) -> None:
    assert not is_signature(text)


def test_a_block_of_cells_with_a_header(tmp_path: Path) -> None:
    text = "公司\t联系人\t手机\n启明\t王芳\t13812345678\nNova\tLi Wei\t13812345679\n"
    assert [lead["company"] for lead in pasted(tmp_path, text)] == ["启明", "Nova"]


def test_a_block_of_cells_without_a_header(tmp_path: Path) -> None:
    text = "Nova\tLi Wei\t13812345678\tli@nova.example\nKestrel\tAnn\t138 1234 5679\tann@a.example\n"
    leads = pasted(tmp_path, text)
    assert [(lead["phone"], lead["email"]) for lead in leads] == [
        ("+8613812345678", "li@nova.example"),
        ("+8613812345679", "ann@a.example"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nTEL:13812345678\nEND:VCARD\n",
        '{"name": "Ann Lee", "phone": "13812345678"}',
        '[{"name": "Ann Lee", "phone": "13812345678"}]',
    ],
)
def test_cards_and_json_are_what_they_are(tmp_path: Path, text: str) -> None:
    (lead,) = pasted(tmp_path, text)
    assert (lead["contact"], lead["phone"]) == ("Ann Lee", "+8613812345678")


def test_other_encodings_are_read_as_files(tmp_path: Path) -> None:
    (lead,) = pasted(
        tmp_path, "公司名称,联系人,邮箱\n上海启明科技有限公司,王芳,w@q.example\n".encode("gb18030")
    )
    assert lead["company"] == "上海启明科技有限公司"


def test_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(LeadTUIError, match="no text"):
        keep_pasted(b" \n", tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "王芳 2026/11/2 10:00\n你好，我是上海启明科技的王芳，电话13812345678",
            {"contact": "王芳", "phone": "+8613812345678"},
        ),
        (
            "张伟 13812345678 上海启明科技 采购经理",
            {"contact": "张伟", "company": "上海启明科技", "title": "采购经理", "phone": "+8613812345678"},
        ),
        ("李雷：13912345678\n微信同号，杭州博雅商贸有限公司", {"contact": "李雷", "phone": "+8613912345678"}),
        ("Ann Smith\n02.11.2026\n+44 20 7946 0958", {"contact": "Ann Smith", "phone": "+442079460958"}),
    ],
)
def test_messages_as_they_are_copied_from_a_chat(tmp_path: Path, text: str, expected: dict[str, str]) -> None:
    (lead,) = pasted(tmp_path, text)
    assert {name: lead.get(name) for name in expected} == expected


def test_notes_with_and_without_a_label_are_both_kept() -> None:
    person = read_signature("Ann Smith\nann@nova.example\nNotes: call after 5\nsomething else")
    assert person["Notes"] == "call after 5\nsomething else"


def test_columns_that_spaces_keep_apart(tmp_path: Path) -> None:
    found = pasted(
        tmp_path, "Company      Contact   Phone\nNova Ltd     Li Wei    13812345678\nKes  Ana  13912345678\n"
    )
    assert [(lead["company"], lead["contact"]) for lead in found] == [("Nova Ltd", "Li Wei"), ("Kes", "Ana")]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("王芳 13812345678\n李强 13912345678\n", ["王芳", "李强"]),
        (
            'Li Wei <li@nova.example>, Ana Ruiz <ana@kes.example>; "Smith, Bob" <bob@hal.example>',
            ["Li Wei", "Ana Ruiz", "Smith, Bob"],
        ),
        ("1. Li Wei - li@nova.example\n2. Ana Ruiz - ana@kes.example", ["Li Wei", "Ana Ruiz"]),
        ("Ann Smith, +44 7700 900123\nann@nova.example", ["Ann Smith"]),
    ],
)
def test_a_list_of_people_is_each_of_them(tmp_path: Path, text: str, people: list[str]) -> None:
    assert [lead["contact"] for lead in pasted(tmp_path, text)] == people


def test_a_line_may_be_anything_long() -> None:
    """Looking for a street in one once took minutes."""
    assert not is_signature("li@nova.example 1 " * 5_000)
