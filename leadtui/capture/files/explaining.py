"""Rows directly under a header that say what belongs into the columns, and are no records themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from leadtui.capture.files.records import Record
from leadtui.capture.words.fields import SKIPPED_HEADERS
from leadtui.capture.words.vocabulary import vocabulary

_MOST = 3
"""So many rows explain a table at most."""
_RULE = re.compile(
    r"(?:non[- ]?|not )?(?:required|mandatory|obligatory|optional)|pflichtfeld"
    r"|[非不]?必[填选輸输]项?|[选選可][填选]项?|可(?:不填|空|为空)"
    r"|(?:var)?char(?:acter)?s?(?:\(\d+\))?|str(?:ing)?s?|(?:big ?)?int(?:eger)?|float|double"
    r"|decimal(?:\(\d+, *\d+\))?|bool(?:ean)?|date ?time|timestamp|drop-?down|pick ?list|multi-?select"
    r"|free text|(?:single|multi)[- ]line text"
    r"|字符串|字符型?|文本(?:型|格式)?|数字(?:型|格式)?|整数|小数|数值型?|日期(?:型|格式|时间)?|布尔值?"
    r"|单选|多选|下拉(?:选择|菜单)?|[单多]行文本|手机号码格式"
    r"|y{2,4}[-/.]?m{1,2}[-/.]?d{1,2}(?:[ t]h{1,2}:m{1,2}(?::s{1,2})?)?"
    r"|d{1,2}[-/.]m{1,2}[-/.]y{2,4}|m{1,2}[-/.]d{1,2}[-/.]y{2,4}"
    r"|max(?:imum|\.)?:? ?\d+(?: ?(?:char(?:acter)?s?|digits))?\.?"
    r"|(?:最多|不超过|限)?\d+个?(?:字符?|位)(?:以?内)?"
    r"|yes ?/ ?no|y ?/ ?n|true ?/ ?false|是 ?/ ?否",
    re.IGNORECASE,
)
"""What nobody is called: alone it tells that a row explains."""
_WORD = re.compile(
    r"text|number|numeric|date|time|amount|currency|phone|e-?mail|url|units?|type|format"
    r"|[%％‰$€£¥￥元人个名天月年]|[万亿千百]元|人民币|美元|欧元|rmb|usd|eur|gbp|cny|days?|pcs|persons?|people"
    r"|单位[:：].*|\d+ ?[-–~] ?\d+",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"[eE]\.g\.?[\s,:]|eg[.:]\s|(?:[Ee]x(?:ample|\.)?|[Ff]ormat)\s?[:：]|(?:[Ff]or example|[Ss]uch as)\b"
    r"|[例如][:：]|例如|比如|示例|样例|格式[:：为]|请[填输选按使勿用]|填写"
)
_REQUEST = re.compile(r"(?:please|enter|choose|select|fill in|one of|use)\s", re.IGNORECASE)
_BRACKETED = re.compile(r"\(.*\)|（.*）|\[.*\]|【.*】|<.*>|\{.*\}", re.DOTALL)


def explaining_lines(headers: Sequence[str], records: Iterable[Record]) -> tuple[int, ...]:
    """The lines of the rows under the header, among the first `records` below it, that explain its columns.

    A row does when every cell that isn't empty is an explanation: its kind, its unit, a rule, an example that
    says so, its technical name. A rule alone is enough, of others that could be names there must be several.
    """
    lines: list[int] = []
    own = {index for index, header in enumerate(headers) if header in SKIPPED_HEADERS}
    for record in records:
        cells = [cell.strip() for index, cell in enumerate(record.cells) if index not in own]
        if record.problem or len(lines) == _MOST or not _explains([cell for cell in cells if cell]):
            break
        lines.append(record.line)
    return tuple(lines)


def _explains(cells: Sequence[str]) -> bool:
    if not cells or not all(map(_is_explanation, cells)):
        return False
    bracketed = sum(_BRACKETED.fullmatch(cell) is not None for cell in cells)
    return any(map(_is_certain, cells)) or len(cells) > 2 or len(cells) == bracketed == 2


def _is_certain(cell: str) -> bool:
    bare = _bare(cell)
    return _RULE.fullmatch(bare) is not None or _EXAMPLE.match(bare) is not None


def _is_explanation(cell: str) -> bool:
    bare = _bare(cell)
    return (
        _is_certain(cell)
        or _WORD.fullmatch(bare) is not None
        or _REQUEST.match(bare) is not None
        or _BRACKETED.fullmatch(cell) is not None
        or vocabulary().known(cell)
    )


def _bare(cell: str) -> str:
    """A cell without the brackets around it, and the marks before and behind."""
    text = cell.strip("*＊ \n")
    if _BRACKETED.fullmatch(text):
        text = text[1:-1]
    return text.strip(" *＊：:")
