"""Reading of short typed texts: one form for letters, digits and numbers, whatever keyboard wrote them."""

from __future__ import annotations

_TRADITIONAL = "後週禮點時號兩鐘個這間過無沒預緊決約興聯轉薦電話郵訪會議報價樣備註發應標簽級來狀態負責逾"
_SIMPLIFIED = "后周礼点时号两钟个这间过无没预紧决约兴联转荐电话邮访会议报价样备注发应标签级来状态负责逾"

_FOLD: dict[int, int] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {ord(space): ord(" ") for space in "\u3000\u00a0\u2002\u2003\u2009\t\r\n"}
_FOLD |= {ord(old): ord(new) for old, new in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)}
_FOLD |= {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_FOLD |= {code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)}

HAN_DIGITS = "〇零一二两三四五六七八九十百"
_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = {"a": 1, "an": 1, **{word: count for count, word in enumerate(_ENGLISH, 1)}}
ENGLISH_NUMBER = "|".join(("an?", *_ENGLISH))
"""The English numbers that `number` reads, as a pattern."""
_VALUES = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4}
_VALUES |= {"五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def fold(text: str) -> str:
    """`text` in lower case, half width and simplified characters, each in its place: spans stay true."""
    return text.translate(_FOLD)


def number(text: str) -> int:
    """The value of ASCII digits, of an English word up to twelve, or of a Chinese number below a thousand.

    `12`, `two`, `an`, `十二`, `二十`, `一百零五`.

    Raises ValueError when it is none.
    """
    if text.isascii():
        return _COUNTS[text] if text in _COUNTS else int(text)
    if len(text) > 1 and not set(text) & {"十", "百"}:
        return int("".join(str(_digit(character)) for character in text))
    total = digit = 0
    for character in text:
        if character == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif character == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _digit(character)
    return total + digit


def _digit(character: str) -> int:
    value = _VALUES.get(character)
    if value is None:
        raise ValueError(character)
    return value
