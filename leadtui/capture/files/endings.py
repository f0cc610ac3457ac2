"""How the names of files end that may hold leads; what they hold is told by their first bytes."""

from __future__ import annotations

from pathlib import PurePath

_ENDINGS = frozenset(
    ".csv .tsv .tab .txt .xlsx .xlsm .xlsb .xls .ods .vcf .vcard .json .jsonl .ndjson".split()
)


def may_hold_leads(name: str) -> bool:
    """Whether a file with that name may hold leads."""
    return PurePath(name).suffix.casefold() in _ENDINGS
