"""Text without a file: pasted into the app, or read from standard input; it is kept in one for an import."""

from __future__ import annotations

import json
import re
from pathlib import Path

from leadtui.capture.files.layout import named_fields
from leadtui.capture.files.signature import is_signature, read_list, read_signature
from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _

_SPACES = re.compile(r" {2,}|\u3000+")


def keep_pasted(data: bytes, folder: Path) -> Path:
    """The file in `folder` that holds the text: as it is, or the people whom a signature or a list names.

    LeadTUIError when there is none.
    """
    if not data.strip():
        raise LeadTUIError(_("There is no text that could be imported."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if table := _aligned(text):
        data, text = table.encode(), ""
    begins = text.lstrip()[:20].upper()
    is_person = not begins.startswith(("{", "[", "BEGIN:VCARD")) and is_signature(text)
    if is_person and (people := read_list(text) or read_signature(text)):
        path = folder / "signature.json"
        path.write_text(json.dumps(people, ensure_ascii=False), encoding="utf-8")
        return path
    path = folder / "pasted.txt"
    path.write_bytes(data)
    return path


def _aligned(text: str) -> str:
    """A table whose columns are kept apart by several spaces, with a tab between its cells; empty for any
    other text."""
    rows = [_SPACES.split(line.strip()) for line in text.splitlines() if line.strip()]
    is_table = len(rows) > 1 and {len(row) for row in rows} == {len(rows[0])} and named_fields(rows[0]) > 1
    return "\n".join(map("\t".join, rows)) if is_table and "\t" not in text and '"' not in text else ""
