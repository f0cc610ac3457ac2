"""Phone numbers: E.164 where the country is certain, otherwise as they were written."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from leadtui.capture.clean.text import is_blank

_READY = re.compile(r"\+[1-9]\d{7,14}")
_SPACED = re.compile(r"\+[1-9](?:[ .\-]?\d){7,14}")
_GAPS = str.maketrans("", "", " .-")
_CHINESE_MOBILE = re.compile(r"1[3-9]\d{9}")
_FLOAT = re.compile(r"(\d{7,15})\.0+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+?(?:[6-9]|1[0-4])", re.IGNORECASE)
_STRONG = re.compile(r"\s*(?::::|[;、；\n|])\s*")
_WEAK = re.compile(r"\s*[,，/]\s*|\s+or\s+|\s*或\s*")
_LABEL = re.compile(r"^(?:p|tel|phone|mobile|cell|call|m|t|电话|手机|座机|tel\.)\s*[:：]\s*", re.IGNORECASE)
_EXTENSION = re.compile(
    r"\s*[,;]?\s*(?:x|ext\.?|extension|转|分机|#)\s*[:：.]?\s*(\d{1,8})\s*$", re.IGNORECASE
)
_NUMBER = re.compile(r"\+?[\d(][\d\s().\-–—−/·]*\d")
_NOT_DIGIT = re.compile(r"\D+")
_TRUNK = re.compile(r"\(0\)")
_SPACES = re.compile(r"\s+")
_RUNS = re.compile(r"[^\S\n]+")
_LONGEST = 1000
"""A longer cell holds no numbers; and what tells numbers apart takes the square of its length."""


class Phones:
    """Cleans the phone cells of one file; numbers without a country code belong to `region` (`CN`)."""

    def __init__(self, region: str) -> None:
        self.region = region.upper()
        self._patterns: dict[tuple[int, str], tuple[int, str]] = {}

    def __call__(self, cell: str) -> tuple[tuple[str, ...], str]:
        """The numbers of a cell, each once, and the text of what was none.

        A number has 7 to 15 digits; its extension is kept as ` x123`.
        """
        text = cell.strip()
        if _READY.fullmatch(text):
            return (text,), ""
        if _SPACED.fullmatch(text) and text.isascii():
            return (text.translate(_GAPS),), ""
        if self.region == "CN" and _CHINESE_MOBILE.fullmatch(text):
            return ("+86" + text,), ""
        if is_blank(text):
            return (), ""
        if len(text) > _LONGEST:
            return (), text
        if not text.isascii():
            text = unicodedata.normalize("NFKC", text)
        text = _RUNS.sub(" ", text)
        found: list[str] = []
        bad: list[str] = []
        for part in _STRONG.split(text):
            for piece in _pieces(part):
                number = self._one(piece)
                if number:
                    found.append(number)
                elif piece.strip("' "):
                    bad.append(piece.strip())
        return tuple(dict.fromkeys(found)), " ".join(bad)

    def _one(self, piece: str) -> str:
        """One number, or an empty text."""
        text = _LABEL.sub("", piece.strip("'’ \t"))
        if _SCIENTIFIC.fullmatch(text):
            if lost_digits(text):
                return ""
            text = str(int(Decimal(text)))
        elif whole := _FLOAT.fullmatch(text):
            text = whole[1]
        extension = ""
        if (ending := _EXTENSION.search(text)) and _count(text[: ending.start()]) >= 7:
            extension, text = f" x{ending[1]}", text[: ending.start()]
        match = _NUMBER.search(text)
        if match is None:
            return ""
        written = match[0].strip()
        digits = _digits(written)
        if not 7 <= len(digits) <= 15 or digits == digits[0] * len(digits):
            return ""
        if written.startswith("+"):
            return "+" + _digits(_TRUNK.sub("", written)) + extension
        if digits.startswith("00") and len(digits) >= 10:
            return "+" + digits[2:] + extension
        return (self._national(digits) or _SPACES.sub(" ", written)) + extension

    def _national(self, digits: str) -> str:
        """`digits` in E.164 when they are a number of the region, or begin with a country code."""
        depth = 4 if self.region in {"US", "CA"} else 6
        pattern = (len(digits), digits[:depth])
        known = self._patterns.get(pattern)
        if known is None:
            known = self._patterns[pattern] = _pattern(digits, self.region)
        dropped, prefix = known
        return prefix + digits[dropped:] if prefix else ""


def lost_digits(text: str) -> bool:
    """Whether a spreadsheet rounded a number to what it showed of it, such as `1.38E+10`."""
    number = text.strip("'’ \t")
    if not _SCIENTIFIC.fullmatch(number):
        return False
    digits, _sign, exponent = number.lower().partition("e")
    return len(digits.partition(".")[2]) < int(exponent)


def _pieces(text: str) -> list[str]:
    """The numbers that commas, slashes and spaces part; `310/246-1501` is one number."""
    pieces = [piece for piece in _WEAK.split(text) if piece]
    if len(pieces) == 1 and _count(text) > 15:
        pieces = text.split()
    if len(pieces) < 2 or all(_count(piece) >= 7 for piece in pieces):
        return pieces
    return [text] if _count(text) <= 15 else pieces


def _digits(text: str) -> str:
    digits = _NOT_DIGIT.sub("", text)
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)


def _count(text: str) -> int:
    return len(_NOT_DIGIT.sub("", text))


def _pattern(digits: str, region: str) -> tuple[int, str]:
    """How numbers of this length and beginning become E.164: digits to drop, and what to put before them."""
    from phonenumbers import (
        NumberParseException,
        PhoneNumberType,
        is_valid_number,
        ndd_prefix_for_region,
        number_type,
        parse,
    )

    mobile = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
    for text, country in ((digits, region), ("+" + digits, None)):
        try:
            number = parse(text, country)
        except NumberParseException:
            continue
        if not is_valid_number(number):
            continue
        if country is None:
            return (0, "+") if len(digits) >= 11 else (0, "")
        trunk = ndd_prefix_for_region(region, True)
        if trunk and not digits.startswith(trunk) and number_type(number) not in mobile:
            service = digits.startswith(("400", "800")) and region == "CN"
            if not service:
                continue
        national = str(number.national_number)
        if number.italian_leading_zero:
            national = "0" * (number.number_of_leading_zeros or 1) + national
        if digits.endswith(national):
            return len(digits) - len(national), f"+{number.country_code}"
    return 0, ""
