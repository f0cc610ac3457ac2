"""Dates found among the other words of a line."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from leadtui.followup.when import find_when

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = int(datetime(2026, 11, 18, 10, 42, 30, tzinfo=SHANGHAI).astimezone(UTC).timestamp() * 1000)

FOUND = """
send quote fri 10=fri 10
下周三10点 演示=下周三10点
演示 下周三10点=下周三10点
下周三10点演示=下周三10点
联系王总 明天 带样品=明天
demo fri 10 with boss=fri 10
fri 4 dec send quote=fri 4 dec
send quote fri, 4 dec 10:00=fri, 4 dec 10:00
send quote thu 4 dec=4 dec
call tomorrow at noon=tomorrow at noon
in two weeks call again=in two weeks
4 dec, mon call=4 dec
call back by fri=by fri
call at 9=at 9
call tom=tom
call +2d=+2d
+2d call=+2d
周五前发报价=周五前
send 12/3=12/3
fri=fri
15=15
call Tom=
call Mr Sun=
send 3 quotes=
call 15=
整理3点意见=
送3号楼样品=
buy 3m cable=
send v3.12=
may report=
monday.com=
联系=
"""


@pytest.mark.parametrize(("text", "expected"), [line.split("=") for line in FOUND.strip().splitlines()])
def test_finds_the_date_among_other_words(text: str, expected: str) -> None:
    found = find_when(text, NOW, SHANGHAI)
    assert (text[found.start : found.end] if found else "") == expected
