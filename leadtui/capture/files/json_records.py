"""The objects of a JSON file as records: lines of objects, a list of them, or a document that holds lists."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from leadtui.capture.files.records import Record, TextRecords
from leadtui.capture.files.sheets import cell_text
from leadtui.errors import LeadTUIError, UsageError
from leadtui.exporting.custom import custom_header, read_said
from leadtui.exporting.formulas import guard
from leadtui.i18n import gettext as _
from leadtui.i18n import marked
from leadtui.values import CUSTOM

_CHUNK = 1 << 16
_LARGEST = 4 << 20
"""A larger object (in characters) is no lead."""
_DEEPEST = 20
_FIELDS = "custom_fields"
_WRAPPERS = frozenset(
    f"{outer}{inner}"
    for outer in ("data", "result", "results", "response", "body", "payload", "d")
    for inner in ("", ".data", ".result", ".page", ".pageInfo")
)
"""What the answers of services put around their lists."""

NO_OBJECT = marked("it is no JSON object")
BROKEN = marked("the JSON breaks off or goes wrong here; nothing after it was read")

_decode = json.JSONDecoder(strict=False).raw_decode


class JsonLook(NamedTuple):
    """What a JSON file holds."""

    headers: tuple[str, ...]
    """The dotted names of everything that its objects say, in the order of their first appearance."""
    chosen: str
    """The list of a document that is read; empty where objects stand by themselves."""
    lists: tuple[str, ...]
    """All lists of objects that the document has."""


class JsonRecords(TextRecords):
    """One record for each object: its cells stand in the order of `headers`."""

    def __init__(self, path: Path, encoding: str, headers: Sequence[str], chosen: str) -> None:
        super().__init__(path, encoding)
        self.headers = tuple(headers)
        self.chosen = chosen

    def read(self, stream: TextIO) -> Iterator[Record]:
        return (self._record(found) for found in _objects(stream) if found.name == self.chosen)

    def _record(self, found: _Found) -> Record:
        if found.problem:
            return Record(found.line, [str(found.value)[:2000]], _(found.problem))
        cells = _cells(found.value)
        return Record(found.line, [guard(cells.get(header, "")) for header in self.headers])


def look_at_json(path: Path, encoding: str, wanted: str) -> JsonLook:
    """Read all of a file for what its objects say; of a document, of the list that is `wanted`, or else of
    the longest."""
    headers: dict[str, dict[str, None]] = {}
    counts: dict[str, int] = {}
    with path.open(encoding=encoding, errors="replace") as stream:
        for found in _objects(stream):
            if not found.problem:
                counts[found.name] = counts.get(found.name, 0) + 1
                headers.setdefault(found.name, {}).update(dict.fromkeys(_cells(found.value)))
    lists = tuple(filter(None, counts))
    if not counts:
        raise LeadTUIError(_("{path} holds no list of JSON objects.").format(path=path))
    if wanted and wanted not in lists:
        known = ", ".join(lists)
        raise UsageError(
            _("{path} has no list “{name}”; it has {known}.").format(path=path, name=wanted, known=known)
            if known
            else _("{path} has no sheets: leave --sheet out.").format(path=path)
        )
    chosen = wanted or max(counts, key=lambda name: counts[name])
    return JsonLook(tuple(headers[chosen]), chosen, lists)


def _cells(document: Any) -> dict[str, str]:
    """What an object says; what one of ours says of its custom fields goes to their names."""
    cells = flattened(document)
    said = document.get(_FIELDS) if isinstance(document, dict) else None
    if not isinstance(said, dict):
        return cells
    for key, what in said.items():
        if read_said(key, what) and CUSTOM + key in cells:
            del cells[f"{_FIELDS}.{key}"]
            cells[custom_header(key, what)] = cells.pop(CUSTOM + key)
    return cells


def flattened(value: object, name: str = "", depth: int = 0) -> dict[str, str]:
    """What an object says, by dotted names; several values of one name stand on lines of their own."""
    if isinstance(value, dict) and depth < _DEEPEST:
        found: dict[str, str] = {}
        for key, inner in value.items():
            found |= flattened(inner, f"{name}.{key}" if name else str(key), depth + 1)
        return found
    if isinstance(value, list) and depth < _DEEPEST:
        gathered: dict[str, list[str]] = {}
        for inner in value:
            for key, text in flattened(inner, name, depth + 1).items():
                gathered.setdefault(key, []).append(text)
        return {key: _lines(texts) for key, texts in gathered.items()} or {name: ""}
    if isinstance(value, dict | list):
        return {name: json.dumps(value, ensure_ascii=False)}
    if value is None or isinstance(value, bool):
        return {name: "" if value is None else "yes" if value else "no"}
    if isinstance(value, float) and not value.is_integer():
        return {name: repr(value)}
    return {name: cell_text(value)}


def _lines(texts: Sequence[str]) -> str:
    """Several texts, each on its line; a semicolon then parts none of them."""
    joined = "\n".join(filter(None, texts))
    return f"{joined}\n" if ";" in joined else joined


class _Found(NamedTuple):
    name: str
    """Of the list in a document; empty for an object by itself."""
    line: int
    value: Any
    problem: str = ""


def _objects(stream: TextIO) -> Iterator[_Found]:
    scanner = _Scanner(stream)
    first = scanner.peek()
    if first == "[":
        yield from _elements(scanner, "")
    elif first == "{" and scanner.has_lines():
        yield from _one_by_one(scanner)
    elif first == "{":
        yield from _in_document(scanner)


def _elements(scanner: _Scanner, name: str) -> Iterator[_Found]:
    """The objects of a list whose bracket is next; stops where the JSON is broken."""
    scanner.take()
    while scanner.peek() not in {"]", ""}:
        line = scanner.line
        try:
            value = scanner.value()
        except ValueError:
            scanner.is_broken = True
        yield _found(name, line, scanner.rest() if scanner.is_broken else value, scanner.is_broken)
        if scanner.is_broken:
            return
        if scanner.peek() == ",":
            scanner.take()
        elif scanner.peek() != "]":
            scanner.is_broken = True
            yield _found(name, scanner.line, scanner.rest(), broken=True)
            return
    if not scanner.peek():
        yield _found(name, scanner.line, "", broken=True)
    scanner.take()


def _in_document(scanner: _Scanner) -> Iterator[_Found]:
    """One document, whose lists of objects are read; or objects one after the other."""
    line = scanner.line
    whole, lists = yield from _members(scanner, "")
    if scanner.is_broken:
        return
    if scanner.peek() == "}":
        scanner.take()
        if not lists:
            yield _Found("", line, whole)
    else:
        yield _Found("", line, scanner.skip_line(), NO_OBJECT)
    yield from _one_by_one(scanner)


def _members(scanner: _Scanner, name: str) -> Generator[_Found, None, tuple[dict[str, Any], int]]:
    """What an object says up to its end or to where it is broken, and how many of its lists were read: those
    of objects, also in what only wraps them."""
    whole: dict[str, Any] = {}
    lists = 0
    scanner.take()
    while scanner.peek() == '"' and not scanner.is_broken:
        try:
            key = str(scanner.value())
            if scanner.peek() == ":":
                scanner.take()
            path = f"{name}.{key}" if name else key
            if scanner.peek() == "[" and scanner.begins_with_object() and not _says_who(whole):
                lists += 1
                yield from _elements(scanner, path)
            elif scanner.peek() == "{" and path in _WRAPPERS and not _says_who(whole):
                whole[key], found = yield from _members(scanner, path)
                lists += found
                if scanner.is_broken or scanner.peek() != "}":
                    break
                scanner.take()
            else:
                whole[key] = scanner.value()
        except ValueError:
            break
        if scanner.peek() == ",":
            scanner.take()
    return whole, lists


def _one_by_one(scanner: _Scanner) -> Iterator[_Found]:
    """Objects one after the other, as in JSON lines."""
    while scanner.peek():
        line = scanner.line
        try:
            yield _found("", line, scanner.value())
        except ValueError:
            yield _Found("", line, scanner.skip_line(), NO_OBJECT)


def _says_who(whole: dict[str, Any]) -> bool:
    """Whether an object is a record itself, so that its lists are what it says."""
    from leadtui.capture.files.layout import named_fields

    return named_fields(whole) > 1


def _found(name: str, line: int, value: Any, broken: bool = False) -> _Found:
    if broken:
        return _Found(name, line, value, BROKEN)
    return _Found(name, line, value) if isinstance(value, dict) else _Found(name, line, value, NO_OBJECT)


class _Scanner:
    """Reads one JSON value after the other, without holding more of the file than one of them."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0
        self._ended = False
        self.line = 1
        """On which line the next value begins."""
        self.is_broken = False

    def peek(self) -> str:
        """The next sign that is no space; empty at the end of the file."""
        while True:
            while self._at < len(self._text):
                sign = self._text[self._at]
                if sign == "\n":
                    self.line += 1
                elif not sign.isspace() and sign not in "\ufeff\0":
                    return sign
                self._at += 1
            if not self._more():
                return ""

    def take(self) -> None:
        """Go past the next sign."""
        if self.peek():
            self._at += 1

    def value(self) -> Any:
        """The next value; ValueError when it is broken or too large."""
        self.peek()
        while True:
            try:
                value, end = _decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if len(self._text) - self._at > _LARGEST or not self._more():
                    raise ValueError(str(error)) from error
                continue
            if end < len(self._text) or not self._more():
                self.line += self._text.count("\n", self._at, end)
                self._at = end
                return value

    def begins_with_object(self) -> bool:
        """Whether the list that is next has an object in it first."""
        at = self._at + 1
        while True:
            while at < len(self._text) and self._text[at].isspace():
                at += 1
            if at < len(self._text):
                return self._text[at] == "{"
            before = self._at
            if not self._more():
                return False
            at -= before

    def has_lines(self) -> bool:
        """Whether the object that is next fills its line, and another begins below it."""
        while True:
            end = self._text.find("\n", self._at)
            below = self._text[end:].lstrip()[:1] if end >= 0 else ""
            if below or len(self._text) - self._at > _LARGEST or not self._more():
                break
        try:
            return below == "{" and _decode(self._text[self._at : end].rstrip())[1] > 0
        except (ValueError, RecursionError):
            return False

    def rest(self) -> str:
        """The beginning of what is not read."""
        return self._text[self._at : self._at + 2000]

    def skip_line(self) -> str:
        """Go to the end of the line; the beginning of what stood there."""
        skipped = self.rest().partition("\n")[0]
        while (end := self._text.find("\n", self._at)) < 0:
            self._at = len(self._text)
            if not self._more():
                return skipped
        self._at = end
        return skipped

    def _more(self) -> bool:
        """Read on; False at the end of the file."""
        if self._ended:
            return False
        text = self._stream.read(_CHUNK)
        self._ended = not text
        if text:
            self._text, self._at = self._text[self._at :] + text, 0
        return bool(text)
