"""Reading `config.toml`: what is right is taken, what is wrong is named with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from leadtui.errors import reason
from leadtui.i18n import gettext as _
from leadtui.settings.checks import CHECKS, Unfit, nearest
from leadtui.settings.model import (
    CustomField,
    Duplicates,
    Limit,
    Opportunity,
    Scoring,
    Settings,
    Tiers,
    WorkHours,
)
from leadtui.settings.section import Section

AnySection = TypeVar("AnySection", bound=Section)
_RISING: Mapping[type[Section], tuple[tuple[str, str], ...]] = {
    Scoring: (("medium", "high"), ("interest", "consideration"), ("medium_employees", "large_employees")),
    Tiers: (("b_score", "a_score"),),
    Duplicates: (("possible", "likely"),),
    WorkHours: (("start", "end"),),
    Opportunity: (("medium_amount", "high_amount"),),
    Limit: (("soft_hours", "hard_hours"),),
}
Report = Callable[[str, str], None]
"""Takes the dotted name of what is wrong and a sentence."""


class SettingsProblem(NamedTuple):
    """A line of the settings that was not taken; its default is used."""

    file: Path
    line: int
    """From 1; 0 when the file itself can't be read."""
    text: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.text}"


def load_settings(path: Path | None) -> tuple[Settings, tuple[SettingsProblem, ...]]:
    """The settings of the file at `path`, with a problem for each line that was not taken.

    A file that isn't there means the defaults. Broken TOML is one problem, and all defaults.
    """
    if path is None or not path.exists():
        return Settings(), ()
    import tomllib

    problems: list[SettingsProblem] = []
    try:
        text = path.read_bytes().decode("utf-8-sig")
        table = tomllib.loads(text)
    except OSError as error:
        return Settings(), (SettingsProblem(path, 0, _("can't be read: {why}").format(why=reason(error))),)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Settings(), (SettingsProblem(path, line, _("is not UTF-8; save the file as UTF-8")),)
    except tomllib.TOMLDecodeError as error:
        return Settings(), (broken_toml(path, text, str(error)),)
    lines = line_numbers(text)

    def report(name: str, sentence: str) -> None:
        problems.append(SettingsProblem(path, line_of(name, lines), sentence))

    settings = _section(Settings(), table, "", report)
    problems.sort(key=lambda problem: problem.line)
    return settings, tuple(problems)


def broken_toml(path: Path, text: str, message: str) -> SettingsProblem:
    """The problem of a file that is no TOML, from what the reader of TOML says."""
    place = re.search(r"\(at line (\d+), column \d+\)", message)
    line = int(place[1]) if place else text.count("\n") + 1
    why = re.sub(r" \(at .*\)$", "", message)
    return SettingsProblem(path, line, _("is not TOML: {why}").format(why=why))


def _section(default: AnySection, table: Mapping[str, Any], prefix: str, report: Report) -> AnySection:
    types = {name.rstrip("_"): (name, type_) for name, type_ in type(default).__annotations__.items()}
    values: dict[str, object] = {}
    for key, value in table.items():
        name, type_ = types.get(key, ("", ""))
        full = f"{prefix}{key}"
        if not name:
            report(full, _unknown(key, full, prefix, tuple(types)))
            continue
        try:
            values[name] = _value(getattr(default, name), type_, value, full, report)
        except Unfit as unfit:
            report(full, f"{full} {unfit}")
    return _agreeing(default.but(**values), default, prefix, report)


def _unknown(key: str, full: str, prefix: str, known: tuple[str, ...]) -> str:
    what = _("there is no setting {name}; {hint}") if prefix else _("there is no section {name}; {hint}")
    return what.format(name=full, hint=nearest(key, known))


def _value(default: object, type_: str, value: object, full: str, report: Report) -> object:
    if isinstance(default, Section):
        if not isinstance(value, Mapping):
            raise Unfit(_("must be a section, [{name}]").format(name=full))
        return _section(default, value, f"{full}.", report)
    if type_ == "Keys":
        return _keys(value, full, report)
    if type_ == "Fields":
        return _fields(value, full, report)
    return CHECKS[type_](value)


def _keys(value: object, full: str, report: Report) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise Unfit(_("must be a section, [{name}]").format(name=full))
    keys: dict[str, str] = {}
    for command, key in value.items():
        try:
            keys[command] = ",".join(
                str(CHECKS["Text"](one)) for one in (key if isinstance(key, list) else [key])
            )
        except Unfit as unfit:
            report(f"{full}.{command}", f"{full}.{command} {unfit}")
    return MappingProxyType(keys)


def _fields(value: object, full: str, report: Report) -> tuple[CustomField, ...]:
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise Unfit(_("must be written as [[{name}]]").format(name=full))
    fields: dict[str, CustomField] = {}
    for index, item in enumerate(value):
        name = f"{full}.{index}"
        field = _section(CustomField(), item, f"{name}.", report)
        if not field.key and "key" in item:
            continue
        if not field.key:
            report(
                name, _("a field of your own needs a key such as {example}").format(example="contract_end")
            )
        elif field.key in fields:
            report(f"{name}.key", _("there are two fields with the key {key}").format(key=field.key))
        elif field.kind == "choice" and not field.choices:
            report(f"{name}.kind", _("the field {key} needs its choices").format(key=field.key))
        else:
            fields[field.key] = field.but(label=field.label or field.key.replace("_", " "))
    return tuple(fields.values())


def _agreeing(section: AnySection, default: AnySection, prefix: str, report: Report) -> AnySection:
    """The section, with the defaults for values that contradict one another."""
    if isinstance(section, WorkHours) and not section.weekdays and not section.extra_days:
        report(f"{prefix}weekdays", _("{name} names no day").format(name=f"{prefix}weekdays"))
        section = section.but(weekdays=WorkHours.weekdays)
    for low, high in _RISING.get(type(section), ()):
        first, second = getattr(section, low), getattr(section, high)
        if first > second or (first == second and not isinstance(section, Limit)):
            sentence = _("{low} must be below {high}").format(low=f"{prefix}{low}", high=f"{prefix}{high}")
            report(f"{prefix}{low}", sentence)
            section = section.but(**{low: getattr(default, low), high: getattr(default, high)})
    return section


def line_numbers(text: str) -> dict[str, int]:
    """The first line of each section and setting, by dotted name; `fields.0.key` in lists of tables."""
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if heading := re.match(r"\s*(\[\[?)\s*([^\]]+?)\s*\]", line):
            section = _dotted(heading[2])
            if heading[1] == "[[":
                index = counts[section] = counts.get(section, -1) + 1
                found.setdefault(section, number)
                section = f"{section}.{index}"
            found.setdefault(section, number)
        elif setting := re.match(r"""\s*([\w."'\- ]+?)\s*=""", line):
            name = _dotted(setting[1])
            found.setdefault(f"{section}.{name}" if section else name, number)
    return found


def _dotted(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))


def line_of(name: str, lines: Mapping[str, int]) -> int:
    """The line of a setting, or of the nearest thing around it that has one."""
    while name and name not in lines:
        inside = [line for known, line in lines.items() if known.startswith(f"{name}.")]
        if inside:
            return min(inside)
        name = name.rpartition(".")[0]
    return lines.get(name, 1)
