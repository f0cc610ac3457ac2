"""What every row ends with: the names and phones put together, what is left over, or why it is skipped."""

from __future__ import annotations

from typing import NamedTuple

from leadtui.capture.columns.plan import FilePlan
from leadtui.capture.files.records import Record
from leadtui.capture.rows.draft import Draft
from leadtui.i18n import gettext as _
from leadtui.qualify.names import join_name


class SkippedRow(NamedTuple):
    """A row that can become no record."""

    line: int
    cells: list[str]
    reason: str


def skipped_at_once(plan: FilePlan, record: Record) -> SkippedRow | None:
    """The record as a skipped row, where it is broken or none of the table's records."""
    if record.problem:
        return SkippedRow(record.line, record.cells, record.problem)
    if record.line in plan.table.explained:
        return SkippedRow(record.line, record.cells, _("it explains the columns"))
    return None


def aligned(draft: Draft, cells: list[str], width: int) -> list[str]:
    """Cells brought to the width of the header; what stands beyond it goes to the remark."""
    if len(cells) == width:
        return cells
    if len(cells) < width:
        draft.leftovers.append(("", "", _("it has fewer cells than the header")))
        return cells + [""] * (width - len(cells))
    beyond = [cell.strip() for cell in cells[width:] if cell.strip()]
    if beyond:
        draft.leftovers.append(("", " | ".join(beyond), _("it has more cells than the header")))
    return cells[:width]


def settle_name(draft: Draft) -> None:
    """Put the person's name together."""
    names = draft.names
    first, last = names.get("first_name", ""), names.get("last_name", "")
    if first or last:
        draft.values["contact"] = join_name(first, last, names.get("middle_name", ""))
    elif whole := names.get("contact"):
        draft.values["contact"] = whole


def settle_phones(draft: Draft) -> None:
    """Put the phone numbers where they belong."""
    if len(draft.phones) + len(draft.mobiles) < 2:
        if draft.phones:
            draft.values["phone"] = draft.phones[0]
        elif draft.mobiles:
            draft.values["mobile"] = draft.mobiles[0]
        return
    phones, mobiles = dict.fromkeys(draft.phones), dict.fromkeys(draft.mobiles)
    phone, mobile = next(iter(phones), ""), next(iter(mobiles), "")
    others = [number for number in {**mobiles, **phones} if number not in (phone, mobile)]
    values = draft.values
    if phone:
        values["phone"] = phone
    if mobile:
        values["mobile"] = mobile
    if others:
        values["other_phones"] = "\n".join(others)


def keep_leftovers(draft: Draft) -> None:
    """Keep in the remark what could not be taken where it stood."""
    left = [f"{header}: {text}" if header else text for header, text, _why in draft.leftovers if text]
    if left:
        remark = draft.values.get("remark")
        draft.values["remark"] = "\n".join([str(remark), *left] if remark else left)


def problem(header: str, text: str, why: str) -> str:
    """What is told of a cell that could not be taken."""
    return f"{header}: “{text}” {why}" if header else why
