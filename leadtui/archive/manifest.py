"""What an archive says of itself: which tables and files it holds, and what proves that they are whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _

FORMAT = "leadtui-archive"
VERSION = 1
"""Of the archive's own form; the schema of what it holds is told beside it."""
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive, and what proves that it is whole."""

    file: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TableMember(Member):
    """One table: JSON lines, a row each."""

    name: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class FileMember(Member):
    """The settings, or a file that an activity names."""

    path: str
    """Where it stood, as the activity says it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of an archive."""

    schema: int
    """The schema version of the database that it was made from."""
    program: str
    """The version of LeadTUI that made it."""
    made_at: str
    """ISO 8601 with offset."""
    tables: tuple[TableMember, ...]
    settings: FileMember | None
    attachments: tuple[FileMember, ...]

    @property
    def members(self) -> tuple[Member, ...]:
        """Every file that it tells of."""
        return (*self.tables, *self.attachments, *([self.settings] if self.settings else []))

    def as_json(self) -> str:
        """The text of `manifest.json`."""
        document = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


class DamagedArchive(LeadTUIError):
    """The archive isn't what it was when it was written."""

    def __init__(self, name: object) -> None:
        super().__init__(
            _("{path} is damaged or was changed: nothing was restored; choose another archive.").format(
                path=name
            )
        )


def read_manifest(text: bytes, archive: object, newest_schema: int) -> Manifest:
    """The manifest in `text`; LeadTUIError in a sentence when it is of a newer LeadTUI, of something else, or
    damaged."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise DamagedArchive(archive) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise foreign(archive)
    try:
        version, schema = _count(document["version"]), _count(document["schema"])
        if version > VERSION or schema > newest_schema:
            raise LeadTUIError(
                _("{path} was made by a newer LeadTUI: update this one to restore it.").format(path=archive)
            )
        if not version or not schema:
            raise DamagedArchive(archive)
        return _manifest(document)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise DamagedArchive(archive) from None


def foreign(archive: object) -> LeadTUIError:
    """What is said of a ZIP file that holds something else."""
    return LeadTUIError(
        _("{path} is no archive of LeadTUI: `leadtui export --all FILE.zip` makes one.").format(path=archive)
    )


def _manifest(document: Mapping[str, Any]) -> Manifest:
    tables = tuple(
        TableMember(
            **_member(entry),
            name=_text(entry["name"]),
            columns=tuple(map(_text, entry["columns"])),
            rows=_count(entry["rows"]),
        )
        for entry in document["tables"]
    )
    attachments = tuple(_file(entry) for entry in document["attachments"])
    settings = _file(document["settings"]) if document["settings"] is not None else None
    program, made_at = _text(document["program"]), _text(document["made_at"])
    manifest = Manifest(document["schema"], program, made_at, tables, settings, attachments)
    _each_once(member.file for member in manifest.members)
    _each_once(table.name for table in tables)
    return manifest


def _file(entry: Mapping[str, Any]) -> FileMember:
    return FileMember(**_member(entry), path=_text(entry["path"]))


def _member(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "file": _text(entry["file"]),
        "bytes": _count(entry["bytes"]),
        "sha256": _text(entry["sha256"]),
    }


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(value)
    return value


def _each_once(names: Iterable[str]) -> None:
    found = list(names)
    if len(set(found)) < len(found):
        raise ValueError(found)
