"""What each type of value may hold, and how a wrong one is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time

from leadtui.i18n import gettext as _
from leadtui.i18n import languages, speaks
from leadtui.settings.model import CHOICES

_REGIONS = frozenset(
    (
        "AC AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS "
        "BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG "
        "EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT "
        "HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR "
        "LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF "
        "NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD "
        "SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TG TH TJ TK TL TM TN TO TR TT TV TW "
        "TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
    ).split()
)
"""The countries whose phone numbers `phonenumbers` knows; it is too much to load for that."""
_SAID_FOR = {"UK": "GB", "RMB": "CNY", "CNH": "CNY"}
"""What people write for a country or a currency."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Unfit(Exception):
    """A value that can't be taken; its text says why, to follow the name of the value."""


def nearest(word: str, words: object) -> str:
    """', did you mean X?' for the most similar of `words`, or the whole choice when none is similar."""
    from difflib import get_close_matches

    known = [str(each) for each in words] if isinstance(words, tuple | list | set | frozenset) else []
    similar = get_close_matches(word.casefold(), known, n=1, cutoff=0.5)
    if similar:
        return _("did you mean {word}?").format(word=similar[0])
    return _("known are {words}").format(words=", ".join(known))


def number(whole: bool, low: float, high: float) -> Callable[[object], object]:
    """A check for numbers between `low` and `high`."""

    def check(value: object) -> object:
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            raise Unfit(_("must be a whole number") if whole else _("must be a number"))
        if not low <= value <= high:
            raise Unfit(_("must be between {low:g} and {high:g}").format(low=low, high=high))
        return value

    return check


def yes_no(value: object) -> object:
    if not isinstance(value, bool):
        raise Unfit(_("must be true or false"))
    return value


def text(value: object) -> object:
    if not isinstance(value, str):
        raise Unfit(_("must be a text in quotes"))
    return value.strip()


def matching(pattern: str, example: str) -> Callable[[object], object]:
    """A check for texts of one form, told by an example."""

    def check(value: object) -> object:
        if not re.fullmatch(pattern, str(text(value))):
            raise Unfit(_("must look like {example}").format(example=example))
        return text(value)

    return check


def one_of(words: tuple[str, ...]) -> Callable[[object], object]:
    """A check for a word out of a few."""

    def check(value: object) -> object:
        word = str(text(value)).casefold()
        if word not in words:
            raise Unfit(_("can't be '{word}'; {hint}").format(word=word, hint=nearest(word, words)))
        return word

    return check


def many(check_one: Callable[[object], object]) -> Callable[[object], object]:
    """A check for a list whose items pass `check_one`; becomes a tuple without repetitions."""

    def check(value: object) -> object:
        if not isinstance(value, list):
            raise Unfit(_("must be a list in square brackets"))
        return tuple(dict.fromkeys(check_one(item) for item in value))

    return check


def word(value: object) -> object:
    """A text that says something: nothing at all would be found in everything."""
    if not text(value):
        raise Unfit(_("can't hold an empty text"))
    return text(value)


def reasons(value: object) -> object:
    """Words to choose from, one at least: a lead that is closed needs a reason."""
    found = many(word)(value)
    if not found:
        raise Unfit(_("needs at least one"))
    return found


def region(value: object) -> object:
    """A country by its two letters."""
    code = str(text(value)).upper()
    code = _SAID_FOR.get(code, code)
    if code not in _REGIONS:
        raise Unfit(_("must look like {example}").format(example='"CN"'))
    return code


def currency(value: object) -> object:
    """A currency by its three letters."""
    code = str(text(value)).upper()
    code = _SAID_FOR.get(code, code)
    if not re.fullmatch("[A-Z]{3}", code):
        raise Unfit(_("must look like {example}").format(example='"CNY"'))
    return code


def clock_time(value: object) -> object:
    """`09:30` as a text or as TOML's own time."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if not re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)|24:00", str(text(value))):
        raise Unfit(_("must be a time like {example}").format(example='"09:30"'))
    return f"{text(value):0>5}"


def day(value: object) -> object:
    """`2026-10-01` as a text or as TOML's own date."""
    try:
        return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()[:10]
    except ValueError:
        raise Unfit(_("must hold dates like {example}").format(example="2026-10-01")) from None


def language(value: object) -> object:
    """A language that there are texts in."""
    word = str(text(value))
    if word and not speaks(word):
        raise Unfit(_("can't be '{word}'; {hint}").format(word=word, hint=nearest(word, languages())))
    return word


def zone_name(value: object) -> object:
    """A name of the time zone database."""
    from zoneinfo import ZoneInfo, available_timezones

    name = str(text(value))
    if not name:
        return name
    try:
        return ZoneInfo(name).key
    except (OSError, ValueError, LookupError):
        known = {zone.casefold(): zone for zone in available_timezones()}
        if name.casefold() in known:
            return known[name.casefold()]
        from difflib import get_close_matches

        similar = get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
        example = known[similar[0]] if similar else "Asia/Shanghai"
        raise Unfit(
            _("knows no time zone '{name}'; try {example}").format(name=name, example=example)
        ) from None


CHECKS: Mapping[str, Callable[[object], object]] = {
    "bool": yes_no,
    "Text": text,
    "Points": number(True, 0, 100),
    "Count": number(True, 0, 10_000_000),
    "Days": number(True, 0, 3650),
    "Hours": number(False, 0, 8760),
    "Amount": number(True, 0, 10**15),
    "ClockTime": clock_time,
    "Dates": many(day),
    "Weekdays": many(one_of(WEEKDAYS)),
    "Words": many(word),
    "Reasons": reasons,
    "Language": language,
    "ZoneName": zone_name,
    "Region": region,
    "Currency": currency,
    "FieldKey": matching(r"[^\W\d_]\w{0,39}", '"contract_end"'),
    **{name: one_of(words) for name, words in CHOICES.items()},
}
"""By the name that a value's type has in `model`."""
