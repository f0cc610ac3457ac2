"""All playbooks and templates: those that are shipped, in the user's language, and the user's own.

A file of the user with the name of a shipped one stands in its place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from leadtui.errors import reason
from leadtui.i18n import current_language
from leadtui.i18n import gettext as _
from leadtui.locations import locations
from leadtui.playbooks.occasion import Situation
from leadtui.playbooks.playbook import Playbook, read_playbook
from leadtui.playbooks.template import Template, read_template, split
from leadtui.settings.checks import nearest
from leadtui.settings.load import SettingsProblem, broken_toml, line_numbers, line_of

_SHIPPED = Path(__file__).parent / "shipped"
_ENDINGS = {"playbooks": ".toml", "templates": ".md"}
_MOST_BYTES = 1_000_000
_latest: list[Library] = []
Kind = TypeVar("Kind", Playbook, Template)


class Source(NamedTuple):
    """A file that a playbook or a template was read from."""

    path: Path
    own: bool
    """Whether it is the user's."""


class Library(NamedTuple):
    """What there is, by code, and what could not be read of it."""

    playbooks: dict[str, Playbook]
    templates: dict[str, Template]
    sources: dict[tuple[str, str], Source]
    """The file of each (kind, code), the kind being `playbooks` or `templates`."""
    problems: tuple[SettingsProblem, ...]

    def playbooks_for(self, lead: Situation) -> list[Playbook]:
        """The playbooks that are of use on a lead, the narrowest first."""
        return fitting(self.playbooks.values(), lead)

    def templates_for(self, lead: Situation) -> list[Template]:
        """The templates that are of use on a lead, the narrowest first."""
        return fitting(self.templates.values(), lead)


def fitting(known: Iterable[Kind], lead: Situation) -> list[Kind]:
    """Those that are of use on a lead, the narrowest first."""
    found = [one for one in known if one.occasion.fits(lead)]
    return sorted(found, key=lambda one: (-one.occasion.narrowness, one.name))


def folder() -> Path:
    """The folder of the settings, in which the folders `playbooks` and `templates` of the user stand."""
    return locations().settings.parent


def library(own: Path | None = None) -> Library:
    """All that there is, with the user's files in `own` (default: the settings folder); read again when a
    file was changed."""
    own = folder() if own is None else own
    shipped = _SHIPPED / ("zh_CN" if current_language().startswith("zh") else "en")
    found = _read(shipped, own, tuple(_stamps(shipped, own)))
    _latest[:] = [found]
    return found


def latest() -> Library | None:
    """What was read last, without a look at the files; None before anything was read."""
    return _latest[0] if _latest else None


@lru_cache(maxsize=4)
def _read(shipped: Path, own: Path, _stamps: tuple[tuple[str, int, int], ...]) -> Library:
    read = Library({}, {}, {}, ())
    problems: list[SettingsProblem] = []
    for root in (shipped, own):
        for kind, path in _files(root):
            try:
                _add(read, kind, path, problems)
            except OSError as error:
                why = _("can't be read: {why}").format(why=reason(error))
                problems.append(SettingsProblem(path, 0, why))
                continue
            read.sources[kind, path.stem] = Source(path, root == own)
    for code, playbook in read.playbooks.items():
        problems += _missing_templates(read, code, playbook)
    return read._replace(problems=tuple(problems))


def _add(read: Library, kind: str, path: Path, problems: list[SettingsProblem]) -> None:
    """Read one file into the library; what is wrong with it becomes a problem with its line."""
    data = path.read_bytes()
    if len(data) > _MOST_BYTES:
        problems.append(SettingsProblem(path, 0, _("is too long for a text file")))
        return
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problems.append(SettingsProblem(path, line, _("is not UTF-8; save the file as UTF-8")))
        return
    head, body, begins = (text, "", 0) if kind == "playbooks" else split(text)
    try:
        table: dict[str, Any] = tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        problems.append(broken_toml(path, head, str(error)))
        return
    lines = line_numbers(head)

    def report(name: str, sentence: str) -> None:
        problems.append(SettingsProblem(path, line_of(name, lines), sentence))

    def report_line(line: int, sentence: str) -> None:
        problems.append(SettingsProblem(path, begins + line + 1, sentence))

    if kind == "templates":
        read.templates[path.stem] = read_template(path.stem, table, body, report, report_line)
    else:
        playbook = read_playbook(path.stem, table, report)
        if playbook is not None:
            read.playbooks[path.stem] = playbook


def _missing_templates(read: Library, code: str, playbook: Playbook) -> Iterator[SettingsProblem]:
    for task in playbook.tasks:
        if task.template and task.template not in read.templates:
            hint = nearest(task.template, tuple(read.templates))
            sentence = _("there is no template {name}; {hint}").format(name=task.template, hint=hint)
            path = read.sources["playbooks", code].path
            text = path.read_text("utf-8-sig")
            yield SettingsProblem(path, text[: text.find(task.template)].count("\n") + 1, sentence)


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    for kind, ending in _ENDINGS.items():
        for path in sorted((root / kind).glob(f"*{ending}")):
            yield kind, path


def _stamps(*roots: Path) -> Iterator[tuple[str, int, int]]:
    """What differs when a file was changed, added or removed."""
    for root in roots:
        for _kind, path in _files(root):
            try:
                status = path.stat()
            except OSError:
                yield str(path), 0, 0
            else:
                yield str(path), status.st_mtime_ns, status.st_size
