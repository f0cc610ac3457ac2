"""Mail addresses."""

from __future__ import annotations

import re

from leadtui.capture.clean.text import is_blank

_LOCAL = r"[^\s@<>()\[\]\\,;:\"'/|]++"
_ADDRESS = re.compile(rf"{_LOCAL}(?:'{_LOCAL})?@(?:[^\W_][\w-]*+(?<![_-])\.)+[^\W\d_]{{2,}}")
_NOBODY = re.compile(
    r"(?:none|n-a|null|no[-_.]?e?-?mail|unknown)@.+"
    r"|(no|na|test|abc|asdf|qwe|xx+|aa+|email|mail)@\1\.[a-z.]+"
)
"""What people type where an address is demanded, in lower case; it is nobody's, and so no sign that two are
one."""
_SEPARATORS = re.compile(r"\s*:::\s*|[,;|/\s，；、]+")


def mails(cell: str) -> tuple[tuple[str, ...], str]:
    """The valid addresses of a cell in lower case, each once, and the text of what was none.

    Takes several in a cell, `Name <address>` and `mailto:`.
    """
    text = cell.strip()
    if _ADDRESS.fullmatch(text):
        address = text.lower()
        return ((), text) if _NOBODY.fullmatch(address) else ((address,), "")
    if is_blank(text):
        return (), ""
    text = text.replace("＠", "@").replace("mailto:", " ")
    found: list[str] = []
    bad: list[str] = []
    for part in _SEPARATORS.split(text):
        bare = part.strip("<>()[]\"'.").lower()
        if _ADDRESS.fullmatch(bare) and not _NOBODY.fullmatch(bare):
            found.append(bare)
        elif bare:
            bad.append(part)
    if found and not any("@" in part for part in bad):
        bad = []
    return tuple(dict.fromkeys(found)), " ".join(bad)
