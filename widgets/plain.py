"""The one door through which foreign text enters a widget: cleaned, never markup, measured in cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len, chop_cells, set_cell_size
from textual.content import Content

from leadtui.i18n import replace_in_texts
from leadtui.text import clean, one_line
from widgets.glyphs import ASCII, ASCII_TEXTS, Glyphs

_signs = Glyphs()


def use_ascii(wanted: bool) -> None:
    """Write with the signs that every terminal can show, or with all of them; in the app's own texts too."""
    global _signs
    _signs = ASCII if wanted else Glyphs()
    replace_in_texts(ASCII_TEXTS if wanted else {})


def plain(text: str, one_line: bool = True) -> Content:
    """`text` as content that a widget shows as it is, without markup, links or control characters."""
    return Content(_single(text) if one_line else clean(text))


def cut(text: str, width: int) -> str:
    """`text` on one line and at most `width` cells wide, an ellipsis for its end when it is longer."""
    line = _single(text[: 8 * width + 64])
    if cell_len(line) <= width:
        return line
    more = _signs.more
    if width <= len(more):
        return more[: max(width, 0)]
    return set_cell_size(line, width - len(more)).rstrip() + more


def joined(parts: Iterable[str]) -> str:
    """Short texts beside each other, with a dot between those that say something."""
    return f" {_signs.dot} ".join(filter(None, parts))


def reading_seconds(text: str) -> float:
    """How long a text that says what to do is shown: long enough to be read twice, and to be followed."""
    return 10 + cell_len(text) / 10


def unknown() -> str:
    """Stands where a number isn't known yet."""
    return _signs.more


def fit(text: str, width: int, right: bool = False) -> str:
    """`text` on one line and exactly `width` cells wide; at the `right` end when asked."""
    line = cut(text, width)
    gap = " " * (width - cell_len(line))
    return gap + line if right else line + gap


def wrap(text: str, width: int, most: int = 100) -> list[str]:
    """`text` in lines of at most `width` cells: broken at spaces, else inside words."""
    lines: list[str] = []
    for paragraph in clean(text[: width * most * 8]).split("\n"):
        lines.extend(_wrapped(paragraph.replace("\t", " ").strip(), max(width, 2)))
        if len(lines) > most:
            return [*lines[: most - 1], cut(lines[most - 1] + _signs.more, width)]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _wrapped(paragraph: str, width: int) -> Iterator[str]:
    line = ""
    for word in paragraph.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if _is_wide(word) and cell_len(line) < width - 2:
            *full, line = chop_cells(joined, width)
            yield from full
            continue
        if line:
            yield line
        *full, line = chop_cells(word, width) or [""]
        yield from full
    yield line


def _is_wide(word: str) -> bool:
    """Chinese breaks anywhere: it fills the line instead of starting a new one."""
    return cell_len(word) > len(word)


_single = one_line
