"""The day in words and figures: `tomorrow`, `next fri`, `3 dec`, `+2d`, `下周三`, `12月3号`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from leadtui.followup.numerals import ENGLISH_NUMBER, HAN_DIGITS, number


class Weight(IntEnum):
    """How surely words mean a date when other words stand around them."""

    ALONE = 0
    """Only when nothing else is said: `15`, `3.12`."""
    EDGE = 1
    """At the start or the end of a text, set off by a blank: `fri`, `2d`, `3号`."""
    ANYWHERE = 2


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day, where in the text its words end, and how surely they mean a day."""

    day: date
    end: int
    weight: Weight


@dataclass(frozen=True, slots=True)
class Calendar:
    """The day on which the words are read, and how `12/3` is."""

    today: date
    day_first: bool = False

    def week_day(self, weekday: int, weeks: int) -> date:
        """A weekday (Monday 0) of this week or one `weeks` later; weeks begin on Monday."""
        return self.today + timedelta(days=weekday - self.today.weekday() + 7 * weeks)

    def coming(self, weekday: int, first: int = 1) -> date:
        """The next such weekday, at least `first` days ahead."""
        return self.today + timedelta(days=first + (weekday - self.today.weekday() - first) % 7)

    def month(self, ahead: int) -> date:
        """The first day of this month or one `ahead` of it."""
        months = self.today.year * 12 + self.today.month - 1 + ahead
        return date(months // 12, months % 12 + 1, 1)

    def shifted(self, months: int) -> date:
        """Today some months on, or the last day of that month when it is shorter."""
        first = self.month(months)
        return first.replace(day=min(self.today.day, monthrange(first.year, first.month)[1]))

    def month_end(self, ahead: int) -> date:
        """The last day of this month or one `ahead` of it."""
        return self.month(ahead + 1) - timedelta(days=1)

    def year_end(self) -> date:
        """The last day of this year."""
        return date(self.today.year, 12, 31)

    def day_of_month(self, day: int) -> date:
        """The first such day from today on."""
        for ahead in range(3):
            first = self.month(ahead)
            if 1 <= day <= monthrange(first.year, first.month)[1] and first.replace(day=day) >= self.today:
                return first.replace(day=day)
        raise ValueError(day)

    def day_of_year(self, month: int, day: int, year: str | None = None) -> date:
        """That day of `year`, or else the first one from today on."""
        if year:
            return date(number(year) + (2000 if len(year) == 2 else 0), month, day)
        leap = month == 2 and day == 29
        for ahead in range(9 if leap else 2):
            if leap and monthrange(self.today.year + ahead, 2)[1] == 28:
                continue
            found = date(self.today.year + ahead, month, day)
            if found >= self.today:
                return found
        raise ValueError(month, day)

    def figures(self, first: int, second: int, year: str | None) -> date:
        """`12/3`: month first unless `day_first`, the other way round when only that is a date."""
        month, day = (second, first) if self.day_first else (first, second)
        if month > 12:
            month, day = day, month
        return self.day_of_year(month, day, year)


_Reader = Callable[[re.Match[str], Calendar], date]
_Compiled = tuple[tuple[re.Pattern[str], _Reader, Weight], ...]

_YEAR = r"(?:19|20|21)[0-9]{2}"
_NUMBER = rf"(?:[0-9]{{1,4}}|[{HAN_DIGITS}]{{1,5}})"
_DAY = rf"(?:[0-9]{{1,2}}|[{HAN_DIGITS}]{{1,3}})"
_WEEKDAY = (
    r"(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)(?![a-z])"
)
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HAN_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
_HAN_DAYS = {"大前天": -3, "前天": -2, "昨": -1, "今": 0, "明": 1, "后天": 2, "大后天": 3}


def _weekday(word: str) -> int:
    return _WEEKDAYS.index(word[:3])


def _month(word: str) -> int:
    return _MONTHS.index(word[:3]) + 1


def _span(count: int, unit: str, calendar: Calendar) -> date:
    """Today and `count` units."""
    if unit in ("周", "星期", "礼拜") or unit.startswith("w"):
        return calendar.today + timedelta(weeks=count)
    if unit == "月" or unit.startswith("mo"):
        return calendar.shifted(count)
    if unit == "年" or unit.startswith("y"):
        return calendar.shifted(12 * count)
    if unit.startswith("fortnight"):
        return calendar.today + timedelta(weeks=2 * count)
    return calendar.today + timedelta(days=count)


def _elapsed(match: re.Match[str], calendar: Calendar) -> date:
    sign, count, unit, later = match[1], match[2], match[3], match[4]
    amount = number(count)
    return _span(-amount if sign == "-" or later == "ago" else amount, unit, calendar)


def _han_elapsed(match: re.Match[str], calendar: Calendar) -> date:
    count, unit, direction = match[1], match[2], match[3]
    sign = -1 if direction == "前" else 1
    if count == "半":
        return calendar.today + timedelta(days=15 * sign) if unit == "月" else calendar.shifted(6 * sign)
    return _span(sign * number(count), unit, calendar)


def _english_weekday(match: re.Match[str], calendar: Calendar) -> date:
    which, weekday = match[1], _weekday(match[2])
    if which == "next" or match[3]:
        return calendar.week_day(weekday, 1)
    if which == "last":
        return calendar.coming(weekday, -7)
    return calendar.coming(weekday, 0 if which == "this" else 1)


def _han_weekday(match: re.Match[str], calendar: Calendar) -> date:
    which, word = match[1] or "", match[2]
    weekday = _HAN_WEEKDAYS[word] if word in _HAN_WEEKDAYS else int(word) - 1
    if which:
        return calendar.week_day(weekday, which.count("下") - which.count("上"))
    return calendar.coming(weekday, 0 if word == "末" else 1)


def _han_date(match: re.Match[str], calendar: Calendar) -> date:
    year = match[1]
    if year and year in "今明后":
        year = str(calendar.today.year + "今明后".index(year))
    return calendar.day_of_year(number(match[2]), number(match[3]), year)


def _han_month_day(match: re.Match[str], calendar: Calendar) -> date:
    return calendar.month(match[1].count("下")).replace(day=number(match[2]))


def _month_end(match: re.Match[str], calendar: Calendar) -> date:
    return calendar.month_end((match[1] or "").count("下"))


_Rule = tuple[str, _Reader, Weight]

_WEEKDAY_RULES: tuple[_Rule, ...] = (
    (rf"(?:(this|next|coming|last)\s+)?{_WEEKDAY}(\s+next\s+week(?![a-z]))?", _english_weekday, Weight.EDGE),
    (
        r"(本|这一?个?|上+一?个?|下+一?个?)?(?:周|星期|礼拜)([一二三四五六日天末]|[1-7](?![0-9点时:]))",
        _han_weekday,
        Weight.ANYWHERE,
    ),
)
_DATE_RULES: tuple[_Rule, ...] = (
    (
        rf"([0-9]{{1,2}})(?:st|nd|rd|th)?[\s-]*(?:of\s+)?{_MONTH}(?:,?[\s-]*({_YEAR})(?![0-9:]))?",
        lambda m, c: c.day_of_year(_month(m[2]), int(m[1]), m[3]),
        Weight.ANYWHERE,
    ),
    (
        rf"{_MONTH}\s*([0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9:]|\s*[ap]m)(?:,?\s*({_YEAR})(?![0-9:]))?",
        lambda m, c: c.day_of_year(_month(m[1]), int(m[2]), m[3]),
        Weight.ANYWHERE,
    ),
    (
        rf"({_YEAR})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}})(?![0-9])(?:t(?=[0-9]))?",
        lambda m, c: c.day_of_year(int(m[3]), int(m[4]), m[1]),
        Weight.ANYWHERE,
    ),
    (
        rf"([0-9]{{1,2}})\.\s?([0-9]{{1,2}})\.(?:\s?({_YEAR})(?![0-9:])|([0-9]{{2}})(?![0-9:.]))?",
        lambda m, c: c.day_of_year(int(m[2]), int(m[1]), m[3] or m[4]),
        Weight.EDGE,
    ),
    (
        rf"([0-9]{{1,2}})/([0-9]{{1,2}})(?:/({_YEAR}|[0-9]{{2}}))?(?![0-9/])",
        lambda m, c: c.figures(int(m[1]), int(m[2]), m[3]),
        Weight.EDGE,
    ),
    (r"(?:the\s+)?([0-9]{1,2})(?:st|nd|rd|th)(?![a-z])", lambda m, c: c.day_of_month(int(m[1])), Weight.EDGE),
    (
        rf"(?:({_YEAR}|[0-9]{{2}}|[今明后])年)?({_DAY})月({_DAY})(?:[日号]|(?![0-9]))",
        _han_date,
        Weight.ANYWHERE,
    ),
    (rf"(本|这个?|下+一?个?)月({_DAY})(?:[日号]|(?![0-9点时]))", _han_month_day, Weight.ANYWHERE),
    (rf"({_DAY})[日号]", lambda m, c: c.day_of_month(number(m[1])), Weight.EDGE),
)
"""A day by its place in the month: beside it a weekday may stand."""

_OTHER_RULES: tuple[_Rule, ...] = (
    (r"(?:today|tod|eod)(?![a-z])", lambda m, c: c.today, Weight.ANYWHERE),
    (r"(?:to(?=night)|this\s+(?=morning|afternoon|evening))", lambda m, c: c.today, Weight.EDGE),
    (r"(?:tomorrow|tmrw|tmr|tmw|tomo)(?![a-z])", lambda m, c: _span(1, "d", c), Weight.ANYWHERE),
    (r"tom(?![a-z])", lambda m, c: _span(1, "d", c), Weight.EDGE),
    (r"(?:the\s+)?day\s+after\s+tomorrow(?![a-z])", lambda m, c: _span(2, "d", c), Weight.ANYWHERE),
    (r"yesterday(?![a-z])", lambda m, c: _span(-1, "d", c), Weight.ANYWHERE),
    (r"(?:eow|end of (?:the |this )?week)(?![a-z])", lambda m, c: c.coming(4, 0), Weight.ANYWHERE),
    (r"end of next week(?![a-z])", lambda m, c: c.week_day(4, 1), Weight.ANYWHERE),
    (r"(?:eom|end of (?:the |this )?month)(?![a-z])", lambda m, c: c.month_end(0), Weight.ANYWHERE),
    (r"end of next month(?![a-z])", lambda m, c: c.month_end(1), Weight.ANYWHERE),
    (r"(?:this\s+)?weekend(?![a-z])", lambda m, c: c.coming(5, 0), Weight.EDGE),
    (r"next\s+weekend(?![a-z])", lambda m, c: c.week_day(5, 1), Weight.ANYWHERE),
    (rf"next\s+week\s+(?:on\s+)?{_WEEKDAY}", lambda m, c: c.week_day(_weekday(m[1]), 1), Weight.ANYWHERE),
    (r"next\s+week(?![a-z])", lambda m, c: c.week_day(0, 1), Weight.ANYWHERE),
    (r"next\s+month(?![a-z])", lambda m, c: c.month(1), Weight.ANYWHERE),
    (
        rf"(?:(\+|-|(?:in|within)\s+)\s*)?([0-9]{{1,4}}|(?:{ENGLISH_NUMBER})(?=\s))\s*"
        r"(d(?:ays?)?|w(?:ks?|eeks?)?|fortnights?|mo(?:nths?)?|y(?:ears?)?)"
        r"(?![a-z0-9])(?:\s+(from\s+now|later|ago)(?![a-z]))?",
        _elapsed,
        Weight.EDGE,
    ),
    (
        rf"({_YEAR})([0-9]{{2}})([0-9]{{2}})(?![0-9])",
        lambda m, c: c.day_of_year(int(m[2]), int(m[3]), m[1]),
        Weight.EDGE,
    ),
    (
        r"([0-9]{1,2})\.([0-9]{1,2})(?![0-9.]|\s*[ap]m)",
        lambda m, c: c.day_of_year(int(m[2]), int(m[1])),
        Weight.ALONE,
    ),
    (
        rf"([0-9]{{1,2}})-([0-9]{{1,2}})(?:-({_YEAR}))?(?![0-9-])",
        lambda m, c: c.figures(int(m[1]), int(m[2]), m[3]),
        Weight.ALONE,
    ),
    (r"([0-9]{1,2})(?![0-9a-z:./%+-]|\s*[ap]\.?m)", lambda m, c: c.day_of_month(int(m[1])), Weight.ALONE),
    (r"(大前天|大后天|前天|后天)", lambda m, c: _span(_HAN_DAYS[m[1]], "d", c), Weight.ANYWHERE),
    (r"([昨今明])(?:[天日]|(?=[早晚]))", lambda m, c: _span(_HAN_DAYS[m[1]], "d", c), Weight.ANYWHERE),
    (r"(下+)一?个?(?:周|星期|礼拜)", lambda m, c: c.week_day(0, len(m[1])), Weight.ANYWHERE),
    (rf"({_NUMBER})个?(天|日|周|星期|礼拜|月|年)(?:以|之)?([后前内])(?!天)", _han_elapsed, Weight.ANYWHERE),
    (rf"过({_NUMBER})个?(天|周|星期|礼拜|月)", lambda m, c: _span(number(m[1]), m[2], c), Weight.ANYWHERE),
    (r"(?:eoy|end of (?:the |this )?year)(?![a-z])", lambda m, c: c.year_end(), Weight.ANYWHERE),
    (r"年[底末]", lambda m, c: c.year_end(), Weight.ANYWHERE),
    (r"(半)个?(月|年)(?:以|之)?([后前内])", _han_elapsed, Weight.ANYWHERE),
    (r"(本|这个?|下+一?个?)?月[底末]", _month_end, Weight.ANYWHERE),
    (r"(下+)一?个?月(?:初)?", lambda m, c: c.month(len(m[1])), Weight.ANYWHERE),
    (r"月初", lambda m, c: c.day_of_month(1), Weight.ANYWHERE),
)


def _compiled(rules: tuple[_Rule, ...]) -> _Compiled:
    return tuple((re.compile(pattern, re.ASCII), reader, weight) for pattern, reader, weight in rules)


_WEEKDAYS_FIRST, _DATES, _OTHERS = map(_compiled, (_WEEKDAY_RULES, _DATE_RULES, _OTHER_RULES))
_TO_DATE = re.compile(r"\.?\s*[,、]?\s*(?:the\s+)?", re.ASCII)
_TO_WEEKDAY = re.compile(r"\s*[,、]?\s*(\()?", re.ASCII)


def read_day(text: str, start: int, calendar: Calendar) -> DayFound | None:
    """The day with the most words that begins at `start` of a folded text, or None.

    A weekday alone is the next one, never today; `next fri` and 下周五 lie in the week from next Monday on;
    `eow` is Friday. A day without month or year is the next one from today; days with a year, `yesterday`
    and 上周五 may be past. Beside a date a weekday says nothing new (`fri 4 dec`, 12月4日周五); before a date
    that is another weekday it makes no day at all.
    """
    weekday = _longest(_WEEKDAYS_FIRST, text, start, calendar)
    dated = _behind(weekday, text, calendar)
    if weekday and dated:
        same = dated.day.weekday() == weekday.day.weekday()
        return DayFound(dated.day, dated.end, Weight.ANYWHERE) if same else None
    dated = _longest(_DATES, text, start, calendar)
    if dated:
        dated = _with_weekday(text, dated, calendar)
    others = (weekday, dated, _longest(_OTHERS, text, start, calendar))
    return max(filter(None, others), key=lambda found: found.end, default=None)


def day_of_another_name(text: str, start: int, calendar: Calendar) -> date | None:
    """The date at `start` that stands behind another weekday than its own (`fri 5 dec`), or None."""
    weekday = _longest(_WEEKDAYS_FIRST, text, start, calendar)
    dated = _behind(weekday, text, calendar)
    if weekday is None or dated is None or dated.day.weekday() == weekday.day.weekday():
        return None
    return dated.day


def _behind(weekday: DayFound | None, text: str, calendar: Calendar) -> DayFound | None:
    """The date that stands behind a weekday."""
    if weekday is None:
        return None
    gap = _TO_DATE.match(text, weekday.end)
    return _longest(_DATES, text, gap.end() if gap else weekday.end, calendar)


def _with_weekday(text: str, dated: DayFound, calendar: Calendar) -> DayFound:
    """The date and the weekday that stands behind it, in brackets perhaps."""
    gap = _TO_WEEKDAY.match(text, dated.end)
    weekday = _longest(_WEEKDAYS_FIRST, text, gap.end(), calendar) if gap else None
    if gap is None or weekday is None or weekday.day.weekday() != dated.day.weekday():
        return dated
    if gap[1] and not text.startswith(")", weekday.end):
        return dated
    return DayFound(dated.day, weekday.end + bool(gap[1]), Weight.ANYWHERE)


def _longest(rules: _Compiled, text: str, start: int, calendar: Calendar) -> DayFound | None:
    best: DayFound | None = None
    for pattern, reader, weight in rules:
        match = pattern.match(text, start)
        if match and (best is None or match.end() > best.end):
            try:
                best = DayFound(reader(match, calendar), match.end(), weight)
            except (ValueError, OverflowError):
                continue
    return best
