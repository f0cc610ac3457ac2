"""Makes `pinyin.bin`, the table of how Chinese characters are read: `python -m leadtui.store.make_pinyin`.

It needs the development extra (pypinyin), and is run only when the table should change.
"""

from __future__ import annotations

import unicodedata
import zlib
from array import array
from collections import Counter, defaultdict
from pathlib import Path

from leadtui.store.pinyin import FIRST, LAST, TABLE

SURNAMES = {
    "仇": "qiu", "解": "xie", "查": "zha", "朴": "piao", "盖": "ge", "区": "ou", "种": "chong", "翟": "zhai",
    "乐": "yue", "员": "yun", "曾": "zeng", "单": "shan", "冼": "xian", "尉": "yu", "缪": "miao", "秘": "bi",
    "晟": "cheng",
}  # fmt: skip
"""How a character is read in a name, where that differs from its commonest reading."""
SHARE = 0.08
"""A second reading is kept when it has at least this share of the character's phrases."""


def plain(reading: str) -> str:
    """A syllable without its tone; `ü` is `v`, as it is typed."""
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


def second_readings() -> dict[str, str]:
    """The second reading of each character that is often read in another way than its first."""
    from pypinyin.phrases_dict import phrases_dict  # type: ignore[import-untyped,unused-ignore]

    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, readings in phrases_dict.items():
        for character, reading in zip(phrase, readings, strict=False):
            seen[character][plain(reading[0])] += 1
    found = {}
    for character, first in first_readings().items():
        counted = seen[character]
        others = [(number, reading) for reading, number in counted.items() if reading != first]
        if others and max(others)[0] >= SHARE * counted.total():
            found[character] = max(others)[1]
        elif "v" in first:
            found[character] = first.replace("v", "u")
    return found | {name: reading for name, reading in SURNAMES.items() if first_readings()[name] != reading}


def first_readings() -> dict[str, str]:
    """The commonest reading of each character of the table."""
    from pypinyin.pinyin_dict import pinyin_dict  # type: ignore[import-untyped,unused-ignore]

    return {
        chr(code): plain(readings.split(",")[0])
        for code, readings in pinyin_dict.items()
        if FIRST <= code <= LAST and plain(readings.split(",")[0])
    }


def main() -> None:
    """Write the table."""
    first, second = first_readings(), second_readings()
    syllables = ["", *sorted({*first.values(), *second.values()})]
    place = {syllable: index for index, syllable in enumerate(syllables)}
    characters = [chr(code) for code in range(FIRST, LAST + 1)]
    columns = [array("H", (place[table.get(each, "")] for each in characters)) for table in (first, second)]
    for column in columns:
        if column.itemsize != 2:
            raise SystemExit("this machine has no 16-bit numbers")
    # Low and high bytes apart pack better.
    numbers = b"".join(part.tobytes()[half::2] for part in columns for half in (0, 1))
    packed = zlib.compress(" ".join(syllables).encode() + b"\n" + numbers, 9)
    Path(TABLE).write_bytes(packed)


if __name__ == "__main__":
    main()
