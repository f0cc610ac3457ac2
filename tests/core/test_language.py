"""Which language is spoken, and whether what it says is short enough and can be typed back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli_run import Run
from rich.cells import cell_len

from leadtui import i18n
from leadtui.capture.clean.amounts import amount
from leadtui.clock import to_milliseconds
from leadtui.followup.describe import describe_due, describe_exact, describe_past
from leadtui.followup.filters import parse_filter
from leadtui.followup.oneline import parse_line
from leadtui.followup.when import parse_when
from leadtui.i18n import gettext, ngettext, use_language
from leadtui.labels import label, labels

MINUTE, DAY = 60_000, 86_400_000
WIDEST_TIME = 12
"""Columns of the list, and of the detail's timeline, for a moment."""
LONGEST_LABEL = 16
"""Columns for the name of a field in a form."""


@pytest.fixture
def chinese() -> Iterator[None]:
    use_language("zh_CN")
    yield
    use_language("en")


@pytest.mark.parametrize(
    "language",
    ["zh_CN", "zh-CN", "zh_CN.UTF-8", "zh", "zh_SG", "zh-Hans", "zh_Hans_CN.UTF-8", "zh_CN@pinyin"],
)
def test_simplified_chinese_is_known_by_its_names(language: str, chinese: None) -> None:
    use_language(language)
    assert gettext("Overdue") == "逾期"
    assert i18n.current_language() == "zh_CN"


@pytest.mark.parametrize(
    "language", ["en", "en_GB.UTF-8", "C", "POSIX", "xx", "zh_TW", "../..", "zh\0CN", "."]
)
def test_without_a_catalogue_it_is_english(language: str, chinese: None) -> None:
    use_language(language)
    assert gettext("Overdue") == "Overdue"
    assert i18n.current_language() == "en"
    assert ngettext("{count} lead", "{count} leads", 2) == "{count} leads"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "逾期"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "逾期"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.UTF-8"}, "逾期"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "Overdue"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, "Overdue"),
    ],
)
def test_the_system_s_language_is_asked_in_order(
    environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch, chinese: None
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    use_language()
    assert gettext("Overdue") == expected


def test_a_language_serves_its_regions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chinese: None
) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    chinese_catalogue = i18n._FOLDER / "zh_CN" / "LC_MESSAGES" / "leadtui.mo"
    (folder / "leadtui.mo").write_bytes(chinese_catalogue.read_bytes())
    monkeypatch.setattr(i18n, "_FOLDER", tmp_path)
    use_language("de_AT.UTF-8")
    assert gettext("Overdue") == "逾期"


def test_the_settings_speak_before_the_system(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chinese: None
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert run("inbox").out == "这里没有线索。\n"
    assert "需要一个值" in run("--db").err
    (tmp_path / "config.toml").write_text('[look]\nlanguage = "en"\n')
    assert run("inbox").out == "No leads here.\n"


def test_a_language_that_nobody_speaks_is_told_with_the_nearest(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[look]\nlanguage = "zh_CH"\n')
    ran = run("inbox")
    assert ran.code == 0
    assert "look.language can't be 'zh_CH'; did you mean zh_CN?" in ran.err
    for language, spoken in (("en_GB", True), ("en", True), ("zh-Hans", True), ("eng", False), ("", False)):
        assert i18n.speaks(language) == spoken


def test_the_settings_are_criticised_in_the_language_they_ask_for(
    run: Run, tmp_path: Path, chinese: None
) -> None:
    (tmp_path / "config.toml").write_text('[look]\nlanguage = "zh_CN"\nbel = true\n')
    assert "没有设置项 look.bel；是不是 bell？" in run("inbox").err


def test_the_parser_of_arguments_speaks_it_too(run: Run, tmp_path: Path, chinese: None) -> None:
    (tmp_path / "config.toml").write_text('[look]\nlanguage = "zh_CN"\n')
    assert run("show").err == "leadtui show：缺少必需的参数：LEAD；用法见 `leadtui show --help`。\n"
    assert run("due", "--help").out.startswith("用法：leadtui due")


def test_choosing_the_language_takes_no_time_that_is_felt() -> None:
    took = []
    for _attempt in range(5):
        i18n._read.cache_clear()
        start = time.perf_counter()
        use_language("zh_CN")
        took.append(time.perf_counter() - start)
    use_language("en")
    assert min(took) < 0.01


@pytest.mark.usefixtures("chinese")
def test_moments_read_as_they_are_said(now: int) -> None:
    assert describe_due(now - 2 * 60 * MINUTE, False, now, UTC) == "逾期2小时"
    assert describe_due(now - 14 * MINUTE, False, now, UTC) == "逾期14分钟"
    assert describe_due(now - 3 * DAY, True, now, UTC) == "逾期3天"
    assert describe_due(now + DAY, False, now, UTC) == "明天 10:42"
    assert describe_due(now, True, now, UTC) == "今天"
    assert describe_due(now + 5 * DAY, False, now, UTC) == "周四 10:42"
    assert describe_due(now + 12 * DAY, True, now, UTC) == "12月3日"
    assert describe_past(now - 368 * DAY, now, UTC) == "25年11月18日"
    assert describe_exact(now + 13 * DAY, False, UTC) == "2026年12月4日 周五 10:42"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("days", [*range(-40, 40), -400, 330, 400])
def test_moments_fit_into_their_columns(days: int, now: int) -> None:
    for minutes in (-999, 0, 999):
        at = now + days * DAY + minutes * MINUTE
        assert cell_len(describe_due(at, False, now, UTC)) <= WIDEST_TIME
        assert cell_len(describe_due(at, True, now, UTC)) <= WIDEST_TIME
        assert cell_len(describe_past(at, now, UTC)) <= WIDEST_TIME


@pytest.mark.usefixtures("chinese")
def test_names_fit_where_they_stand() -> None:
    wide = [name for name in labels("field").values() if cell_len(name) > LONGEST_LABEL]
    assert wide == []
    for name in ("Tier", "Score"):
        assert cell_len(gettext(name)) <= 4
    for name in ("Why", "Next up", "Need", "Notes", "Signals", "Tags", "Source", "Owner", "Due", "Same as?"):
        assert cell_len(gettext(name)) <= 10


@pytest.mark.usefixtures("chinese")
def test_the_documents_words_are_used() -> None:
    """The terms of the requirements and the statuses proposed for them."""
    assert list(labels("status").values()) == (
        "新建 待筛选 待观察 跟进中 培育中 合格 已转换 无效 流失 已回收 已合并".split()
    )
    assert [label("field", name) for name in ("owner", "source_channel", "tier", "company_size")] == (
        "负责人 来源 等级 企业规模".split()
    )
    assert [label("stage", stage) for stage in ("awareness", "interest", "consideration")] == (
        "初步知晓 产生兴趣 深度考虑".split()
    )


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    "source",
    [
        "tomorrow 9, +2d, fri, 3 dec 14:00",
        "+2d, tomorrow 9, 3 dec 14:00, 下周三10点",
        "+2d, 'tomorrow 9', fri, '3 dec 14:00', 下周三10点",
    ],
)
def test_dates_that_are_given_as_examples_can_be_typed(source: str, now: int) -> None:
    examples = gettext(source).split("、")
    assert len(examples) > 3
    assert [example for example in examples if parse_when(example, now, UTC) is None] == []


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    "source",
    ["phone reached, wants demo > fri 10", "phone reached, wants demo > send quote fri 10 #vip"],
)
def test_lines_that_are_given_as_examples_can_be_typed(source: str, now: int) -> None:
    entry = parse_line(gettext(source), now, UTC)
    assert entry.problems == ()
    assert (entry.draft["channel"], entry.draft["result"]) == ("phone", "reached")
    assert entry.draft["next_due"] == to_milliseconds(datetime(2026, 11, 27, 10, tzinfo=UTC))


@pytest.mark.usefixtures("chinese")
def test_channels_results_filters_and_amounts_of_examples_can_be_typed(now: int) -> None:
    channels = "电话、邮件、微信、拜访、会议、演示、报价、样品或备注"
    told = "Begin with the channel: phone, mail, wechat, visit, meeting, demo, quote, sample or note."
    assert channels in gettext(told)
    said = [parse_line(f"{word} 已接通", now, UTC) for word in channels.replace("或", "、").split("、")]
    assert [entry.draft.get("channel") for entry in said] == list(labels("channel"))
    told = gettext("Say what came of it: reached, no answer, left message, replied, …")
    assert "已接通、未接通、留言、已回复" in told
    found = [
        parse_line(f"电话 {word}", now, UTC).draft.get("result")
        for word in "已接通 未接通 留言 已回复".split()
    ]
    assert found == ["reached", "no_answer", "left_message", "replied"]
    assert parse_filter(gettext("tier:a score:>70 source:expo owner:me")).problems == ()
    amounts = gettext("300k, 20-30万, 50000 USD").split("、")
    assert [each for each in amounts if amount(each, "CNY") is None] == []
