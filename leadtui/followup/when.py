"""Dates as people type them, in English and Chinese, become a moment or a whole day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from leadtui.clock import MINUTE, day_start, to_local, to_milliseconds
from leadtui.errors import UsageError
from leadtui.followup.calendar_words import Calendar, DayFound, Weight, day_of_another_name, read_day
from leadtui.followup.clock_words import ClockTime, read_time
from leadtui.followup.numerals import ENGLISH_NUMBER, HAN_DIGITS, fold, number
from leadtui.i18n import gettext as _
from leadtui.text import shortened
from leadtui.values import Milliseconds

_YEARS = 50
_FURTHEST = _YEARS * 366 * 1440 * MINUTE
"""Beyond this a date is a slip of the keyboard."""
_MOST_SHOWN = 40
"""Characters of a refused text that the refusal repeats."""


class WhenError(UsageError):
    """A text that is no date; the sentence says what to type instead."""


@dataclass(frozen=True, slots=True)
class When:
    """A moment in UTC milliseconds; with `all_day` it is the start of that local day."""

    at_ms: Milliseconds
    all_day: bool


@dataclass(frozen=True, slots=True)
class DateInText:
    """A date among other words: what it means and the span `text[start:end]` that says so."""

    when: When
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Reading:
    when: When
    end: int
    weight: Weight


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads dates at one moment in one place."""

    now: Milliseconds
    zone: tzinfo
    calendar: Calendar

    def at(self, text: str, start: int) -> _Reading | None:
        """The date with the most words that begins at `start`, or None."""
        first = _LEAD_IN.match(text, start)
        position = first.end() if first else start
        readings = [
            reading
            for read in (self._elapsed, self._time_then_day, self._day_then_time)
            if (reading := read(text, position)) is not None
        ]
        best = max(readings, key=lambda reading: reading.end, default=None)
        if best is None:
            return None
        by_then = _BY_THEN.match(text, best.end)
        return _Reading(best.when, by_then.end() if by_then else best.end, best.weight)

    def _elapsed(self, text: str, start: int) -> _Reading | None:
        """`now`, `+3h`, `in 90 minutes`, 半小时后."""
        match = _NOW.match(text, start)
        if match:
            return _Reading(When(self.now // MINUTE * MINUTE, False), match.end(), Weight.EDGE)
        match = _HOURS.match(text, start)
        if match and match.group(2, 3, 4) != (None, None, None):
            signed, hours, half, minutes, later = match.group(1, 2, 3, 4, 5)
            total = (60 * _amount(hours) if hours else 30.0 if half else 0.0) + _amount(minutes or "0")
            back = signed == "-" or later == "ago"
            weight = Weight.ANYWHERE if signed or later else Weight.EDGE
            return self._after(-total if back else total, match.end(), weight)
        match = _HAN_HOURS.match(text, start)
        if match:
            half_hour, hours, more, minutes, quarters, direction = match.group(1, 2, 3, 4, 5, 6)
            total = 30.0 if half_hour else 60.0 * number(hours) if hours else 0.0
            total += (30 if more else 0) + number(minutes or "0") + 15 * number(quarters or "0")
            return self._after(-total if direction == "前" else total, match.end(), Weight.ANYWHERE)
        return None

    def _after(self, minutes: float, end: int, weight: Weight) -> _Reading:
        at = (self.now + round(minutes * MINUTE)) // MINUTE * MINUTE
        return _Reading(When(at, False), end, weight)

    def _day_then_time(self, text: str, start: int) -> _Reading | None:
        found = read_day(text, start, self.calendar)
        if found is None:
            return None
        gap = _GAP.match(text, found.end)
        loose = not text[start : found.end].isdigit()
        clock = read_time(text, gap.end() if gap else found.end, after_day=loose)
        if clock is None:
            return _Reading(When(self._moment(found.day, 0, 0), True), found.end, found.weight)
        return self._timed(found, clock, clock.end)

    def _time_then_day(self, text: str, start: int) -> _Reading | None:
        clock = read_time(text, start, after_day=False)
        if clock is None:
            return None
        gap = _GAP.match(text, clock.end)
        found = read_day(text, gap.end() if gap else clock.end, self.calendar)
        if found is not None and found.weight > Weight.ALONE:
            return self._timed(found, clock, found.end)
        weight = Weight.ANYWHERE if clock.clear else Weight.EDGE
        day = self.calendar.today
        if self._moment(day, clock.hour, clock.minute) <= self.now:
            day += timedelta(days=1)
        return _Reading(When(self._moment(day, clock.hour, clock.minute), False), clock.end, weight)

    def _timed(self, found: DayFound, clock: ClockTime, end: int) -> _Reading:
        weight = Weight(min(Weight.ANYWHERE, found.weight + 1))
        return _Reading(When(self._moment(found.day, clock.hour, clock.minute), False), end, weight)

    def _moment(self, day: date, hour: int, minute: int) -> Milliseconds:
        """UTC milliseconds of a local time: one that is skipped lies as far behind midnight as it says, one
        that comes twice is the first."""
        day += timedelta(days=hour // 24)
        local = datetime(day.year, day.month, day.day, hour % 24, minute, tzinfo=self.zone)
        return to_milliseconds(local.astimezone(UTC))


_LEAD_IN = re.compile(r"(?:(?:on|by|before|until|till)\s+|在|到)\s*", re.ASCII)
_BY_THEN = re.compile(r"(?:之|以)?前(?![台端面线后期])")
_GAP = re.compile(r"\s*[,、]?\s*的?", re.ASCII)
_NOW = re.compile(r"now(?![a-z])|现在")
_HOURS = re.compile(
    r"(?:(\+|-|(?:in|within)\s+)\s*)?"
    rf"(?:(?:([0-9]{{1,3}}(?:\.[0-9])?|(?:{ENGLISH_NUMBER})(?=\s))\s*h(?:ours?|rs?)?(?![a-z])"
    r"|(half\s+an\s+hour)(?![a-z]))\s*)?"
    rf"(?:(?<![0-9])([0-9]{{1,4}}|(?:{ENGLISH_NUMBER})(?=\s))\s*m(?:in(?:ute)?s?)?(?![a-z0-9]))?"
    r"(?![0-9])(?:\s*(from\s+now|later|ago)(?![a-z]))?",
    re.ASCII,
)
_HAN_COUNT = rf"[0-9]{{1,4}}|[{HAN_DIGITS}]{{1,5}}"
_HAN_HOURS = re.compile(
    rf"(?:(半)个?(?:小时|钟头)|({_HAN_COUNT})个?(半)?(?:小时|钟头))?零?"
    rf"(?:({_HAN_COUNT})分钟?|({_HAN_COUNT})刻钟)?(?:以|之)?(?<=[时头分钟以之])([后前])",
    re.ASCII,
)


def _amount(written: str) -> float:
    return float(written) if "." in written else float(number(written))


def _reader(now: Milliseconds, zone: tzinfo, day_first: bool) -> _Reader:
    return _Reader(now, zone, Calendar(to_local(now, zone).date(), day_first))


def parse_when(text: str, now: Milliseconds, zone: tzinfo, *, day_first: bool = False) -> When:
    """The moment or day that `text` means at `now` in `zone`; raises WhenError for anything that is no date.

    A time alone (`9:30`) rolls on to tomorrow once it is past; a day without a year is the next one.
    What is past on purpose (`yesterday`, `2020-01-02`, `today 8`) is given back: the caller decides.
    `12/3` is 3 December, or 12 March with `day_first`; `3.12.` is always 3 December.
    """
    folded = fold(text).rstrip(" 。,!")
    start = len(folded) - len(folded.lstrip())
    if not folded:
        raise WhenError(_("Type a date, for example +2d, tomorrow 9, fri 14:30, 3 dec or 下周三10点."))
    try:
        reading = _reader(now, zone, day_first).at(folded, start)
    except (ValueError, OverflowError):
        reading = None
    if reading is not None and reading.end == len(folded) and abs(reading.when.at_ms - now) > _FURTHEST:
        raise WhenError(
            _("“{text}” is more than {years} years away: mend the year.").format(
                text=shortened(text, _MOST_SHOWN), years=_YEARS
            )
        )
    if reading is None or reading.end != len(folded):
        shown = shortened(text, _MOST_SHOWN)
        other = day_of_another_name(folded, start, Calendar(to_local(now, zone).date(), day_first))
        if other is not None:
            from leadtui.followup.describe import describe_exact

            named = describe_exact(day_start(other, zone), True, zone)
            raise WhenError(
                _("“{text}” would be {date}: mend one of the two.").format(text=shown, date=named)
            )
        raise WhenError(
            _(
                "“{text}” is not a date I can read; try +2d, tomorrow 9, fri 14:30, 3 dec or 下周三10点."
            ).format(text=shown)
        )
    return reading.when


_STARTS = re.compile(
    r"(?<![a-z0-9+\-./:@#])[a-z0-9+@-]"
    r"|(?<![0-9零〇一二两三四五六七八九十百半])[零〇一二两三四五六七八九十百半]"
    r"|[今明后大昨前本这下上过年周星礼月早中晚凌傍正午现]"
)
_NAMES = ("Tom", "Sun")
"""Beside other words these are people, when they are written so."""


def find_when(text: str, now: Milliseconds, zone: tzinfo, *, day_first: bool = False) -> DateInText | None:
    """The date among other words (`send quote fri 10`, `下周三10点演示`), or None.

    Looked for at the end, then at the start, then in the middle; words that are often no date (`15`, `3m`,
    `sun`) count only where they can hardly be anything else.
    """
    folded = fold(text)
    end = len(folded.rstrip(" 。,!"))
    first = len(folded) - len(folded.lstrip())
    reader = _reader(now, zone, day_first)
    leading: DateInText | None = None
    inside: DateInText | None = None
    for match in _STARTS.finditer(folded, first, max(first, end)):
        start = match.start()
        try:
            reading = reader.at(folded, start)
        except (ValueError, OverflowError):
            continue
        if reading is None or reading.end > end or abs(reading.when.at_ms - now) > _FURTHEST:
            continue
        found = DateInText(reading.when, start, reading.end)
        weight = Weight.ALONE if text[start : reading.end] in _NAMES else reading.weight
        if start == first and reading.end == end:
            return found
        if weight is Weight.ALONE or _inside_word(folded, reading.end):
            continue
        apart = weight is Weight.ANYWHERE
        if reading.end == end and (apart or _is_gap(folded[start - 1])):
            return found
        if start == first and (apart or _is_gap(folded[reading.end])):
            leading = found
        elif apart and inside is None:
            inside = found
    return leading or inside


def _is_gap(character: str) -> bool:
    return character in " ,;:。、;"


def _inside_word(folded: str, end: int) -> bool:
    """Whether a Latin word or number goes on at `end`."""
    return end < len(folded) and folded[end - 1].isascii() and folded[end].isascii() and folded[end].isalnum()
