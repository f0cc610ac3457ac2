from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.capture.clean.amounts import Money, amount
from leadtui.capture.clean.dates import DateProblem, moment, order_of
from leadtui.capture.clean.mails import mails
from leadtui.capture.clean.phones import Phones, lost_digits
from leadtui.capture.clean.text import block, line, tag_names, whole
from leadtui.capture.rows.codes import source_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA, AMERICA, FRANCE = Phones("CN"), Phones("US"), Phones("FR")


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("13812345678", ["+8613812345678"]),
        ("138 1234 5678", ["+8613812345678"]),
        ("１３８１２３４５６７８", ["+8613812345678"]),
        ("13000000000.0", ["+8613000000000"]),
        ("1.3000000000E+10", ["+8613000000000"]),
        ("1.38123456780e+10", ["+8613812345678"]),
        ("'+86 13812345678", ["+8613812345678"]),
        ("p:+8613812345678", ["+8613812345678"]),
        ("8613812345678", ["+8613812345678"]),
        ("008613812345678", ["+8613812345678"]),
        ("010-62345678", ["+861062345678"]),
        ("0755-8888 8888 转 801", ["+8675588888888 x801"]),
        ("400-820-8820", ["+864008208820"]),
        ("13812345678/13912345678", ["+8613812345678", "+8613912345678"]),
        ("13812345678、010-62345678", ["+8613812345678", "+861062345678"]),
        ("13812345678 13912345678", ["+8613812345678", "+8613912345678"]),
        ("13812345678\n13812345678", ["+8613812345678"]),
        ("+44 7700 900123 ::: +49 (0)170 1234567", ["+447700900123", "+491701234567"]),
        ("+1 (555) 123-4567 x123", ["+15551234567 x123"]),
        ("+1 415 555 2671 ext. 42", ["+14155552671 x42"]),
        ("06 12 34 56 78", ["06 12 34 56 78"]),
        ("9876543210", ["9876543210"]),
        ("310/246-1501", ["310/246-1501"]),
        ("555-0101", ["555-0101"]),
    ],
)
def test_phones_in_a_chinese_file(cell: str, numbers: list[str]) -> None:
    assert CHINA(cell) == (tuple(numbers), "")


def test_the_region_of_the_file_decides() -> None:
    assert FRANCE("06 12 34 56 78") == (("+33612345678",), "")
    assert AMERICA("(415) 555-2671") == (("+14155552671",), "")
    assert AMERICA("415-555-2671;555-0100") == (("+14155552671", "555-0100"), "")


@pytest.mark.parametrize("cell", ["not-a-phone", "12345", "1-800-FLOWERS", "x", "12345678901234567890"])
def test_what_is_no_phone_is_kept_as_text(cell: str) -> None:
    assert CHINA(cell) == ((), cell)


@pytest.mark.parametrize("cell", ["", "  ", "N/A", "-", "无", "None"])
def test_no_phone_is_no_problem(cell: str) -> None:
    assert CHINA(cell) == ((), "")


@given(st.text(max_size=40), st.sampled_from([CHINA, AMERICA, FRANCE]))
def test_no_cell_breaks_the_phones(cell: str, phones: Phones) -> None:
    for number in phones(cell)[0]:
        digits = number.partition(" x")[0]
        assert 7 <= sum(sign.isdigit() for sign in digits) <= 15
        assert phones(number)[0] == (number,)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Ana@Nova.Example", (("ana@nova.example",), "")),
        ("a@b.example ::: c@d.example", (("a@b.example", "c@d.example"), "")),
        ("a@b.example; A@b.example", (("a@b.example",), "")),
        ("Ana <a@b.example>", (("a@b.example",), "")),
        ("mailto:a@b.example", (("a@b.example",), "")),
        ("o'neil@b.example", (("o'neil@b.example",), "")),
        ("王@公司.中国", (("王@公司.中国",), "")),
        ("invalid-email", ((), "invalid-email")),
        ("a@b", ((), "a@b")),
        ("a@b.example, c@", (("a@b.example",), "c@")),
        ("N/A", ((), "")),
    ],
)
def test_mails(cell: str, expected: tuple[tuple[str, ...], str]) -> None:
    assert mails(cell) == expected


@given(st.text(max_size=60))
def test_no_cell_breaks_the_mails(cell: str) -> None:
    for found in mails(cell)[0]:
        assert "@" in found
        assert not any(sign.isspace() for sign in found)


@pytest.mark.parametrize(
    ("cell", "low", "high", "currency"),
    [
        ("50-80万", 50_000_000, 80_000_000, "CNY"),
        ("50万-1亿", 50_000_000, 10_000_000_000, "CNY"),
        ("$22,700.00", 2_270_000, 2_270_000, "USD"),
        ("1.000.000,50", 100_000_050, 100_000_050, "CNY"),
        ("¥1.5亿", 15_000_000_000, 15_000_000_000, "CNY"),
        ("￥50万元", 50_000_000, 50_000_000, "CNY"),
        ("10万以内", None, 10_000_000, "CNY"),
        ("≥100万", 100_000_000, None, "CNY"),
        ("100k+", 10_000_000, None, "CNY"),
        ("up to 5k", None, 500_000, "CNY"),
        ("约30万", 30_000_000, 30_000_000, "CNY"),
        ("500k", 50_000_000, 50_000_000, "CNY"),
        ("1.2 Cr", 1_200_000_000, 1_200_000_000, "INR"),
        ("85 L", 850_000_000, 850_000_000, "INR"),
        ("1,234", 123_400, 123_400, "CNY"),
        ("1.234", 123_400, 123_400, "CNY"),
        ("0.500", 50, 50, "CNY"),
        ("1,00,000", 10_000_000, 10_000_000, "CNY"),
        ("22 700,00 €", 2_270_000, 2_270_000, "EUR"),
        ("1'000'000 CHF", 100_000_000, 100_000_000, "CHF"),
        ("500000.0", 50_000_000, 50_000_000, "CNY"),
        ("JPY 1,000,000", 1_000_000, 1_000_000, "JPY"),
    ],
)
def test_amounts(cell: str, low: int | None, high: int | None, currency: str) -> None:
    assert amount(cell, "CNY") == Money(low, high, currency)


def test_a_dollar_is_the_file_s_own_dollar() -> None:
    assert amount("$100", "AUD") == Money(10_000, 10_000, "AUD")
    assert amount("¥100", "JPY") == Money(100, 100, "JPY")


@pytest.mark.parametrize("cell", ["", "-5", "soon", "1.2.3", "9" * 60, "--", "万", "1-2-3"])
def test_what_is_no_amount(cell: str) -> None:
    assert amount(cell, "CNY") is None


@given(st.text(alphabet="0123456789.,-~万亿k¥$€ '以内内上+", max_size=20))
def test_no_cell_breaks_the_amounts(cell: str) -> None:
    found = amount(cell, "CNY")
    if found is not None:
        assert found.low is None or found.high is None or 0 <= found.low <= found.high


@given(st.integers(0, 10**12))
def test_written_amounts_are_read_exactly(minor: int) -> None:
    for written in (f"{minor // 100:,}.{minor % 100:02d}", f"{minor // 100}.{minor % 100:02d}"):
        assert amount(written, "CNY") == Money(minor, minor, "CNY")


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> int:
    return int(datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI).timestamp() * 1000)


@pytest.mark.parametrize(
    ("cell", "at", "all_day"),
    [
        ("2024-01-15", local(2024, 1, 15), True),
        ("2024/1/5 8:05", local(2024, 1, 5, 8, 5), False),
        ("2024-01-20T14:30:00Z", local(2024, 1, 20, 22, 30), False),
        ("2024-07-11T21:22:06.000+0000", local(2024, 7, 12, 5, 22, 6), False),
        ("2010-10-14T12:00:00.000Z-0300", local(2010, 10, 14, 20), False),
        ("15 Apr, 2021 00:03:00", local(2021, 4, 15, 0, 3), False),
        ("14 May 2026", local(2026, 5, 14), True),
        ("Mar 20 2024", local(2024, 3, 20), True),
        ("January 5th, 2026", local(2026, 1, 5), True),
        ("15-Jan-24", local(2024, 1, 15), True),
        ("5. März 2024", local(2024, 3, 5), True),
        ("20.03.2024", local(2024, 3, 20), True),
        ("03/15/2024 9:12 AM", local(2024, 3, 15, 9, 12), False),
        ("03/16/2024 2:30 PM", local(2024, 3, 16, 14, 30), False),
        ("15/03/2024 12:00 am", local(2024, 3, 15), False),
        ("2026年3月5日", local(2026, 3, 5), True),
        ("2026年3月5日 下午2:30", local(2026, 3, 5, 14, 30), False),
        ("2026年3月5日14时30分", local(2026, 3, 5, 14, 30), False),
        ("45631.0", local(2024, 12, 5), True),
        ("43831.0423726852", local(2020, 1, 1, 1, 1, 1), False),
        ("1720732926", 1_720_732_926_000, False),
        ("1720732926123", 1_720_732_926_123, False),
        ("20240115", local(2024, 1, 15), True),
    ],
)
def test_dates(cell: str, at: int, all_day: bool) -> None:
    assert moment(cell, SHANGHAI, day_first=True) == (at, all_day)


def test_the_order_of_day_and_month_is_given_where_it_is_open() -> None:
    assert moment("03/04/2026", SHANGHAI, day_first=True).at == local(2026, 4, 3)
    assert moment("03/04/2026", SHANGHAI, day_first=False).at == local(2026, 3, 4)
    assert [
        order_of(cell) for cell in ("13/04/2026", "04/13/2026", "03/04/2026", "04/04/2026", "2026-04-03")
    ] == [
        "day",
        "month",
        "either",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("2023-02-30", "there is no such day"),
        ("31/31/2023", "there is no such day"),
        ("20240230", "there is no such day"),
        ("2024-01-20 25:61", "there is no such time"),
        ("soon", "it is no date that can be read"),
        ("0001-01-01", "it is no date that can be read"),
        ("99999", "it is no date that can be read"),
    ],
)
def test_wrong_dates_are_told(cell: str, why: str) -> None:
    with pytest.raises(DateProblem, match=why):
        moment(cell, SHANGHAI, day_first=True)


@given(
    st.text(alphabet="0123456789/-.: TZ年月日aApPmM+jJanN", max_size=24) | st.text(max_size=30), st.booleans()
)
def test_no_cell_breaks_the_dates(cell: str, day_first: bool) -> None:
    try:
        found = moment(cell, SHANGHAI, day_first)
    except DateProblem as problem:
        assert str(problem)
    else:
        assert 1899 <= datetime.fromtimestamp(found.at / 1000, UTC).year <= 2201


@given(st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1)))
def test_written_dates_are_read_exactly(when: datetime) -> None:
    when = when.replace(microsecond=0)
    at = local(*when.timetuple()[:6])
    for pattern in ("%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%d %b %Y %H:%M:%S", "%Y年%m月%d日 %H:%M:%S"):
        assert moment(when.strftime(pattern), SHANGHAI, day_first=True) == (at, False)


def test_texts_are_trimmed_and_blanks_are_blank() -> None:
    assert line("  Ana \n  Ortiz\t ") == "Ana Ortiz"
    assert block("  one \r\ntwo  ") == "one\ntwo"
    assert [line(cell) for cell in ("N/A", "None", " - ", "无", "null", "\u3000")] == [""] * 6
    assert whole("11112222.0") == "11112222"
    assert whole("00123") == "00123"


def test_formulas_stay_text_and_their_guard_comes_off() -> None:
    assert line("=SUM(A1:A10)") == "=SUM(A1:A10)"
    assert [line(cell) for cell in ("'=1+1", "'+1", "'-100", "'@SUM(A1)")] == [
        "=1+1",
        "+1",
        "-100",
        "@SUM(A1)",
    ]
    assert line("'quoted'") == "'quoted'"


def test_tags_are_parted() -> None:
    assert tag_names("expo, vip; 展会、vip") == ("expo", "vip", "展会")
    assert tag_names("* myContacts ::: * friends") == ("myContacts", "friends")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Trade Show", ("expo", "Trade Show")),
        ("website", ("website", "")),
        ("官网-产品咨询", ("website", "产品咨询")),
        ("展会-2023年行业展", ("expo", "2023年行业展")),
        ("老乡会-上海", ("老乡会", "上海")),
        ("Purchased List", ("Purchased List", "")),
        ("word-of-mouth", ("referral", "word-of-mouth")),
        ("", ("", "")),
    ],
)
def test_sources_are_channel_and_detail(text: str, found: tuple[str, str]) -> None:
    assert source_of(text) == found


@pytest.mark.parametrize("cell", ["1.38E+10", "'1.3E+10", "1.3812345E10", "8.6138E+12"])
def test_a_number_that_a_spreadsheet_rounded_is_none(cell: str) -> None:
    assert CHINA(cell) == ((), cell)
    assert lost_digits(cell)
