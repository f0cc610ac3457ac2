"""Looking at a workbook before it is imported: which sheet holds the leads, and how it begins.

The look is taken by a process of its own: some damaged workbooks end the process that opens them. It reads
only the beginning of large sheets.
"""

from __future__ import annotations

import pickle
import re
import sys
import zipfile
from collections.abc import Iterable
from difflib import get_close_matches
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from leadtui.capture.files.explaining import explaining_lines
from leadtui.capture.files.hidden import Hidden, hidden_in
from leadtui.capture.files.layout import FIRST_ROWS, header_of, named_fields
from leadtui.capture.files.process import limit_memory, start, stop
from leadtui.capture.files.sheets import SheetRecords, opened
from leadtui.errors import LeadTUIError, UsageError
from leadtui.i18n import current_language, use_language
from leadtui.i18n import gettext as _

_BEGINNING = 1 << 20
"""So many bytes of a large sheet hold more rows than a look needs."""
_ROW_END = re.compile(rb"</((?:\w+:)?)row>")


class SheetLook(NamedTuple):
    """A sheet as it begins."""

    sheet: str
    sheets: tuple[str, ...]
    """All sheets that can be chosen."""
    header_row: int
    """The row of the header (from 1); 0 when there is none."""
    headers: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    """The cells of the first rows."""
    explained: tuple[int, ...]
    """The rows below the header that only say what belongs into the columns."""
    left: int
    """The column (from 0) at which it begins."""
    hidden: Hidden = Hidden()
    """What nobody sees of it."""


def look_at_workbook(path: Path, wanted: str) -> SheetLook:
    """The sheet that is `wanted`, or else the first with a table; LeadTUIError when nothing can be read."""
    process = start(__name__, (path, wanted, current_language()))
    if process is None or process.stdout is None:
        return _look(path, wanted)
    try:
        found = pickle.load(process.stdout)
    except (EOFError, pickle.UnpicklingError) as error:
        raise LeadTUIError(
            _("{path} can't be opened: it is damaged or too large; save it as CSV and import that.").format(
                path=path
            )
        ) from error
    finally:
        stop(process)
    if isinstance(found, LeadTUIError):
        raise found
    assert isinstance(found, SheetLook)
    return found


def _look(path: Path, wanted: str) -> SheetLook:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    beginning = _beginning(path)
    with opened(path, beginning) as workbook:
        tables = [each for each in workbook.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    names = [each.name for each in tables]
    sheets = [each.name for each in tables if each.visible == SheetVisibleEnum.Visible] or names
    if wanted and wanted not in names:
        raise _no_sheet(path, wanted, sheets)
    looks = (_sheet(path, beginning, name, tuple(sheets)) for name in ([wanted] if wanted else sheets))
    best: SheetLook | None = None
    for look in looks:
        if look.samples and (best is None or _worth(look) > _worth(best)):
            best = look
        if best is not None and _worth(best) == 2:
            break
    if best is None and wanted and len(sheets) > 1:
        raise LeadTUIError(
            _("Sheet “{sheet}” of {path} is empty: choose another one.").format(sheet=wanted, path=path)
        )
    if best is None:
        raise LeadTUIError(_("{path} is empty: choose a file with a header row and leads.").format(path=path))
    hidden = hidden_in(path, best.sheet, best.header_row, best.left, len(best.headers))
    return best._replace(hidden=hidden)


def _no_sheet(path: Path, wanted: str, sheets: Iterable[str]) -> UsageError:
    near = get_close_matches(wanted, list(sheets), n=1, cutoff=0.4)
    text = (
        _("{path} has no sheet “{sheet}”; did you mean “{near}”?")
        if near
        else _("{path} has no sheet “{sheet}”; it has {near}.")
    )
    return UsageError(text.format(path=path, sheet=wanted, near=near[0] if near else ", ".join(sheets)))


def _worth(look: SheetLook) -> int:
    """2 for a sheet whose headers we know, 1 for one that looks like a table, 0 for any other."""
    if named_fields(look.headers) > 1:
        return 2
    return int(look.header_row > 0 and len(look.headers) > 1)


def _sheet(path: Path, beginning: bytes, name: str, sheets: tuple[str, ...]) -> SheetLook:
    source = SheetRecords(path, name, beginning=beginning)
    records = list(islice(source, FIRST_ROWS))
    header = header_of(records)
    below = [record for record in records if header is None or record.line > header.line]
    explained = explaining_lines(header.cells, below) if header else ()
    rows = [record.cells for record in below if record.line not in explained]
    headers = [cell.strip() for cell in header.cells] if header else [""] * _width(rows)
    while headers and not headers[-1] and len(headers) > _width(rows):
        headers.pop()
    samples = tuple(tuple(row[: len(headers)]) for row in rows)
    return SheetLook(
        name, sheets, header.line if header else 0, tuple(headers), samples, explained, source.left
    )


def _width(rows: Iterable[list[str]]) -> int:
    """How many columns hold anything."""
    return max((index for row in rows for index, cell in enumerate(row, start=1) if cell), default=0)


def _beginning(path: Path) -> bytes:
    """An XLSX workbook with its large sheets cut off after some rows; nothing where that isn't needed."""
    if not zipfile.is_zipfile(path):
        return b""
    cut = BytesIO()
    shortened = False
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(cut, "w") as target:
        for member in archive.infolist():
            if member.filename.startswith("xl/worksheets/") and member.file_size > 2 * _BEGINNING:
                with archive.open(member) as part:
                    begun = part.read(_BEGINNING)
                end = list(_ROW_END.finditer(begun))
                if not end:
                    return b""
                prefix = end[-1][1]
                closing = b"</" + prefix + b"sheetData></" + prefix + b"worksheet>"
                target.writestr(member.filename, begun[: end[-1].end()] + closing)
                shortened = True
            elif not member.filename.startswith("xl/media/"):
                target.writestr(member.filename, archive.read(member))
    return cut.getvalue() if shortened else b""


def _serve(source: BinaryIO, target: BinaryIO) -> None:
    """The second process: answers a path with a `SheetLook` or with what is wrong."""
    path, wanted, language = pickle.load(source)
    limit_memory()
    use_language(*filter(None, [language]))
    try:
        answer: SheetLook | LeadTUIError = _look(path, wanted)
    except LeadTUIError as error:
        answer = error
    pickle.dump(answer, target)
    target.flush()


if __name__ == "__main__":
    from leadtui.capture.files import sheet_look

    sheet_look._serve(sys.stdin.buffer, sys.stdout.buffer)
