"""What the import screen says: the fields to choose from, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from leadtui.errors import reason
from leadtui.i18n import gettext as _
from leadtui.labels import label
from widgets.plain import cut, plain

if TYPE_CHECKING:
    from leadtui.capture.batch.result import ImportResult

_REASONS = 5
"""So many reasons of duplicates and of skipped rows are told, the commonest ones."""


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


def result_text(result: ImportResult, dry_run: bool) -> Content:
    """The counts of an import, what was left out, and how to take it back."""
    counts = (
        (_("rows read"), result.rows),
        (_("new"), result.created),
        (_("updated"), result.updated),
        (_("unchanged"), result.unchanged),
        (_("possible duplicates"), result.possible_duplicates),
        (_("skipped"), result.skipped),
        (_("with something that is kept in the remark"), result.with_problems),
    )
    title = _("Nothing is written yet; this is what would come of it:") if dry_run else _("Done.")
    lines = [plain(title).stylize("bold"), Content("")]
    lines += [Content(f"{number:>9,}  {name}") for name, number in counts]
    if result.duplicate_reasons:
        lines += [Content(""), Content(_("Possible duplicates, and what they share:"))]
        lines += [Content(f"{number:>9,}  {why}") for why, number in result.duplicate_reasons[:_REASONS]]
    if result.skipped_reasons:
        lines += [Content(""), Content(_("Rows were skipped because:"))]
        lines += [plain(f"{number:>9,}  {cut(why, 90)}") for why, number in result.skipped_reasons[:_REASONS]]
    if result.skipped_file:
        lines += [
            Content(""),
            plain(_("Skipped rows, with the reason: {file}").format(file=result.skipped_file)),
        ]
    if dry_run:
        lines += [Content(""), plain(_("f2 brings it in, esc goes back to the columns."))]
    elif result.has_changed:
        lines += [Content(""), plain(_("Undo in the list takes all of it back."))]
    return Content("\n").join(lines)
