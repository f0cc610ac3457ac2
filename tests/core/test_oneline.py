"""A follow-up in one line."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.followup.describe import format_when
from leadtui.followup.numerals import fold
from leadtui.followup.oneline import LineEntry, parse_line
from leadtui.values import CHANNELS, RESULTS, SIGNALS

ZONE = ZoneInfo("Asia/Shanghai")
NOW = int(datetime(2026, 11, 18, 10, 42, 30, tzinfo=ZONE).astimezone(UTC).timestamp() * 1000)  # a Wednesday


def read(text: str) -> LineEntry:
    return parse_line(text, NOW, ZONE)


def told(text: str) -> dict[str, object]:
    """The draft with its due date written out and nothing empty."""
    entry = read(text)
    draft = dict(entry.draft)
    due, all_day = draft.pop("next_due", None), draft.pop("next_due_all_day", None)
    if isinstance(due, int):
        draft["due"] = format_when(due, bool(all_day), ZONE)
    if entry.tags:
        draft["tags"] = entry.tags
    return {key: value for key, value in draft.items() if value}


GOLDEN: list[tuple[str, dict[str, object]]] = [
    (
        "phone reached, wants demo, budget ok > fri 10",
        {"channel": "phone", "result": "reached", "content": "wants demo, budget ok",
         "signals": ("intent", "budget", "demo"), "due": "2026-11-20 10:00"},
    ),
    (
        "电话 王总 有预算 想看演示 >下周三10点 #演示",
        {"channel": "phone", "result": "reached", "content": "王总 有预算 想看演示",
         "signals": ("budget", "demo"), "due": "2026-11-25 10:00", "tags": ("演示",)},
    ),
    ("call no answer", {"channel": "phone", "result": "no_answer", "content": "no answer"}),
    (
        "打电话 没接 > 明天9点",
        {"channel": "phone", "result": "no_answer", "content": "没接", "due": "2026-11-19 09:00"},
    ),
    (
        "電話沒接，留言了 >+2d",
        {"channel": "phone", "result": "left_message", "content": "沒接", "due": "2026-11-20"},
    ),
    (
        "wechat replied, no budget this year > send case study in 2 weeks",
        {"channel": "wechat", "result": "replied", "content": "no budget this year",
         "next_step": "send case study", "due": "2026-12-02"},
    ),
    (
        "微信 王总说预算紧张，想看演示 > 下周三10点 演示",
        {"channel": "wechat", "result": "replied", "content": "王总说预算紧张，想看演示",
         "signals": ("demo",), "next_step": "演示", "due": "2026-11-25 10:00"},
    ),
    (
        "meeting 45min, reached, decision maker is CFO, contract terms next > send contract fri",
        {"channel": "meeting", "result": "reached", "content": "decision maker is CFO, contract terms next",
         "signals": ("decision_maker", "contract"), "duration_minutes": 45, "next_step": "send contract",
         "due": "2026-11-20"},
    ),
    (
        "拜访 1小时 老板拍板 上线时间三月底前 > 送样 下周一",
        {"channel": "visit", "result": "reached", "content": "老板拍板 上线时间三月底前",
         "signals": ("decision_maker", "timeline"), "duration_minutes": 60, "next_step": "送样",
         "due": "2026-11-23"},
    ),
    (
        "mail sent the brochure > +3d #expo-2026 #key",
        {"channel": "mail", "content": "sent the brochure", "due": "2026-11-21",
         "tags": ("expo-2026", "key")},
    ),
    (
        "phone Li Wei, no answer, left message > tomorrow 9",
        {"channel": "phone", "result": "left_message", "content": "Li Wei, no answer",
         "due": "2026-11-19 09:00"},
    ),
    (
        "phone budget >50k, wants a trial > send quote fri 10",
        {"channel": "phone", "result": "reached", "content": "budget >50k, wants a trial",
         "signals": ("intent", "budget", "demo"), "next_step": "send quote", "due": "2026-11-20 10:00"},
    ),
    (
        "phone 15 min spoke to Li Wei, he is not the decision maker",
        {"channel": "phone", "result": "reached", "duration_minutes": 15,
         "content": "spoke to Li Wei, he is not the decision maker"},
    ),
    (
        "phone wants 30 min demo next week",
        {"channel": "phone", "result": "reached", "content": "wants 30 min demo next week",
         "signals": ("intent", "demo")},
    ),
    (
        "phone talked 30 min",
        {"channel": "phone", "result": "reached", "content": "talked", "duration_minutes": 30},
    ),
    ("电话 15分钟后再打", {"channel": "phone", "content": "15分钟后再打"}),
    ("phone reached > call Tom", {"channel": "phone", "result": "reached", "content": "reached",
                                  "next_step": "call Tom"}),
    (
        "打电话给王总，他推荐了朋友 >周五",
        {"channel": "phone", "result": "reached", "content": "打电话给王总，他推荐了朋友",
         "signals": ("referral",), "due": "2026-11-20"},
    ),
    (
        "电话 15分钟 约好下周三演示",
        {"channel": "phone", "result": "meeting_set", "content": "约好下周三演示", "signals": ("demo",),
         "duration_minutes": 15},
    ),
    (
        "mail replied with questions about the contract",
        {"channel": "mail", "result": "replied", "content": "replied with questions about the contract",
         "signals": ("contract",)},
    ),
    ("PHONE：REACHED；Needs time", {"channel": "phone", "result": "reached", "content": "Needs time"}),
    ("＃热 电话 通了 聊得好 ＞ 周五", {"channel": "phone", "result": "reached", "content": "聊得好",
                                   "due": "2026-11-20", "tags": ("热",)}),
    ("note prefers mornings", {"channel": "note", "content": "prefers mornings"}),
    ("note ticket #12, a -> b, x >= y", {"channel": "note", "content": "ticket #12, a -> b, x >= y"}),
    ("demo 90min referred us to Kestrel", {"channel": "demo", "result": "reached", "duration_minutes": 90,
                                           "content": "referred us to Kestrel", "signals": ("referral",)}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GOLDEN, ids=[text for text, _ in GOLDEN])
def test_reads(text: str, expected: dict[str, object]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("call x", "phone"), ("phone x", "phone"), ("电话 x", "phone"), ("打电话 x", "phone"),
        ("email x", "mail"), ("mail x", "mail"), ("邮件 x", "mail"), ("wechat x", "wechat"),
        ("微信 x", "wechat"), ("visit x", "visit"), ("拜访 x", "visit"), ("meeting x", "meeting"),
        ("会议 x", "meeting"), ("demo x", "demo"), ("演示 x", "demo"), ("quote x", "quote"),
        ("报价 x", "quote"), ("sample x", "sample"), ("样品 x", "sample"), ("note x", "note"),
        ("备注 x", "note"),
        ("callous x", None), ("noted x", None), ("x call", None),
    ],
)  # fmt: skip
def test_the_channel_comes_first(text: str, channel: str | None) -> None:
    entry = read(text)
    assert entry.draft.get("channel") == channel
    assert bool(entry.problems) == (channel is None)


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ("reached", "reached"), ("通了", "reached"), ("接通", "reached"), ("no answer", "no_answer"),
        ("not reached", "no_answer"), ("没接", "no_answer"), ("未接", "no_answer"), ("没通", "no_answer"),
        ("没有回复", "no_answer"), ("left message", "left_message"), ("left a voicemail", "left_message"),
        ("留言", "left_message"), ("replied", "replied"), ("回复", "replied"), ("已回复", "replied"),
        ("meeting set", "meeting_set"), ("约好", "meeting_set"), ("not interested", "not_interested"),
        ("没兴趣", "not_interested"), ("wrong contact", "wrong_contact"), ("wrong number", "wrong_contact"),
        ("空号", "wrong_contact"),
    ],
)  # fmt: skip
def test_results(said: str, result: str) -> None:
    for text in (f"phone {said}", f"phone {said}, Li Wei", f"电话 王总 {said}", f"电话，{said}。"):
        assert read(text).draft["result"] == result


def test_a_result_that_is_denied_or_part_of_a_word_is_none() -> None:
    for text in ("phone unreached goal", "电话 没约好", "phone no meeting set yet", "电话 回复客户的问题"):
        assert "result" not in read(text).draft


@pytest.mark.parametrize(
    ("said", "signal"),
    [
        ("budget approved", "budget"), ("有预算", "budget"), ("budget is no problem", "budget"),
        ("预算没问题", "budget"), ("wants it", "intent"), ("想买", "intent"), ("有意向", "intent"),
        ("he is the decision maker", "decision_maker"), ("拍板的人是李总", "decision_maker"),
        ("她是决策人", "decision_maker"), ("deadline in June", "timeline"), ("live before June", "timeline"),
        ("上线时间已定", "timeline"),
        ("asked for a demo", "demo"), ("想看演示", "demo"), ("contract question", "contract"),
        ("问了合同", "contract"), ("referral to a friend", "referral"), ("转介绍", "referral"),
        ("推荐了同行", "referral"), ("不锈钢厂有预算", "budget"), ("无锡工厂 有预算", "budget"),
    ],
)  # fmt: skip
def test_signals(said: str, signal: str) -> None:
    assert signal in read(f"phone {said}").draft["signals"]  # type: ignore[operator]


@pytest.mark.parametrize(
    "said",
    [
        "no budget", "budget not approved", "there isn't any budget", "doesn’t have budget", "budget tight",
        "budget cut", "budget?", "not sure whether there is budget", "without a budget", "over budget",
        "没预算", "没有预算", "没 预算", "无预算", "预算紧张", "预算不足", "预算未定", "有预算吗",
        "是否有预算", "预算有限", "超预算", "not interested", "no longer wants it", "没有意向", "不想买",
        "不想看演示", "not the decision maker", "他不能拍板", "需要老板拍板", "no deadline",
        "还没上线时间", "no demo please", "暂不签合同", "no contract yet", "refused a demo",
        "nobody wants this",
    ],
)  # fmt: skip
def test_doubt_keeps_a_signal_from_being_proposed(said: str) -> None:
    for text in (f"phone {said}", f"phone reached, {said}", f"电话 王总 {said}", f"note {said} > fri"):
        assert read(text).draft["signals"] == ()


def test_doubt_in_one_clause_leaves_the_others_alone() -> None:
    assert read("phone no budget but wants a demo").draft["signals"] == ("intent", "demo")
    assert read("电话 没预算，想看演示").draft["signals"] == ("demo",)
    assert read("电话 没预算但是想看演示").draft["signals"] == ("demo",)


def test_a_next_step_in_the_past_is_told() -> None:
    entry = read("phone reached > yesterday")
    assert entry.problems == ("Tue 17 Nov 2026 is past; give the next step a date to come.",)
    assert read("phone reached > today").problems == ()
    assert len(read("phone reached > today 9").problems) == 1


def test_an_arrow_with_nothing_behind_it_is_told() -> None:
    assert read("phone reached >").problems == ("Write the next step or its date after the >.",)


def test_spans_show_what_was_understood() -> None:
    text = "phone reached, budget ok 15min > send quote fri 10 #hot"
    shown = {span.kind: (text[span.start : span.end], span.value) for span in read(text).spans}
    assert shown == {
        "channel": ("phone", "phone"),
        "result": ("reached", "reached"),
        "signal": ("budget", "budget"),
        "duration": ("15min", "15"),
        "next_step": ("send quote", "send quote"),
        "next_due": ("fri 10", "fri 10"),
        "tag": ("#hot", "hot"),
    }


def test_an_empty_line_says_nothing() -> None:
    assert read("  ") == LineEntry({"content": "", "signals": ()})


WORDS = """phone 电话 reached 没接 no answer 没 预算 budget demo > #tag #演示 , ， 。 15min 半小时 fri 10
下周三 明天 call Tom > > 约好 not ok ; ! ? Ünï 👍 王总 -> #1 : meeting set"""
words = st.sampled_from([" ", *WORDS.split()])


@given(
    st.one_of(
        st.text(), st.lists(words, max_size=12).map(" ".join), st.lists(words, max_size=12).map("".join)
    )
)
def test_no_word_is_lost(text: str) -> None:
    entry = read(text)
    kept = " ".join([str(entry.draft["content"]), str(entry.draft.get("next_step", "")), *entry.tags])
    taken = [text[span.start : span.end] for span in entry.spans]
    assert sorted(set(re.findall(r"\w", text))) == sorted(set(re.findall(r"\w", kept + "".join(taken))))
    covered = {at for span in entry.spans for at in range(span.start, span.end)}
    outside = "".join(" " if at in covered else text[at] for at in range(len(text)))
    for word in re.findall(r"\w+", outside):
        assert word in kept
    assert set(entry.draft["signals"]) <= set(SIGNALS)  # type: ignore[call-overload]
    assert entry.draft.get("channel", "phone") in CHANNELS
    assert entry.draft.get("result", "reached") in RESULTS
    assert all(0 <= span.start < span.end <= len(text) for span in entry.spans)


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
