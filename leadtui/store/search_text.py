"""The words under which a lead is found, as one text for the search index.

What is stored and what is asked for are cut into words by the same functions, so they always agree:

- words of any alphabet are folded (case, accents, width) and also stored by their first two characters, since
  a scan of the index by one or two letters is slow;
- runs of Chinese or Japanese are stored as overlapping pairs and their last character, without `有限公司`;
- Chinese names are stored as they are read as well: joined, as initials, and without the city or the surname;
- phone and lead numbers carry a mark, which keeps them out of scans for short words.

A change of what is stored needs a new `SEARCH_TEXT_VERSION`: every file then builds its index again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import add, itemgetter

from leadtui.store.pinyin import readings

SEARCH_TEXT_VERSION = 1
NUMBER_MARK = "№"
PHONE_MARK = "☎"
WORD_LENGTH = 32
"""Longer words are cut into parts of this length."""
_FIELD_LENGTH = 200
_TEXT_LENGTH = 1000
_WORDS = 250
_MOST_READ = 16
_CALLS = 50
_REMEMBERED = 8192
"""Companies, people and hosts come again and again in a file."""

_CJK = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SYMBOLS = "\u2190-\u2bff\U0001f000-\U0001faff"
_RUN = re.compile(rf"[{_CJK}]+")
_WORD = re.compile(rf"[^\W_{_CJK}]{{1,{WORD_LENGTH}}}|[{_SYMBOLS}]")
_ASCII_WORD = re.compile(rf"[a-z0-9]{{1,{WORD_LENGTH}}}")
_PLAIN = re.compile(r"[\x00-\x7f\u4e00-\u9fff]*")
_MARKS = re.compile("[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\u200b-\u200f]+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_HAN = re.compile("[\u4e00-\u9fff]+")

COMMON = frozenset(
    "科技术有限公司上海北京深圳广州市国中华大新东天金信息电子商贸易机械设备工程文化教育总经理监采购销"
)
"""Characters that stand in very many names: they are stored by themselves, too."""
_COMMON = re.compile(f"[{''.join(sorted(COMMON))}]")
_LEGAL_FORM = re.compile(rf"有限(?:责任)?公司(?![{_CJK}])")
_PARTIAL_LEGAL_FORM = re.compile("有(?:限(?:责(?:任(?:公司?)?)?|公司?)?)?$")
_CITY = re.compile(
    "(?:北京|上海|天津|重庆|深圳|广州|杭州|苏州|南京|成都|武汉|西安|青岛|宁波|厦门|长沙|郑州|东莞|佛山|无锡|济南|合肥|福州|昆明|大连"
    "|沈阳|长春|哈尔滨|石家庄|太原|南昌|南宁|贵阳|海口|兰州|乌鲁木齐|呼和浩特|银川|西宁|拉萨|温州|常州|南通|徐州|嘉兴|绍兴|金华|台州|泉州"
    "|珠海|中山|惠州|烟台|潍坊|临沂|洛阳|扬州|香港|澳门|台北|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东"
    "|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|中国)[市省]?"
)

_START = itemgetter(slice(2))
"""The first two characters of a word."""
_DOMAIN_ENDS = ("com", "net", "org", "edu", "gov", "info", "biz")
_NOT_DIGIT = re.compile(r"[^0-9]+")
_EXTENSION = re.compile(r"[A-Za-z;,#].*", re.DOTALL)
_READY = re.compile(r"\+[1-9][0-9]*")
"""A phone number as an import writes it."""
_LONG_CODES = frozenset(
    "21 22 23 24 25 26 28 29 35 37 38 42 50 59 67 68 69 80 83 85 87 88 89 96 97 99".split()
)
"""The first two digits of country codes that have three."""


def fold(text: str) -> str:
    """`text` without case, accents and full-width forms."""
    if text.isascii() or _PLAIN.fullmatch(text):
        return text.lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFC", bare).casefold().translate(_LETTERS)


def words_of(folded: str) -> list[str]:
    """The words of any alphabet in a folded text, and its symbols; not its Chinese and Japanese runs."""
    return (_ASCII_WORD if folded.isascii() or _PLAIN.fullmatch(folded) else _WORD).findall(folded)


def runs_of(folded: str) -> list[str]:
    """The Chinese and Japanese runs in a folded text."""
    return [] if folded.isascii() else _RUN.findall(folded)


def without_legal_form(run: str) -> str:
    """A Chinese run without `有限公司` at its end, or without what of it has been typed so far."""
    return _PARTIAL_LEGAL_FORM.sub("", run)


def domain_labels(labels: list[str]) -> list[str]:
    """The labels of a host that tell something: its ending, or the start of an ending, says nothing."""
    while len(labels) > 1 and (
        len(labels[-1]) < 3 or any(end.startswith(labels[-1]) for end in _DOMAIN_ENDS)
    ):
        labels = labels[:-1]
    return labels


def national(phone: str) -> str:
    """The digits of a phone number without its country code and leading zeros, at most 15."""
    if _READY.fullmatch(phone):
        return without_country(phone[1:]).lstrip("0")[:15]
    plain = _EXTENSION.sub("", phone.strip())
    digits = _NOT_DIGIT.sub("", fold(plain))
    if plain.startswith(("+", "＋")) or digits.startswith("00") or len(digits) > 11:
        digits = without_country(digits.lstrip("0"))
    return digits.lstrip("0")[:15]


def without_country(digits: str) -> str:
    """What follows the country code at the start of `digits`."""
    if digits[:1] in ("1", "7"):
        return digits[1:]
    return digits[3:] if digits[:2] in _LONG_CODES else digits[2:]


def number_words(number: str) -> list[str]:
    """The words of a lead's number."""
    folded = fold(number[:_FIELD_LENGTH]).removeprefix("l-")
    # The number of a lead of ours is one word.
    is_ours = len(folded) == 6 and folded.isascii() and folded.isalnum()
    return [NUMBER_MARK + part for part in ((folded,) if is_ours else _ASCII_WORD.findall(folded))]


def search_text(
    *,
    number: str,
    company: str,
    contact: str,
    title: str,
    phones: Iterable[str],
    emails: Iterable[str],
    wechat: str,
    tags: Iterable[str],
) -> str:
    """The words of a lead, one space apart, each once; the same for the same values, and never an error."""
    calls = [*phones]
    if wechat.isdigit():
        calls.append(wechat)
        wechat = ""
    locals_and_hosts = [email[:_FIELD_LENGTH].partition("@") for email in emails]
    name = company[:_FIELD_LENGTH]
    if "公司" in name:
        name = _LEGAL_FORM.sub("", name)
    fields = [name, contact, title, wechat, *tags, *[local for local, _, _ in locals_and_hosts]]
    text = fold("\n".join([field[:_FIELD_LENGTH] for field in fields])[:_TEXT_LENGTH])
    words = words_of(text)
    if not text.isascii():
        words += _company_readings(name)
        words += _contact_readings(contact[:_FIELD_LENGTH])
    for _, _, host in locals_and_hosts:
        words += _host_words(host)
    words += [*map(_START, words)]
    for run in runs_of(text):
        words += _pairs(run)
    marked = number_words(number) if number else []
    for call in calls[:_CALLS]:
        marked += _phone_words(call[:_FIELD_LENGTH])
    # However wordy a lead is, it is found by its number and its phones.
    if len(words) > _WORDS:
        words = [*dict.fromkeys(words)][:_WORDS]
    return " ".join(dict.fromkeys(words + marked))


@lru_cache(maxsize=_REMEMBERED)
def _pairs(run: str) -> tuple[str, ...]:
    """What a Chinese or Japanese run is stored as."""
    return (*map(add, run, run[1:]), run[-1], *_COMMON.findall(run))


@lru_cache(maxsize=_REMEMBERED)
def _company_readings(name: str) -> tuple[str, ...]:
    """How the Chinese in a company's name is read, with the city before it and without."""
    found: list[str] = []
    for run in _HAN.findall(name):
        ways = readings(run[:_MOST_READ])
        found += _joined(ways)
        city = _CITY.match(run)
        if city and city.end() < len(run):
            # Where each sign has one reading, what follows the city is read already.
            is_certain = len(ways) == 1 and len(ways[0]) == len(run)
            found += _joined(
                [ways[0][city.end() :]] if is_certain else readings(run[city.end() :][:_MOST_READ])
            )
    return tuple(found)


@lru_cache(maxsize=_REMEMBERED)
def _contact_readings(contact: str) -> tuple[str, ...]:
    """How a person's Chinese name is read, from its start and from each later syllable."""
    found: list[str] = []
    for run in _HAN.findall(contact):
        found += _joined(readings(run[:_MOST_READ]))
        for way in readings(run[:4]):
            found += ["".join(way[at:]) for at in range(1, len(way))]
    return tuple(found)


def _joined(ways: Iterable[Sequence[str]]) -> list[str]:
    """The syllables of a Chinese run as they are stored for each way to read it: joined, and as initials."""
    found = []
    for way in ways:
        found += ["".join(way)[:WORD_LENGTH], "".join([syllable[0] for syllable in way])]
    return found


@lru_cache(maxsize=_REMEMBERED)
def _host_words(host: str) -> tuple[str, ...]:
    return tuple(domain_labels(words_of(fold(host))))


def _phone_words(phone: str) -> list[str]:
    """A number from its start, from the start of its last group, and its last four digits."""
    digits = national(phone)
    if len(digits) < 3:
        return []
    found = [PHONE_MARK + digits, PHONE_MARK + digits[-8:], PHONE_MARK + digits[-4:]]
    # Of ten digits, an American keeps the last seven together, a Chinese the last eight.
    if len(digits) == 10:
        found.insert(2, PHONE_MARK + digits[-7:])
    return found
