"""What came of an import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from leadtui.capture.columns.plan import FilePlan
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.text import one_line

if TYPE_CHECKING:
    from leadtui.store.act import Act


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of a file; `rows` is the sum of created, updated, unchanged and skipped."""

    plan: FilePlan
    batch: str
    """The identity of the batch, which its leads carry; empty for a rehearsal."""
    created: int
    updated: int
    unchanged: int
    possible_duplicates: int
    """New leads that share a mail, a phone, or company and person with another, and may be the same."""
    duplicate_reasons: tuple[tuple[str, int], ...]
    """What they share, in words, and how many of them; the commonest first."""
    skipped: int
    skipped_reasons: tuple[tuple[str, int], ...]
    """Why, in words, and how many; the commonest first."""
    with_problems: int
    """Rows of which something was not taken as it stood, and is kept in the remark."""
    skipped_file: Path | None

    @property
    def has_changed(self) -> bool:
        """Whether anything was written; otherwise there is nothing to undo."""
        return self.created + self.updated > 0

    @property
    def rows(self) -> int:
        """How many rows the file has, blank ones left out."""
        return self.created + self.updated + self.unchanged + self.skipped

    @property
    def counted(self) -> str:
        """What came of it, in one line."""
        counts = (
            (_("{count} new"), self.created),
            (_("{count} updated"), self.updated),
            (_("{count} unchanged"), self.unchanged),
            (_("{count} skipped"), self.skipped),
        )
        told = [text.format(count=f"{count:,}") for text, count in counts if count]
        line = ", ".join(told) or _("no rows")
        record = self.plan.record
        return line if record == "lead" else f"{line} ({label('records', record)})"

    def as_json(self) -> dict[str, object]:
        """The result as `leadtui import --json` prints it for each file."""
        plan, table = self.plan, self.plan.table
        return {
            "file": str(plan.path),
            "batch": self.batch,
            "format": table.format,
            "encoding": table.encoding,
            "delimiter": table.delimiter,
            "header_row": table.header_row,
            "system": plan.system,
            "mapping": plan.mapping.as_json(),
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "possible_duplicates": self.possible_duplicates,
            "skipped": self.skipped,
            "skipped_file": str(self.skipped_file) if self.skipped_file else None,
            "with_problems": self.with_problems,
            "sheet": table.sheet,
            "record": plan.record,
            "notes": list(plan.notes),
            "duplicate_reasons": dict(self.duplicate_reasons),
            "skipped_reasons": dict(self.skipped_reasons),
        }


def write_batch(act: Act, result: ImportResult) -> None:
    """Keep what came of a file beside the records that it brought; nothing of one that brought none, so that
    undo takes back what was done before it."""
    if not result.has_changed:
        return
    act.connection.execute(
        """INSERT INTO import_batch
           (id, file, at, author, rows, created, updated, unchanged, skipped, record)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            result.batch,
            one_line(result.plan.path.name),
            act.now,
            act.author,
            result.rows,
            result.created,
            result.updated,
            result.unchanged,
            result.skipped,
            result.plan.record,
        ),
    )
