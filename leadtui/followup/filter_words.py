"""The vocabulary of the filter line, and how a line falls into pieces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from leadtui.followup.numerals import fold
from leadtui.values import Status

KEYS: dict[str, tuple[str, ...]] = {
    "tier": ("等级", "级别", "分级"),
    "score": ("评分", "分数", "得分"),
    "source": ("来源", "渠道"),
    "owner": ("负责人", "跟进人"),
    "collaborator": ("协作人",),
    "status": ("状态",),
    "tag": ("标签",),
    "due": ("到期", "跟进"),
    "company": ("公司",),
    "contact": ("联系人",),
    "title": ("职位", "职务"),
    "city": ("城市", "地区"),
    "industry": ("行业",),
    "no": ("无", "缺"),
}
"""The filter words with their Chinese names."""

KEY_OF = {name: key for key, names in KEYS.items() for name in (key, *names)}

STATUS_NAMES: dict[str, Status] = {
    "新建": Status.NEW,
    "待筛选": Status.SCREENING,
    "待观察": Status.WATCH,
    "跟进中": Status.WORKING,
    "培育中": Status.NURTURING,
    "合格": Status.QUALIFIED,
    "已转换": Status.CONVERTED,
    "无效": Status.INVALID,
    "流失": Status.LOST,
    "已回收": Status.RECYCLED,
    "已合并": Status.MERGED,
}

DUE_NAMES = {
    "逾期": "overdue",
    "今天": "today",
    "今日": "today",
    "明天": "tomorrow",
    "本周": "week",
    "无": "none",
}
BARE = ("overdue", "today", "逾期", "今天", "今日")
"""Values of `due` that need no `due:`."""

MISSING_NAMES = {
    "电话": "phone",
    "手机": "phone",
    "邮箱": "mail",
    "邮件": "mail",
    "email": "mail",
    "微信": "wechat",
    "公司": "company",
    "联系人": "contact",
    "负责人": "owner",
    "来源": "source",
    "需求": "need",
    "预算": "budget",
    "下一步": "next_step",
    "next": "next_step",
    "跟进": "activity",
    "标签": "tag",
}

# Plain texts, compiled when first used: the first screen waits for this module.
ITEM = r'(?:"[^"]*(?:"|$)|“[^”]*(?:”|$)|[^\s,，、]*)'
_PIECE = rf'(?=\S)([-－](?=\S))?(?:([^\s:：,，"“]+)[:：])?({ITEM}(?:[,，、]{ITEM})*)'


class Token(NamedTuple):
    """One blank-separated piece of a filter line, with its span in the text."""

    start: int
    end: int
    negated: bool
    key: str
    """The filter word before the colon, in English; empty for a plain word."""
    values: tuple[str, ...]
    """What stands between the commas after the colon, as typed; a plain word stands alone."""
    quoted: bool = False


def tokens(text: str, key_of: Mapping[str, str] = KEY_OF) -> list[Token]:
    """The pieces of a filter line; a quote that isn't closed reaches to the end.

    `key_of` has the filter words, each with its English name.
    """
    found: list[Token] = []
    for match in re.finditer(_PIECE, text):
        minus, word, value = match.groups()
        key = key_of.get(fold(word)) if word else None
        if key:
            values = tuple(_unquoted(item) for item in re.findall(rf"{ITEM}(?=[,，、]|$)", value))
            values = tuple(item for item in values if item.strip())
            found.append(Token(match.start(), match.end(), bool(minus), key, values))
        elif word is None and value[0] in '"“':
            found.append(Token(match.start(), match.end(), bool(minus), "", (_unquoted(value),), quoted=True))
        else:
            found.append(Token(match.start(), match.end(), bool(minus), "", (match[0],)))
    return found


def _unquoted(item: str) -> str:
    """A value without the quotes around it."""
    if item.startswith('"'):
        return item[1:].removesuffix('"')
    return item[1:].removesuffix("”") if item.startswith("“") else item
