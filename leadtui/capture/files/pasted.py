"""Text without a file: pasted into the app, or read from standard input; it is kept in one for an import."""

from __future__ import annotations

import json
from pathlib import Path

from leadtui.capture.files.signature import is_signature, read_signature
from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _


def keep_pasted(data: bytes, folder: Path) -> Path:
    """The file in `folder` that holds the text: as it is, or the one person whom a signature names.

    LeadTUIError when there is none.
    """
    if not data.strip():
        raise LeadTUIError(_("There is no text that could be imported."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    begins = text.lstrip()[:20].upper()
    is_person = not begins.startswith(("{", "[", "BEGIN:VCARD")) and is_signature(text)
    if is_person and (person := read_signature(text)):
        path = folder / "signature.json"
        path.write_text(json.dumps(person, ensure_ascii=False), encoding="utf-8")
        return path
    path = folder / "pasted.txt"
    path.write_bytes(data)
    return path
