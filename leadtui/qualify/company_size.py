"""How large a company is, from whatever was written about it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORDS: tuple[tuple[str, str], ...] = (
    (r"中小|小型|小微|微型|微小|初创|个体|\b(small|smb|sme|micro|start-?up|tiny|s)\b", "small"),
    (r"中型|中等|\b(medium|mid|mid-?size[d]?|mid-?market|m)\b", "medium"),
    (r"大型|特大|超大|集团|上市|500强|世界500|\b(large|big|enterprise|corporate|group|huge|l|xl)\b", "large"),
)
_NUMBER = re.compile(r"(\d[\d,' ]*(?:\.\d+)?)\s*(k\b|万|千)?")
_MONEY = re.compile(r"[$€£¥￥亿元]|\b(usd|cny|rmb|eur|revenue|turnover)\b|营收|营业额|注册资|产值")
_BELOW = re.compile(
    r"^\s*(<|≤|under|below|less than|up to|fewer than|不到|少于|不足|小于|低于)|以下|以内|之内"
)
_TIMES = {"": 1, "k": 1000, "千": 1000, "万": 10_000}


@lru_cache(maxsize=4096)
def company_size(text: str, medium_from: int, large_from: int) -> str:
    """`large`, `medium`, `small`, or empty when `text` does not tell (R41).

    A range counts by its lower end, so that a size is never overrated; a figure in money is no size.
    """
    written = unicodedata.normalize("NFKC", text).casefold().strip()
    if not written or _MONEY.search(written):
        return ""
    for pattern, size in _WORDS:
        if re.search(pattern, written):
            return size
    found = _NUMBER.search(written)
    if not found:
        return ""
    employees = float(re.sub(r"[,' ]", "", found[1])) * _TIMES[found[2] or ""]
    if employees < 1 or _BELOW.search(written):
        return "small" if employees >= 1 else ""
    if employees >= large_from:
        return "large"
    return "medium" if employees >= medium_from else "small"
