"""With the plain look, every frame of the app is drawn in ASCII."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FRAMED = re.compile(r"^ *([A-Z][\w >#-]*?) \{[^{}]*\bborder: round", re.MULTILINE)


def test_every_round_frame_has_a_plain_one() -> None:
    plain = (ROOT / "screens" / "ascii.tcss").read_text(encoding="utf-8")
    framed = {
        selector
        for folder in ("screens", "widgets")
        for path in (ROOT / folder).glob("*.py")
        for selector in FRAMED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(framed) > 4
    assert {selector for selector in framed if not re.search(rf"\b{re.escape(selector)}[ ,]", plain)} == set()
