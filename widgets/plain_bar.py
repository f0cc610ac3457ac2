"""Scrollbars for terminals that can't draw eighths of a cell."""

from __future__ import annotations

from typing import ClassVar

from textual.scrollbar import ScrollBar, ScrollBarRender


class _PlainBar(ScrollBarRender):
    """A scrollbar that begins and ends with whole cells, which colour alone draws."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


def use_plain_bars(wanted: bool) -> None:
    """Draw scrollbars of whole cells, or of all that a terminal can show."""
    ScrollBar.renderer = _PlainBar if wanted else ScrollBarRender
