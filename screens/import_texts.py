"""What the import screen says: the fields to choose from, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from leadtui.errors import reason
from leadtui.i18n import gettext as _
from leadtui.labels import label
from widgets.plain import cut, fit, plain

if TYPE_CHECKING:
    from leadtui.capture.batch.result import ImportResult

_REASONS = 5
"""So many reasons of duplicates and of skipped rows are told, the commonest ones."""
_NAME = 24
"""Cells for the name of a sheet."""


def field_choices(fields: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What a column can become, by code and label."""
    from leadtui.capture.words.fields import IGNORED

    return (
        ("custom", _("custom field")),
        (IGNORED, _("ignored")),
        *((field, label("field", field)) for field in fields),
    )


def record_choices() -> tuple[tuple[str, str], ...]:
    """What the rows of a file can be, by code and label."""
    kinds = ("lead", "customer", "contact", "opportunity", "activity")
    return tuple((kind, label("records", kind)) for kind in kinds)


def cant_be_read(path: Path, error: OSError) -> str:
    """A file that was there a moment ago fails us."""
    return _("{path} can't be read: {why}.").format(path=path, why=reason(error))


def nobody_named(sheet: str) -> str:
    """No column of the file, or of one of its sheets, says who or what a row is."""
    if sheet:
        return _(
            "No column of sheet “{sheet}” says who or what a row is: choose one for its company, contact or "
            "name, or leave the sheet out."
        ).format(sheet=sheet)
    return _("No column says who or what a row is: choose one for its company, contact or name.")


def result_text(results: Sequence[ImportResult], dry_run: bool) -> Content:
    """The counts of an import, those of each of several sheets, what was left out, and how to take it all
    back."""
    counts = (
        (_("rows read"), sum(result.rows for result in results)),
        (_("new"), sum(result.created for result in results)),
        (_("updated"), sum(result.updated for result in results)),
        (_("unchanged"), sum(result.unchanged for result in results)),
        (_("possible duplicates"), sum(result.possible_duplicates for result in results)),
        (_("skipped"), sum(result.skipped for result in results)),
        (
            _("with something that is kept in the remark"),
            sum(result.with_problems for result in results),
        ),
    )
    title = _("Nothing is written yet; this is what would come of it:") if dry_run else _("Done.")
    lines = [plain(title).stylize("bold"), Content("")]
    lines += [Content(f"{number:>9,}  {name}") for name, number in counts]
    if len(results) > 1:
        lines += [Content(""), Content(_("Sheet by sheet:"))]
        lines += [_sheet_line(result) for result in results]
    if alike := _commonest(result.duplicate_reasons for result in results):
        lines += [Content(""), Content(_("Possible duplicates, and what they share:"))]
        lines += [Content(f"{number:>9,}  {why}") for why, number in alike]
    if skipped := _commonest(result.skipped_reasons for result in results):
        lines += [Content(""), Content(_("Rows were skipped because:"))]
        lines += [plain(f"{number:>9,}  {cut(why, 90)}") for why, number in skipped]
    if files := [result.skipped_file for result in results if result.skipped_file]:
        lines += [Content("")]
        lines += [plain(_("Skipped rows, with the reason: {file}").format(file=file)) for file in files]
    if dry_run:
        lines += [Content(""), plain(_("f2 brings it in, esc goes back to the columns."))]
    elif any(result.has_changed for result in results):
        lines += [Content(""), plain(_("Undo in the list takes all of it back."))]
    return Content("\n").join(lines)


def _sheet_line(result: ImportResult) -> Content:
    """What came of one sheet, and as what."""
    return plain(f"  {fit(result.plan.table.sheet, _NAME)}  {result.counted}")


def _commonest(reasons: Iterable[tuple[tuple[str, int], ...]]) -> list[tuple[str, int]]:
    found: Counter[str] = Counter()
    for each in reasons:
        found.update(dict(each))
    return found.most_common(_REASONS)
