"""How Chinese characters are read, from a small table made of pypinyin's dictionary (see `make_pinyin`)."""

from __future__ import annotations

import zlib
from functools import lru_cache
from itertools import product
from pathlib import Path

FIRST, LAST = 0x4E00, 0x9FFF
"""The code points that the table covers: the unified ideographs of everyday text."""
TABLE = Path(__file__).with_name("pinyin.bin")
_DOUBT = "*"
_DOUBTFUL = 2
"""For so many characters of one text another reading is told as well."""


class _Readings(dict[int, str]):
    """For `str.translate`: what isn't in the table is passed over."""

    def __missing__(self, code: int) -> str:
        return ""


@lru_cache(maxsize=1)
def _tables() -> tuple[_Readings, dict[str, str]]:
    """The commonest reading of each character, with a mark when there is another, and a space; that other."""
    words, _, numbers = zlib.decompress(TABLE.read_bytes()).partition(b"\n")
    syllables = [f"{word} " for word in words.decode().split(" ")]
    count = LAST - FIRST + 1
    low, high, other_low, other_high = (numbers[part * count : (part + 1) * count] for part in range(4))
    codes = range(FIRST, LAST + 1)
    first = _Readings(
        zip(codes, [syllables[a | b << 8] for a, b in zip(low, high, strict=True)], strict=True)
    )
    others = zip(codes, other_low, other_high, strict=True)
    second = {chr(code): syllables[a | b << 8].strip() for code, a, b in others if a or b}
    for character in second:
        first[ord(character)] = _DOUBT + first[ord(character)]
    return first, second


def readings(text: str) -> list[list[str]]:
    """The syllables of a run of Chinese characters, without tones and with `v` for `ü`.

    The commonest way of reading comes first, then others, at most four in all; characters without a known
    reading are passed over.
    """
    first, second = _tables()
    told = text.translate(first)
    if _DOUBT not in told:
        syllables = told.split()
        return [syllables] if syllables else []
    ways = [[first[ord(character)].strip(_DOUBT + " ")] for character in text]
    doubtful = [at for at, character in enumerate(text) if character in second][:_DOUBTFUL]
    for at in doubtful:
        ways[at].append(second[text[at]])
    return [[syllable for syllable in way if syllable] for way in product(*ways)]
