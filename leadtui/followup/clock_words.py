"""The time of day in words and figures: `14:30`, `9am`, `noon`, `下午3点一刻`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leadtui.followup.numerals import HAN_DIGITS, number


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day (hour 24 is the midnight that ends the day) and where in the text its words end."""

    hour: int
    minute: int
    end: int
    clear: bool
    """False for words that are often no time (`3点`, `morning`) unless they stand apart."""


# A part of the day: the words, and the hour that is meant when none is said.
_PARTS: dict[str, tuple[str, int | None]] = {
    "small": ("凌晨|半夜", None),
    "morning": ("早上|早晨|清晨|清早|上午|早|morning", 9),
    "noon": ("中午", 12),
    "afternoon": ("下午|午后|afternoon", 14),
    "evening": ("傍晚|evening", 18),
    "night": ("晚上|晚间|夜里|夜晚|晚|night", 20),
}
_PART_OF = {word: part for part, (words, _) in _PARTS.items() for word in words.split("|")}
_ANY_PART = "|".join(words for words, _ in _PARTS.values())

_PART = re.compile(rf"(?:in the\s+)?({_ANY_PART})(?![a-z])\s*,?\s*", re.ASCII)
_AT = re.compile(r"(?:at(?![a-z])|@)\s*", re.ASCII)
_DIGITAL = re.compile(
    r"([0-9]{1,2})([:.h])([0-5][0-9])(?![0-9])(?::[0-5][0-9](?![0-9]))?(?:\s*([ap])\.?m\b\.?)?", re.ASCII
)
_HALF_DAY = re.compile(r"([0-9]{1,2})\s*([ap])\.?m(?![a-z])\.?", re.ASCII)
_HAN = re.compile(
    rf"([0-9]{{1,2}}|[{HAN_DIGITS}]{{1,3}})[点时](?![间候])(?:钟|整)?"
    rf"(?:(半)|([1一三3])刻|([0-5][0-9](?![0-9])|[0-9](?=分)|[{HAN_DIGITS}]{{1,3}})分?(?!钟))?",
    re.ASCII,
)
_BARE = re.compile(r"([0-9]{1,2})(?:h(?![a-z0-9]))?(?![0-9a-z]|[:./%\-][0-9]|\s*%)", re.ASCII)
_NAMED = re.compile(r"(?:(?:at\s+|@\s*)(?=[nm]))?(?:(noon|midnight)(?![a-z])|(正午)|(午夜))", re.ASCII)
_PART_AFTER = re.compile(
    r"\s+(?:in the\s+|at\s+)?(?:to)?(morning|afternoon|evening|night)(?![a-z])", re.ASCII
)


def read_time(text: str, start: int, *, after_day: bool) -> ClockTime | None:
    """The time of day that begins at `start` of a folded text, or None.

    A bare hour (`9`) counts only after a day, a part of the day or `at`. Hours 1 to 6 that are neither padded
    (`03:00`) nor told apart (`3 am`, `早上6点`) are in the afternoon: nobody calls a customer at night.
    """
    named = _NAMED.match(text, start)
    if named:
        hour = 12 if named[1] == "noon" or named[2] else 24
        return ClockTime(hour, 0, named.end(), clear=True)
    part_match = _PART.match(text, start)
    part = _PART_OF[part_match[1]] if part_match else ""
    position = part_match.end() if part_match else start
    at = _AT.match(text, position)
    position = at.end() if at else position
    clock = _clock(text, position, part, loose=after_day or bool(part_match or at))
    if clock:
        return clock
    if part_match is None or (len(part_match[1]) == 1 and not after_day):
        return None
    default = _PARTS[part][1]
    return None if default is None else ClockTime(default, 0, _end(part_match), clear=False)


def _clock(text: str, start: int, part: str, *, loose: bool) -> ClockTime | None:
    """The figures of a time; `loose` also takes `9`, `9.30` and `9h30`."""
    clear = True
    half = ""
    minute = 0
    if match := _DIGITAL.match(text, start):
        if match[2] != ":" and not (loose or match[4]):
            return None
        minute, half = int(match[3]), match[4] or ""
    elif match := _HALF_DAY.match(text, start):
        half = match[2]
    elif match := _HAN.match(text, start):
        minute = 30 if match[2] else 15 * number(match[3]) if match[3] else number(match[4] or "0")
        clear = bool(part)
    elif (match := _BARE.match(text, start)) and (loose or _PART_AFTER.match(text, match.end())):
        clear = bool(part)
    else:
        return None
    end = match.end()
    if not part and not half and (after := _PART_AFTER.match(text, end)):
        part, end = _PART_OF[after[1]], after.end()
    hour = _hour(match[1], half, part)
    if hour is None or minute > 59 or (hour == 24 and minute):
        return None
    return ClockTime(hour, minute, end, clear)


def _hour(written: str, half: str, part: str) -> int | None:
    """The hour of 24 that is meant by what was written; None when there is no such hour."""
    hour = number(written)
    if hour > 24 or (half == "a" and hour > 12):
        return None
    if half:
        return hour % 12 + (12 if half == "p" else 0) if hour <= 12 else hour
    if part in ("afternoon", "evening", "night"):
        return hour + 12 if hour < 12 or (hour == 12 and part == "night") else hour
    if part == "noon":
        return hour + 12 if hour < 6 else hour
    if part == "small":
        return hour % 12 if hour <= 12 else hour
    if not part and 1 <= hour <= 6 and not written.startswith("0"):
        return hour + 12
    return hour


def _end(match: re.Match[str]) -> int:
    """Where the words of a part of the day end, the blanks after them left out."""
    return match.end(1)
