"""Rows below the header that are not what they seem: sums, footers, the header of another table in the sheet,
and cells that stand for those above them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leadtui.capture.rows.draft import Draft
from leadtui.capture.words.fields import NAMES
from leadtui.capture.words.vocabulary import folded, vocabulary
from leadtui.i18n import gettext as _

_COUNTED = (
    r"(?:rows?|records?|leads?|contacts?|companies|customers?|items?|entries|results?"
    r"|[家条行个人位项]|条记录)"
)
_SUM = re.compile(
    r"(?:(?:grand |sub-?)?totals?|sum|summe|gesamt(?:summe)?|average|mean"
    r"|合计|总计|小计|共计|总数|平均[值数]?|合計|總計|小計)"
    rf"\s*[:：]?\s*(?:[(（]?\s*\d[\d,.]*\s*{_COUNTED}?\s*[)）]?)?"
    rf"|[(（]?\s*[共计]?\s*\d[\d,]*\s*{_COUNTED}(?: selected)?\s*[)）]?",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(?:制表|填表|统计|审核|导出|打印|编制|汇总)(?:人|员|时间|日期|部门)\s*[:：].*"
    r"|(?:exported|generated|printed) (?:by|on|at|from)\b.*",
    re.IGNORECASE,
)

_BEGINNINGS = frozenset(
    "gr su to ge av me ex pr 合计 总计 小计 共计 总数 平均 合計 總計 小計 "
    "制表 填表 统计 审核 导出 打印 编制 汇总".split()
)
"""The first two signs of all these words: most names are told from them at once."""
_DIGITS = tuple("0123456789(（共")
_WHO = NAMES | {"title", "phone", "mobile", "email", "wechat", "address"}
DITTO = frozenset(("同上", "同前", "〃", "″", "ditto", "Ditto", "same as above", "Same as above"))
"""What people write for what stands in the row above."""


def repeated(cells: Sequence[str], above: Sequence[str]) -> list[str]:
    """The cells of a row, and where they say that it is the same again, those of the row above."""
    known = [*above, *[""] * len(cells)]
    return [known[at] if cell in DITTO else cell for at, cell in enumerate(cells)]


def aside(draft: Draft, cells: Sequence[str]) -> str:
    """Why a row whose cells were read sums up the table or signs it; empty for all others."""
    company, person = _named(draft)
    name = company or person
    if len(cells) < 2 or not (name[:2].lower() in _BEGINNINGS or name.startswith(_DIGITS)):
        return ""
    if all(map(is_sum, filter(None, (company, person)))):
        return _("it is a line of totals")
    if _FOOTER.fullmatch(name) and sum(map(bool, map(str.strip, cells))) == 1:
        return _("it is a line below the table")
    return ""


def is_sum(name: str) -> bool:
    """Whether a name is what a line that sums up the table is called."""
    return _SUM.fullmatch(name) is not None


def is_header(draft: Draft, cells: Sequence[str]) -> bool:
    """Whether a row is a header itself: who it is about is called like a column of names, and half of its
    cells are names of columns, or three cells and all of them; two of them of what tells who somebody is."""
    company, person = _named(draft)
    name = (company or person).lower().replace(" ", "")
    words = vocabulary()
    field = words.fields.get(name, ("",))[0]
    if not field:
        return False
    named = [cell for cell in map(str.strip, cells) if cell]
    known = sum(map(words.known, named))
    return len(_WHO.intersection(map(words.field_of, named))) > 1 and (
        known * 2 >= len(named) if field in NAMES else 2 < known == len(named)
    )


def is_same_header(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a header names the same fields in the same columns as the one of the table."""
    pairs = ((one.strip(), other) for one, other in zip(cells, header, strict=True) if one.strip())
    field_of = vocabulary().field_of
    return all(folded(one) == folded(other) or field_of(one) == field_of(other) != "" for one, other in pairs)


def _named(draft: Draft) -> tuple[str, str]:
    """The company and the person of a row, in which the name isn't put together yet."""
    names = draft.names
    person = names.get("first_name") or names.get("last_name") or names.get("contact") or ""
    return str(draft.values.get("company", "")), person
