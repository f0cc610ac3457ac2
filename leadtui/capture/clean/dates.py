"""Dates and times as other systems write them; a wrong one (`2023-02-30`) is told, never bent."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

from leadtui.i18n import gettext as _
from leadtui.i18n import marked

_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio janeiro ene",
            "feb february februar février fevrier febrero febbraio fev fév",
            "mar march märz marz mars marzo março mär mrz",
            "apr april avril abril aprile avr abr",
            "may mai mayo maggio maio",
            "jun june juni juin junio giugno junho",
            "jul july juli juillet julio luglio julho juil",
            "aug august août aout agosto aoû ago",
            "sep sept september septembre septiembre settembre setembro",
            "oct october oktober octobre octubre ottobre outubro okt",
            "nov november novembre noviembre novembro",
            "dec december dezember décembre decembre diciembre dicembre dezembro dez déc dic",
        ),
        start=1,
    )
    for name in names.split()
}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TIME = re.compile(
    r"(?:^|[\sT])(?P<before>上午|下午|晚上|am|pm)?\s*(?P<hour>\d{1,2}):(?P<minute>\d{1,2})"
    r"(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?:?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<offset>z|utc|gmt|[+-]\d{2}:?\d{2})?(?:\s*[+-]\d{2}:?\d{2})?\s*$",
    re.IGNORECASE,
)
_HOUR_ONLY = re.compile(r"\s(\d{1,2})\s*([ap]\.?m\.?)$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.\s](\d{1,2})[-/.\s](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*([^\W\d_]+)\.?,?[\s-]*(\d{4}|'?\d{2})")
_MONTH_DAY = re.compile(r"([^\W\d_]+)\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})")
_WEEKDAY = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+|\s*(?:星期|周)[一二三四五六日天]\s*", re.IGNORECASE
)
_CHINESE = str.maketrans(
    {"年": "-", "月": "-", "日": " ", "号": " ", "时": ":", "点": ":", "分": ":", "秒": " "}
)
_EXCEL_START = datetime(1899, 12, 30)
_YEARS = range(1900, 2201)
_LONGEST = 100

NO_DATE = marked("it is no date that can be read")
NO_DAY = marked("there is no such day")
NO_TIME = marked("there is no such time")


class Moment(NamedTuple):
    """A point in time in UTC milliseconds; with `all_day`, the start of that day."""

    at: int
    all_day: bool


class DateProblem(ValueError):
    """A cell that is no date; the text says why."""


def order_of(cell: str) -> str:
    """What a cell says of the order of day and month: `day`, `month`, `either`, or nothing."""
    match = _YEAR_LAST.match(cell.strip())
    if match is None or match[2] == ".":
        return ""
    first, second = int(match[1]), int(match[3])
    if first > 12 >= second:
        return "day"
    if second > 12 >= first:
        return "month"
    return "either" if first <= 12 and first != second else ""


def moment(cell: str, zone: tzinfo, day_first: bool) -> Moment:
    """The moment in a cell; without an offset it is local to `zone`. DateProblem when it is none.

    `day_first` says how `03/04/2026` is read; Excel serials and UNIX times (s, ms) are known by their size.
    """
    text = cell.strip()
    if len(text) > _LONGEST:
        raise DateProblem(_(NO_DATE))
    if text[4:5] == "-" and text.isascii():
        try:
            return _placed(datetime.fromisoformat(text), zone, all_day=len(text) == 10)
        except ValueError:
            pass
    text = _WEEKDAY.sub(" ", unicodedata.normalize("NFKC", text).translate(_CHINESE)).strip()
    if _NUMBER.fullmatch(text):
        return _from_number(text, zone)
    clock, text = _split_time(text)
    year, month, day = _split_date(text.strip().rstrip(",-").strip(), day_first)
    if year not in _YEARS:
        raise DateProblem(_(NO_DATE))
    hour, minute, second, offset = clock or (0, 0, 0, None)
    try:
        day_itself = datetime(year, month, day)
    except ValueError:
        raise DateProblem(_(NO_DAY)) from None
    try:
        local = day_itself.replace(hour=hour, minute=minute, second=second, tzinfo=offset)
    except ValueError:
        raise DateProblem(_(NO_TIME)) from None
    return _placed(local, zone, all_day=clock is None)


def _placed(local: datetime, zone: tzinfo, all_day: bool) -> Moment:
    if local.year not in _YEARS:
        raise DateProblem(_(NO_DATE))
    aware = local if local.tzinfo else local.replace(tzinfo=zone)
    return Moment(round(aware.timestamp() * 1000), all_day)


def _from_number(text: str, zone: tzinfo) -> Moment:
    whole = text.partition(".")[0]
    if len(whole) == 8 and whole == text:
        try:
            return _placed(datetime.strptime(text, "%Y%m%d"), zone, all_day=True)
        except ValueError:
            raise DateProblem(_(NO_DAY)) from None
    if len(whole) in {10, 13} and whole[0] in "12":
        seconds = int(whole) / (1000 if len(whole) == 13 else 1)
        return _placed(datetime.fromtimestamp(seconds, UTC), zone, all_day=False)
    days = float(text) if len(text) < 20 else 0.0
    if not 20_000 <= days < 80_000:
        raise DateProblem(_(NO_DATE))
    local = _EXCEL_START + timedelta(seconds=round(days * 86_400))
    return _placed(local, zone, all_day=days.is_integer())


def _split_time(text: str) -> tuple[tuple[int, int, int, tzinfo | None] | None, str]:
    """The time of day at the end of `text`, and what stands before it."""
    match = _TIME.search(text)
    if match:
        hour = _on_24_hours(int(match["hour"]), match["half"] or match["before"] or "")
        clock = (hour, int(match["minute"]), int(match["second"] or 0), _offset(match["offset"]))
        return clock, text[: match.start()]
    match = _HOUR_ONLY.search(text)
    if match:
        return (_on_24_hours(int(match[1]), match[2]), 0, 0, None), text[: match.start()]
    return None, text


def _on_24_hours(hour: int, half: str) -> int:
    if half[:1] in {"p", "P", "下", "晚"}:
        return hour if hour >= 12 else hour + 12
    return 0 if half and hour == 12 else hour


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    if minutes >= 24 * 60:
        raise DateProblem(_(NO_TIME))
    return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes))


def _split_date(text: str, day_first: bool) -> tuple[int, int, int]:
    """Year, month and day, not yet checked."""
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _YEAR_LAST.fullmatch(text):
        first, second = int(match[1]), int(match[3])
        month_first = first <= 12 and (second > 12 or not (day_first or match[2] == "."))
        day, month = (second, first) if month_first else (first, second)
        return _full_year(match[4]), month, day
    if match := _DAY_MONTH.fullmatch(text):
        return _full_year(match[3]), _month(match[2]), int(match[1])
    if match := _MONTH_DAY.fullmatch(text):
        return int(match[3]), _month(match[1]), int(match[2])
    raise DateProblem(_(NO_DATE))


def _month(name: str) -> int:
    found = _MONTHS.get(name.lower())
    if found is None:
        raise DateProblem(_(NO_DATE))
    return found


def _full_year(text: str) -> int:
    year = int(text.lstrip("'"))
    if len(text.lstrip("'")) == 4:
        return year
    return 2000 + year if year < 70 else 1900 + year
