"""The systems that write lead files: what tells their files, and what their columns and words mean.

Each is a TOML file in `systems/`, or one of the user's in the folder of the same name beside the settings.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from leadtui.capture.words.fields import FIELDS, IGNORED
from leadtui.capture.words.vocabulary import folded, vocabulary
from leadtui.i18n import gettext as _
from leadtui.i18n import marked
from leadtui.settings.checks import nearest
from leadtui.settings.load import SettingsProblem

KINDS: Mapping[str, str] = {
    "lead": marked("leads"),
    "customer": marked("customers"),
    "contact": marked("contacts"),
    "opportunity": marked("opportunities"),
    "activity": marked("activities"),
}
"""What the rows of a file can be."""
_TABLES: Mapping[str, str] = {"status": "status", "rating": "tier_chosen", "sources": "source_channel"}
"""The tables of words in a profile, and the field of each."""
_DATES: Mapping[str, bool] = {"day/month/year": True, "month/day/year": False}
_KEYS = ("title", "source", "dates", "weak_ids", "files", "columns", *_TABLES)
_FILE_KEYS = ("holds", "signs", "columns")
_FOLDER = Path(__file__).with_name("systems")


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells one kind of file of a system."""

    holds: str
    """One of `KINDS`."""
    headers: tuple[frozenset[str], ...]
    """Folded headers; the file is of this kind when all of any of these sets are there."""
    columns: Mapping[str, str]
    """Folded header to field, `ignore`, or an empty text for a custom field; for this kind of file alone."""


@dataclass(frozen=True, slots=True)
class System:
    """A system that writes lead files; the one without name knows nothing."""

    name: str = ""
    title: str = ""
    """As people call it."""
    source: str = ""
    """Where its leads come from when no column says it."""
    day_first: bool | None = None
    """How it orders day and month, where it always does the same."""
    weak_ids: bool = False
    """Whether its identities may be given twice, so that something else must agree."""
    files: tuple[Signs, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    """As in `Signs`, for all its files."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field to folded word to our code."""


class Recognised(NamedTuple):
    """Which system wrote a file, what its rows are, and what it calls its columns."""

    system: System
    holds: str
    columns: Mapping[str, str]


UNKNOWN = Recognised(System(), "lead", {})


def recognise(headers: Iterable[str], systems: Sequence[System]) -> Recognised:
    """The system whose signs are all in `headers`: the one with the most, of as many the first."""
    there = {folded(header) for header in headers}
    best, most = UNKNOWN, 0
    for system in systems:
        for signs in system.files:
            count = max((len(each) for each in signs.headers if each <= there), default=0)
            if count > most:
                best, most = Recognised(system, signs.holds, {**system.columns, **signs.columns}), count
    return best


@cache
def shipped_systems() -> tuple[System, ...]:
    """The systems that LeadTUI knows by itself."""
    profiles = sorted(_FOLDER.glob("*.toml"))
    return tuple(_system(path.stem, tomllib.loads(path.read_text("utf-8")), _Faults()) for path in profiles)


def own_systems(folder: Path) -> tuple[tuple[System, ...], tuple[SettingsProblem, ...]]:
    """The user's profiles in `folder`, and a problem for each line of them that was not taken."""
    systems: list[System] = []
    problems: list[SettingsProblem] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            text = path.read_bytes().decode("utf-8-sig")
            table = tomllib.loads(text)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            line = re.search(r"\(at line (\d+)", str(error))
            why = re.sub(r" \(at .*\)$", "", str(error))
            sentence = _("is not TOML: {why}").format(why=why)
            problems.append(SettingsProblem(path, int(line[1]) if line else 0, sentence))
            continue
        faults = _Faults()
        systems.append(_system(path.stem, table, faults))
        problems += [SettingsProblem(path, _line_of(word, text), sentence) for word, sentence in faults]
    return tuple(systems), tuple(problems)


class _Faults(list[tuple[str, str]]):
    """(word, sentence): what is wrong with a profile, and the word that stands on its line."""

    def choice(self, what: str, word: object, known: Iterable[str]) -> bool:
        """Whether `word` is one of `known`; notes it with the nearest one otherwise."""
        known = list(known)
        if isinstance(word, str) and word in known:
            return True
        sentence = _("{what} can't be “{word}”; {hint}")
        self.append((str(word), sentence.format(what=what, word=word, hint=nearest(str(word), known))))
        return False


def _line_of(word: str, text: str) -> int:
    """The line (from 1) on which a word of a profile stands; 0 when it can't be found."""
    for number, line in enumerate(text.splitlines(), start=1):
        if word and word in line and not line.lstrip().startswith("#"):
            return number
    return 0


def _system(name: str, table: Mapping[str, Any], faults: _Faults) -> System:
    for key in table:
        faults.choice(_("a setting of a system"), key, _KEYS)
    dates = table.get("dates", "")
    if dates and not faults.choice("dates", dates, _DATES):
        dates = ""
    files = [_signs(each, faults) for each in table.get("files", []) if isinstance(each, dict)]
    if not files:
        faults.append(("", _("needs [[files]] with the headers that are its signs")))
    return System(
        name,
        str(table.get("title", name)),
        str(table.get("source", "")),
        _DATES.get(dates),
        table.get("weak_ids") is True,
        tuple(files),
        _columns(table.get("columns", {}), faults),
        {
            target: _words(table[key], key, target, faults)
            for key, target in _TABLES.items()
            if isinstance(table.get(key), dict)
        },
    )


def _signs(table: Mapping[str, Any], faults: _Faults) -> Signs:
    for key in table:
        faults.choice(_("a setting of [[files]]"), key, _FILE_KEYS)
    holds = table.get("holds", "lead")
    if not faults.choice("holds", holds, KINDS):
        holds = "lead"
    signs = table.get("signs", [])
    sets = [frozenset(map(folded, each)) for each in signs if isinstance(each, list) and each]
    if not sets:
        faults.append(("signs", _('signs must be lists of headers, for example [["Id", "Lead Owner"]]')))
    return Signs(holds, tuple(sets), _columns(table.get("columns", {}), faults))


def _columns(table: object, faults: _Faults) -> dict[str, str]:
    found: dict[str, str] = {}
    for header, target in table.items() if isinstance(table, dict) else ():
        if target == "custom" or faults.choice(
            _("the column {name}").format(name=header), target, [*FIELDS["lead"], IGNORED, "custom"]
        ):
            found[folded(header)] = "" if target == "custom" else target
    return found


def _words(table: Mapping[str, Any], key: str, target: str, faults: _Faults) -> dict[str, str]:
    known = set(vocabulary().values[target].values())
    free = target == "source_channel"
    return {
        folded(word): str(code)
        for word, code in table.items()
        if (free and isinstance(code, str)) or faults.choice(f"{key}.{word}", code, sorted(known))
    }
