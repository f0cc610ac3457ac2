"""Dates as people type them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leadtui.followup.describe import describe_due, format_when
from leadtui.followup.when import WhenError, find_when, parse_when

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    SHANGHAI,
    BERLIN,
    ZoneInfo("America/New_York"),
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Asia/Kolkata"),
]


def moment(text: str, zone: ZoneInfo = SHANGHAI) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC).timestamp() * 1000)


NOW = moment("2026-11-18T10:42:30")  # a Wednesday


def read(text: str, *, now: int = NOW, zone: ZoneInfo = SHANGHAI, day_first: bool = False) -> str:
    when = parse_when(text, now, zone, day_first=day_first)
    return format_when(when.at_ms, when.all_day, zone)


GOLDEN = """
+2d=2026-11-20
2d=2026-11-20
+ 2 days=2026-11-20
+1w=2026-11-25
in 2 days=2026-11-20
in a week=2026-11-25
in two weeks=2026-12-02
three days=2026-11-21
in a fortnight=2026-12-02
two months ago=2026-09-18
2 weeks from now=2026-12-02
+1mo=2026-12-18
3 days ago=2026-11-15
-1d=2026-11-17
+2d 14:00=2026-11-20 14:00
+3h=2026-11-18 13:42
3h=2026-11-18 13:42
+90m=2026-11-18 12:12
1h30m=2026-11-18 12:12
1.5h=2026-11-18 12:12
in an hour=2026-11-18 11:42
in two hours=2026-11-18 12:42
five minutes=2026-11-18 10:47
half an hour=2026-11-18 11:12
20 minutes ago=2026-11-18 10:22
now=2026-11-18 10:42
today=2026-11-18
today 8=2026-11-18 08:00
eod=2026-11-18
tomorrow=2026-11-19
tmr=2026-11-19
tomorrow 9=2026-11-19 09:00
tomorrow at 9=2026-11-19 09:00
Tomorrow, 9AM=2026-11-19 09:00
tom 14:30=2026-11-19 14:30
tomorrow morning=2026-11-19 09:00
tomorrow afternoon 3=2026-11-19 15:00
tomorrow at noon=2026-11-19 12:00
fri at midnight=2026-11-21 00:00
tomorrow 9.30=2026-11-19 09:30
14:00 tomorrow=2026-11-19 14:00
day after tomorrow 9=2026-11-20 09:00
yesterday 15:00=2026-11-17 15:00
tonight=2026-11-18 20:00
tonight 8=2026-11-18 20:00
this evening=2026-11-18 18:00
fri=2026-11-20
on friday=2026-11-20
wed=2026-11-25
this wed=2026-11-18
last fri=2026-11-13
fri 10=2026-11-20 10:00
mon 9=2026-11-23 09:00
fri 3=2026-11-20 15:00
fri 03:00=2026-11-20 03:00
fri 3 am=2026-11-20 03:00
fri 15h=2026-11-20 15:00
next fri 10am=2026-11-27 10:00
fri next week=2026-11-27
next week fri=2026-11-27
next week=2026-11-23
10am fri=2026-11-20 10:00
fri 12am=2026-11-20 00:00
fri 12pm=2026-11-20 12:00
fri 24:00=2026-11-21 00:00
eow=2026-11-20
end of the week=2026-11-20
end of next week=2026-11-27
end of next month=2026-12-31
next weekend=2026-11-28
eom=2026-11-30
weekend=2026-11-21
next month=2026-12-01
18=2026-11-18
15=2026-12-15
31=2026-12-31
15th 14:00=2026-12-15 14:00
the 3rd=2026-12-03
3 dec=2026-12-03
dec 3=2026-12-03
3rd of December=2026-12-03
3 dec 14:00=2026-12-03 14:00
3 dec 9=2026-12-03 09:00
dec 3, 2pm=2026-12-03 14:00
3 dec 2027=2027-12-03
fri 4 dec=2026-12-04
Fri., 4 Dec 2026=2026-12-04
friday the 4th of december, at 9=2026-12-04 09:00
fri 12/4 10:00=2026-12-04 10:00
3pm fri 4 dec=2026-12-04 15:00
4 dec (fri) 15:00=2026-12-04 15:00
2026-12-04 fri=2026-12-04
12月4日周五=2026-12-04
12月4日（星期五）上午10点=2026-12-04 10:00
周五12月4日=2026-12-04
3-dec-2027=2027-12-03
3 nov=2027-11-03
29 feb=2028-02-29
3.12.=2026-12-03
3.12=2026-12-03
3.12.2027=2027-12-03
3.12.27 14=2027-12-03 14:00
2026-12-03=2026-12-03
2026-12-03 14:00=2026-12-03 14:00
2026-12-03T09:30=2026-12-03 09:30
2026/12/3=2026-12-03
20261203=2026-12-03
2020-01-02=2020-01-02
12/3=2026-12-03
25/12=2026-12-25
12/3/2027=2027-12-03
12-3=2026-12-03
noon=2026-11-18 12:00
midnight=2026-11-19 00:00
9:30=2026-11-19 09:30
14:30=2026-11-18 14:30
9am=2026-11-19 09:00
9.30am=2026-11-19 09:30
at 11=2026-11-18 11:00
9 in the morning=2026-11-19 09:00
4:15 pm=2026-11-18 16:15
今天=2026-11-18
明天=2026-11-19
明日=2026-11-19
后天=2026-11-20
後天=2026-11-20
大后天=2026-11-21
昨天下午3点=2026-11-17 15:00
下周三10点=2026-11-25 10:00
下週三10點=2026-11-25 10:00
下周三 10:30=2026-11-25 10:30
周五=2026-11-20
周三=2026-11-25
本周三=2026-11-18
本周五=2026-11-20
上周五=2026-11-13
星期一=2026-11-23
下星期天晚上7点=2026-11-29 19:00
下个星期二=2026-11-24
礼拜天=2026-11-22
周末=2026-11-21
下下周一=2026-11-30
下周=2026-11-23
明天下午3点=2026-11-19 15:00
明天的3点=2026-11-19 15:00
明早9点=2026-11-19 09:00
明早=2026-11-19 09:00
明晚=2026-11-19 20:00
今晚8点半=2026-11-18 20:30
今晚=2026-11-18 20:00
后天早上6点=2026-11-20 06:00
中午=2026-11-18 12:00
明天中午1点=2026-11-19 13:00
凌晨2点=2026-11-19 02:00
晚上12点=2026-11-19 00:00
零点=2026-11-19 00:00
3天后=2026-11-21
三天之后=2026-11-21
三天前=2026-11-15
两周后=2026-12-02
半个月后=2026-12-03
三个月后=2027-02-18
半年后=2027-05-18
3天后下午3点=2026-11-21 15:00
一小时后=2026-11-18 11:42
两个小时后=2026-11-18 12:42
一个半小时后=2026-11-18 12:12
半小时后=2026-11-18 11:12
二十分钟后=2026-11-18 11:02
一刻钟后=2026-11-18 10:57
12月3日=2026-12-03
12月3号14点=2026-12-03 14:00
十二月三号=2026-12-03
十二月三十一日下午两点半=2026-12-31 14:30
2027年1月5日=2027-01-05
明年3月1日=2027-03-01
下个月5号=2026-12-05
下月5日10点=2026-12-05 10:00
本月20号=2026-11-20
15号=2026-12-15
二十号上午10点=2026-11-20 10:00
月底=2026-11-30
下个月底=2026-12-31
１２月３日　１４：００=2026-12-03 14:00
３点一刻=2026-11-18 15:15
3点三刻=2026-11-18 15:45
3点零五分=2026-11-18 15:05
十点二十=2026-11-19 10:20
14点30=2026-11-18 14:30
周五前=2026-11-20
within 3 days=2026-11-21
within 2 hours=2026-11-18 12:42
三天内=2026-11-21
过两天=2026-11-20
年底=2026-12-31
年底前=2026-12-31
eoy=2026-12-31
8 tonight=2026-11-18 20:00
next thursday at 3pm=2026-11-26 15:00
大后天上午十点半=2026-11-21 10:30
这周五下午=2026-11-20 14:00
"""
PAIRS = [tuple(line.rsplit("=", 1)) for line in GOLDEN.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_reads(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", " ", "xyz", "+", "in", "0", "32", "30 feb", "31 apr", "2026-13-01", "25:00", "9:60", "15 14",
     "13 am", "2999-01-01", "+9999y", "fri 25", "fri 10 call", "12月", "13月3日", "周八", "3点意见", "后",
     "२", "²", "\ud800"],
)  # fmt: skip
def test_refuses_kindly(text: str) -> None:
    with pytest.raises(WhenError) as error:
        parse_when(text, NOW, SHANGHAI)
    assert str(error.value).endswith(".")
    assert "下周三10点" in str(error.value)


@pytest.mark.parametrize("text", ["fri 5 dec", "周五12月5日", "friday, the 5th", "sun 2026-12-05 10:00"])
def test_a_weekday_that_is_not_the_dates_own_is_named(text: str) -> None:
    with pytest.raises(WhenError, match=r"would be Sat 5 Dec 2026: mend one of the two\."):
        parse_when(text, NOW, SHANGHAI)


def test_a_long_text_is_not_repeated_whole() -> None:
    with pytest.raises(WhenError, match=f"“soon or {'x' * 31}…”"):
        parse_when("soon\nor\t" + "x" * 10_000, NOW, SHANGHAI)


def test_day_first_settles_figures() -> None:
    assert read("12/3", day_first=True) == "2027-03-12"
    assert read("3/12", day_first=True) == "2026-12-03"
    assert read("12/25", day_first=True) == "2026-12-25"


def test_a_bare_time_rolls_on_once_it_is_past() -> None:
    assert read("10:42", now=moment("2026-11-18T10:41:59")) == "2026-11-18 10:42"
    assert read("10:42", now=moment("2026-11-18T10:42:00")) == "2026-11-19 10:42"


def test_words_for_weeks_at_the_turn_of_the_week() -> None:
    sunday = moment("2026-11-22T20:00:00")
    assert read("fri", now=sunday) == "2026-11-27"
    assert read("next mon", now=sunday) == "2026-11-23"
    assert read("本周五", now=sunday) == "2026-11-20"
    assert read("周日", now=sunday) == "2026-11-29"
    assert read("eow", now=sunday) == "2026-11-27"
    assert read("eow", now=moment("2026-11-20T08:00:00")) == "2026-11-20"


def test_months_that_are_shorter() -> None:
    last = moment("2027-01-31T09:00:00")
    assert read("+1mo", now=last) == "2027-02-28"
    assert read("31", now=moment("2027-02-01T09:00:00")) == "2027-03-31"
    assert read("月底", now=moment("2028-02-03T09:00:00")) == "2028-02-29"


def test_an_hour_that_the_clock_skips_comes_after_the_gap() -> None:
    now = moment("2027-03-27T12:00:00", BERLIN)
    assert read("tomorrow 02:30", now=now, zone=BERLIN) == "2027-03-28 03:30"
    assert read("tomorrow 03:30", now=now, zone=BERLIN) == "2027-03-28 03:30"


def test_an_hour_that_comes_twice_is_the_first() -> None:
    when = parse_when("tomorrow 02:30", moment("2026-10-24T12:00:00", BERLIN), BERLIN)
    assert datetime.fromtimestamp(when.at_ms / 1000, UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_hours_ahead_are_real_hours_over_a_change_of_the_clock() -> None:
    now = moment("2027-03-28T01:30:00", BERLIN)
    assert parse_when("+2h", now, BERLIN).at_ms == now + 2 * 3_600_000


def test_a_day_without_midnight_starts_when_it_starts() -> None:
    beirut = ZoneInfo("Asia/Beirut")
    when = parse_when("2022-03-27", moment("2022-03-20T12:00:00", beirut), beirut)
    assert when.all_day
    assert datetime.fromtimestamp(when.at_ms / 1000, beirut).isoformat() == "2022-03-27T01:00:00+03:00"


moments = st.integers(moment("2000-01-01T00:00:00"), moment("2090-01-01T00:00:00"))
PIECES = """+ - 2 15 31 d w h m mo 周 下 三 天 后 前 月 号 日 点 半 刻 今 明 早 晚 下午 fri next tom dec 3 :
. / 14:30 am pm at in a 2026 noon 十 二 百 个 小时 年 ０ ９ ： 零 #"""
pieces = st.sampled_from([" ", *PIECES.split()])


@given(st.one_of(st.text(), st.lists(pieces, max_size=8).map("".join)), moments, st.sampled_from(ZONES))
@example("9999年12月31日", NOW, SHANGHAI)
@example("一百百百百后", NOW, SHANGHAI)
@example("9" * 500, NOW, SHANGHAI)
def test_any_text_is_a_date_or_a_when_error(text: str, now: int, zone: ZoneInfo) -> None:
    try:
        when = parse_when(text, now, zone)
    except WhenError:
        pass
    else:
        local = datetime.fromtimestamp(when.at_ms / 1000, zone)
        assert not when.all_day or (local - timedelta(hours=2)).date() < local.date()
    found = find_when(text, now, zone)
    assert found is None or 0 <= found.start < found.end <= len(text)


@given(moments, st.integers(-10_000, 10_000), st.integers(0, 1439), st.booleans(), st.sampled_from(ZONES))
def test_what_a_field_shows_is_read_back(
    now: int, days: int, minute: int, all_day: bool, zone: ZoneInfo
) -> None:
    day = datetime.fromtimestamp(now / 1000, zone).date() + timedelta(days=days)
    local = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=0 if all_day else minute)
    at = int(local.astimezone(UTC).timestamp() * 1000)
    when = parse_when(format_when(at, all_day, zone), now, zone)
    assert (when.at_ms, when.all_day) == (at, all_day)


@given(moments, st.integers(1, 9000), st.booleans(), st.sampled_from(ZONES))
def test_what_the_list_shows_means_the_same_typed(
    now: int, minutes: int, all_day: bool, zone: ZoneInfo
) -> None:
    local = datetime.fromtimestamp((now // 60_000 + minutes) * 60, zone).replace(fold=0)
    day = local.replace(hour=0, minute=0) if all_day else local
    due = int(day.astimezone(UTC).timestamp() * 1000)
    if due <= now and not all_day:
        return
    shown = describe_due(due, all_day, now, zone)
    when = parse_when(shown, now, zone)
    if all_day or (day.date() - datetime.fromtimestamp(now / 1000, zone).date()).days <= 6:
        assert (when.at_ms, when.all_day) == (due, all_day)
    else:
        assert when.all_day
        assert datetime.fromtimestamp(when.at_ms / 1000, zone).date() == day.date()


def test_the_zone_of_the_machine_does_not_matter() -> None:
    code = (
        "from zoneinfo import ZoneInfo; from leadtui.followup.when import parse_when;"
        f"print([parse_when(t, {NOW}, ZoneInfo('Asia/Shanghai')).at_ms"
        " for t in ('fri 10', '9:30', '+2d', '下周三10点', 'eom')])"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "TZ": name, "PYTHONUTF8": "1"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for name in ("UTC", "America/Los_Angeles", "Pacific/Kiritimati")
    }
    assert len(answers) == 1
