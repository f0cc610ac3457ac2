"""Names of people and companies."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_NOT_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")
_BRACKETED = re.compile(r"[(（\[【].*?[)）\]】]")
_LEGAL_WORDS = frozenset(
    "ab ag aps as asa bhd bv co company corp corporation cv doo eirl eurl gbr gmbh holding holdings inc "
    "incorporated kft kg kk limited llc llp lp ltd ltda mbh nv oao ohg ooo oy oyj plc pllc pt pte pty pvt sa "
    "sab sarl sas sasu sdn se sl slu sp spa spzoo srl sro tbk ug ооо оао зао ао".split()
)
_REMEMBERED = 8192
"""Names come again and again in a file."""
_LEGAL_DOTTED = re.compile(r"\b[a-z](?:[./]\s?[a-z])+\b")
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_LEGAL_CHINESE = re.compile(
    r"(?:(?:股份)?有限(?:责任|責任)?公司|股份公司|集团公司|集團公司|(?:株式|有限|合同)会社|주식회사|유한회사|\(주\)"
    r"|集团|集團|控股|公司|㈱)+$|^(?:株式会社|有限会社|주식회사|㈱|\(주\))"
)
_LEGAL_ENDS = tuple("公司 会社 회사 (주) 集团 集團 控股 ㈱ \n".split(" "))
"""How a name ends that ends with a legal form."""
_LEGAL_BEGINNINGS = tuple("株式会社 有限会社 주식회사 ㈱ (주)".split())


def is_cjk(text: str) -> bool:
    """Whether a name is written in Chinese characters, kana or hangul."""
    return not text.isascii() and _CJK.search(text) is not None


def join_name(first: str, last: str, middle: str = "") -> str:
    """A person's whole name; Chinese, Japanese and Korean ones begin with the family, without a space."""
    if is_cjk(first) or is_cjk(last):
        return last + middle + first
    return " ".join(part for part in (first, middle, last) if part)


@lru_cache(maxsize=_REMEMBERED)
def person_key(text: str) -> str:
    """A person's name as it is compared: without case, width, accents and punctuation."""
    return _words(folded(text))


@lru_cache(maxsize=_REMEMBERED)
def company_key(text: str) -> str:
    """A company's name as it is compared: without case, width, accents, punctuation, remarks in brackets, and
    legal form (`上海启明科技有限公司` and `上海启明科技(集团)` are one, `ACME, Inc.` and `Acme` as well)."""
    return "".join(company_words(text)) or _words(folded(text))


@lru_cache(maxsize=_REMEMBERED)
def company_words(text: str) -> tuple[str, ...]:
    """The words of a company's key."""
    plain = folded(text)
    bare = _without_legal_form(plain)
    bare = _BRACKETED.sub(" ", bare) if "(" in bare or "[" in bare or "【" in bare else bare
    if not bare.isascii():
        bare = _without_legal_form(bare.strip())
    if "." in bare or "/" in bare:
        bare = _LEGAL_DOTTED.sub(lambda found: re.sub(r"[./\s]", "", found.group()), bare)
    kept = _WORD.findall(bare)
    while len(kept) > 1 and kept[-1] in _LEGAL_WORDS:
        kept.pop()
    return tuple(kept)


def _without_legal_form(name: str) -> str:
    """A folded name without the Chinese, Japanese or Korean legal forms at its end or its beginning."""
    # Looking for the pattern takes ten times as long as telling that a name has none.
    told = name.endswith(_LEGAL_ENDS) or name.startswith(_LEGAL_BEGINNINGS)
    return _LEGAL_CHINESE.sub("", name) if told else name


def folded(text: str) -> str:
    """A name without case, width and accents."""
    if text.isascii():
        return text.lower()
    wide = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", wide)))


def _words(plain: str) -> str:
    return _NOT_WORD.sub("", plain)
