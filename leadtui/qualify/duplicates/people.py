"""Names of people as they are compared: in any order, in Chinese or in Latin letters, with slips."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from leadtui.qualify.names import folded, is_cjk
from leadtui.store.pinyin import readings

_WORDS = re.compile(r"[^\W_]+")
_TITLES = frozenset(
    "mr mrs ms miss dr prof herr frau sir madam mme mlle sr sra ing jr phd mba 先生 女士 小姐 总 经理".split()
)
_TWO_SIGNS = frozenset("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 夏侯 令狐 端木 南宫 独孤".split())
"""Family names of two characters."""
_REMEMBERED = 65_536
_SLIP = 0.84
"""From which similarity on two words are the same word, written with a slip."""

_INITIAL = 0.5
_LONG = 10
"""From so many letters on a name may be written with slips and its words broken apart."""
_MOST_WORDS = 4


class Person(NamedTuple):
    """A person's name, taken apart."""

    words: tuple[str, ...]
    """Its words in Latin letters where they can be read, without titles."""
    signs: str
    """The whole name as it is written in Chinese, Japanese or Korean; empty in other scripts."""
    letters: str
    """All letters in alphabetical order: the same whichever word comes first."""


@lru_cache(maxsize=_REMEMBERED)
def person(text: str) -> Person:
    """A name taken apart; `王芳`, `Wang Fang` and `Fang Wang` have the same letters."""
    plain = folded(text)
    if is_cjk(plain):
        signs = "".join(word for word in _WORDS.findall(plain))
        for title in ("先生", "女士", "小姐"):
            signs = signs.removesuffix(title)
        words = _read(signs)
    else:
        signs = ""
        found = _WORDS.findall(plain.replace("'", "").replace("’", ""))
        words = tuple(word for word in found if word not in _TITLES) or tuple(found)
    return Person(words, signs, "".join(sorted("".join(words))))


def _read(signs: str) -> tuple[str, ...]:
    """Family and given name as they are read; the signs themselves where no reading is known."""
    family = 2 if signs[:2] in _TWO_SIGNS else 1
    parts = []
    for part in (signs[:family], signs[family:]):
        way = readings(part)
        parts.append("".join(way[0]) if way else part)
    return tuple(part for part in parts if part)


def compare_people(one: Person, other: Person) -> str:
    """How alike two known names are.

    `same`, `near` (a slip), `part` (an initial, a name that is left out), `half` (one word is the same,
    another isn't) or `other`.
    """
    if one.signs and other.signs:
        return _compare_signs(one, other)
    if one.letters == other.letters and (_reads_as(one, other, 0) or _reads_as(other, one, 0)):
        return "same"
    return _compare_words(one, other)


def _compare_signs(one: Person, other: Person) -> str:
    """Chinese names are short: another sign is another person, unless it sounds the same."""
    if one.signs == other.signs:
        return "same"
    return "near" if one.words == other.words else "other"


def _compare_words(one: Person, other: Person) -> str:
    """Pair words off, the likeliest first; what is left on both sides are different names."""
    left, right = list(one.words), list(other.words)
    slips = initials = 0
    alike = 0.0
    for word in one.words:
        likes = [_similarity(word, candidate) for candidate in right]
        like = max(likes, default=0)
        if like == 0:
            continue
        best = right[likes.index(like)]
        slips += _SLIP <= like < 1
        initials += like < _SLIP
        alike += like
        left.remove(word)
        right.remove(best)
    if left and right:
        slips = 2 if min(len(one.letters), len(other.letters)) >= _LONG else 0
        if slips and (_reads_as(one, other, slips) or _reads_as(other, one, slips)):
            return "near"
        return "half" if alike >= 1 else "other"
    if left or right or initials:
        return "part"
    return "near" if slips else "same"


def _similarity(one: str, other: str) -> float:
    """How alike two words are: 1 when the same, under `_SLIP` for an initial, 0 for different ones."""
    if one == other:
        return 1
    shorter = min(len(one), len(other))
    if shorter == 1:
        return _INITIAL if one[0] == other[0] else 0
    like = JaroWinkler.similarity(one, other, score_cutoff=_SLIP)
    slips = 1 + shorter // 5
    return like if like and OSA.distance(one, other, score_cutoff=slips) <= slips else 0


def _reads_as(one: Person, other: Person, slips: int) -> bool:
    """Whether the words of one name, in some order and run together, read as the other with so many slips."""
    if OSA.distance(one.letters, other.letters, score_cutoff=slips) > slips:
        return False
    whole = "".join(other.words)
    return any(
        OSA.distance("".join(words), whole, score_cutoff=slips) <= slips
        for words in permutations(one.words[:_MOST_WORDS])
    )
