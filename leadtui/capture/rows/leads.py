"""The rows of a file as clean leads, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple

from leadtui.capture.columns.own import OWN_SYSTEM
from leadtui.capture.columns.plan import FilePlan
from leadtui.capture.files.records import Record
from leadtui.capture.rows.asides import DITTO, aside, is_header, is_same_header, repeated
from leadtui.capture.rows.cells import steps
from leadtui.capture.rows.codes import source_of
from leadtui.capture.rows.draft import Draft
from leadtui.capture.rows.money import Amounts
from leadtui.capture.rows.own import settle_amounts
from leadtui.capture.rows.settling import (
    SkippedRow,
    aligned,
    keep_leftovers,
    problem,
    settle_name,
    settle_phones,
    skipped_at_once,
)
from leadtui.capture.words.fields import SKIPPED_HEADERS
from leadtui.i18n import gettext as _

SYSTEM_OF_FILES = "file"
"""The external system of identities that a file of no known system brings."""
SYSTEM_OF_ROWS = "row"
"""The external system of rows without identity and mail, which are known again by their content."""
_BATCH = 250
_SOURCE_OF_FILES = "import"
_REACHABLE = ("email", "phone", "mobile", "wechat")
"""What a person is called by who has no name, and whose company has none."""


class CleanRow(NamedTuple):
    """A row that can become a lead."""

    line: int
    cells: list[str]
    """As they were written."""
    values: dict[str, object]
    """Columns of a lead."""
    custom: dict[str, str]
    """Custom fields by key."""
    tags: tuple[str, ...]
    problems: tuple[str, ...]
    """What could not be taken as it was; the texts themselves are in the lead's remark."""


class LeadRows:
    """The rows of a planned file. Iterate once; blank rows are left out and not counted."""

    def __init__(self, plan: FilePlan) -> None:
        self.plan = plan
        self._records = plan.table.records()
        self._steps = steps(plan)
        self._width = len(plan.headers)
        self._header = [cell.strip() for cell in plan.headers]
        self._amounts = Amounts(plan.options.currency)
        self._signature = plan.mapping.signature
        self._is_ours = plan.system == OWN_SYSTEM
        self._ours = sum(header in SKIPPED_HEADERS for header in self._header)
        """So many columns at the left are those of a file of skipped rows."""
        self._other_header = 0
        """The line of another header, below which the columns hold something else; 0 for none."""
        self._above: list[str] = []
        """The cells of the row before."""
        self._has_footer = plan.system == "salesforce"
        """Reports of Salesforce end with their name, a copyright, and who made them."""
        weak = not plan.system or plan.mapping.profile.weak_ids
        self._system_of_ids = SYSTEM_OF_FILES if weak else plan.system
        source = plan.options.source or plan.mapping.default_source or _SOURCE_OF_FILES
        self._source = source_of(source, plan.mapping.profile)

    @property
    def position(self) -> int:
        """How many bytes of the file were read."""
        return self._records.position

    def __iter__(self) -> Iterator[CleanRow | SkippedRow]:
        records = self._wanted()
        while batch := list(islice(records, _BATCH)):
            yield from self._rows(batch)

    def _wanted(self) -> Iterator[Record]:
        """The records below the header row that say something."""
        header_row = self.plan.table.header_row
        for record in self._records:
            if record.line > header_row and (record.problem or any(map(str.strip, record.cells))):
                yield record

    def _rows(self, records: Sequence[Record]) -> Iterator[CleanRow | SkippedRow]:
        """The rows of records; a column is read for all of them before the next, because a processor is
        faster at doing one thing many times."""
        begun = [self._begun(record) for record in records]
        self._drop_titles(records, begun)
        drafts = [each for each in begun if not isinstance(each, SkippedRow)]
        for index, step in self._steps:
            for draft, cells in drafts:
                if cell := cells[index]:
                    step(draft, cell)
        for record, each in zip(records, begun, strict=True):
            yield each if isinstance(each, SkippedRow) else self._row(record, *each)

    def _begun(self, record: Record) -> tuple[Draft, list[str]] | SkippedRow:
        """An empty draft and the cells that belong to the columns."""
        cells, width = record.cells, self._width
        if skipped := skipped_at_once(self.plan, record):
            return skipped
        if not DITTO.isdisjoint(cells) and not self._is_ours:
            cells = repeated(cells, self._above)
        self._above = cells
        draft = Draft()
        if len(cells) != width:
            if len(cells) == 1 and self._has_footer:
                return SkippedRow(record.line, cells, _("it is a line below the table"))
            cells = aligned(draft, cells, width)
            if cells == self._header:
                return SkippedRow(record.line, record.cells, _("it repeats the header row"))
        elif cells[0].strip() == self._header[0] and [cell.strip() for cell in cells] == self._header:
            return SkippedRow(record.line, record.cells, _("it repeats the header row"))
        return draft, cells

    def _drop_titles(
        self, records: Sequence[Record], begun: list[tuple[Draft, list[str]] | SkippedRow]
    ) -> None:
        """Leave out the titles of the parts of a table, that stand alone above a header that is repeated."""
        repeats = _("it repeats the header row")
        for place, each in enumerate(begun[1:]):
            if isinstance(each, SkippedRow) and each.reason == repeats:
                record = records[place]
                if self._width > 1 and sum(map(bool, map(str.strip, record.cells))) == 1:
                    begun[place] = SkippedRow(record.line, record.cells, _("it is a title above a header"))

    def _row(self, record: Record, draft: Draft, cells: list[str]) -> CleanRow | SkippedRow:
        """The row of a draft whose cells were read."""
        if not self.plan.table.clean and any("\ufffd" in cell for cell in cells):
            draft.leftovers.append(("", "", _("some characters could not be read")))
        if draft.deleted:
            return SkippedRow(record.line, record.cells, _("it is marked as deleted"))
        if why := self._aside(record.line, draft, cells):
            return SkippedRow(record.line, record.cells, why)
        if not self._settle(draft):
            return SkippedRow(record.line, record.cells, _nothing_usable(draft))
        known = "external_id" in draft.values or "email" in draft.values or self._is_numbered(draft)
        if not known:
            draft.values["external_system"] = SYSTEM_OF_ROWS
            draft.values["external_id"] = self._content(cells)
        problems = tuple(problem(*left) for left in draft.leftovers) if draft.leftovers else ()
        return CleanRow(record.line, record.cells, draft.values, draft.custom, draft.tags, problems)

    def _content(self, cells: list[str]) -> str:
        """The same for the same cells under the same headers."""
        text = "\x1f".join((self._signature, *map(str.strip, cells)))
        return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()

    def _settle(self, draft: Draft) -> bool:
        """Put together what several columns say; False when nothing tells who the lead is."""
        values = draft.values
        settle_name(draft)
        settle_phones(draft)
        if draft.emails:
            values["email"] = draft.emails[0]
            if len(draft.emails) > 1 and (others := [*dict.fromkeys(draft.emails)][1:]):
                values["other_emails"] = "\n".join(others)
        if self._is_ours:
            settle_amounts(draft)
        if not self._is_numbered(draft) and not self._complete(draft):
            return False
        if draft.amounts:
            self._amounts.settle(draft)
        if draft.leftovers:
            keep_leftovers(draft)
        return True

    def _aside(self, line: int, draft: Draft, cells: list[str]) -> str:
        """Why a row is none of the table's; empty for a lead. Whoever can be reached is one, whatever the
        name."""
        reached = draft.emails or draft.phones or draft.mobiles or "wechat" in draft.values
        if (reached and not self._other_header) or self._is_numbered(draft):
            return ""
        if not reached and is_header(draft, cells[self._ours :]):
            self._other_header = 0 if is_same_header(cells, self._header) else line
            return _("it is the header of another table")
        if self._other_header:
            return _("it stands under another header, in line {line}").format(line=self._other_header)
        return "" if reached else aside(draft, cells)

    def _is_numbered(self, draft: Draft) -> bool:
        """Whether a row is one that we wrote: then it says all there is to say."""
        return self._is_ours and "number" in draft.values

    def _complete(self, draft: Draft) -> bool:
        """Fill in what a row leaves unsaid; False when nothing tells who the lead is."""
        values = draft.values
        if "company" not in values and "contact" not in values:
            reachable = next((name for name in _REACHABLE if name in values), None)
            if reachable is None:
                return False
            values["contact"] = str(values[reachable])
        self._settle_source(draft)
        _settle_status(draft)
        if "external_id" in values:
            values.setdefault("external_system", self._system_of_ids)
        return True

    def _settle_source(self, draft: Draft) -> None:
        values = draft.values
        detail = draft.names.get("source_detail", "")
        if "source_channel" not in values:
            values["source_channel"], detail = self._source
        if detail and values.setdefault("source_detail", detail) != detail and "source_key" in draft.names:
            draft.custom[draft.names["source_key"]] = detail


def lead_rows(plan: FilePlan) -> LeadRows:
    """The rows of a planned file, read as they are asked for."""
    return LeadRows(plan)


def _settle_status(draft: Draft) -> None:
    values = draft.values
    status = values.setdefault("status", "new")
    if draft.converted and status not in {"lost", "invalid"}:
        values["status"] = "converted"
    elif status in {"lost", "invalid"}:
        values.setdefault("status_reason", "other")


def _nothing_usable(draft: Draft) -> str:
    reason = _("no company, person, valid mail or phone")
    details = "; ".join(problem(*left) for left in draft.leftovers)
    return f"{reason} ({details})" if details else reason
