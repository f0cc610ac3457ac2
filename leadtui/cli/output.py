"""Printing: what leads say is cleaned first, and never read as markup."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Container, Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from leadtui.text import clean, one_line

_TO_ESCAPE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NUMBER = re.compile("[A-Z]-[0-9A-Z]{6}")
"""What records are called by: half of it is of no use."""
_BETWEEN = 3
"""Blanks between two columns."""
_ENDLESS = 2000
"""Columns where no terminal limits them: what is piped must not be cut."""


def print_json(document: object) -> None:
    """Print one JSON document that can't move the cursor of a terminal."""
    print(_json(document, indent=2))


def print_json_line(document: object) -> None:
    """Print one of many JSON documents, each on its line, at once."""
    print(_json(document), flush=True)


def _json(document: object, indent: int | None = None) -> str:
    is_unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = json.dumps(document, ensure_ascii=not is_unicode, indent=indent)
    return _TO_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say(text: str) -> None:
    """Print a text for people."""
    print(clean(text))


def warn(text: str) -> None:
    """Tell something beside the result."""
    print(one_line(text), file=sys.stderr)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """Print rows under headings, numbers to the right; a narrow terminal has the widest columns cut."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, title=_cell(title) if title else None)
    table.title_justify = "left"
    lines = [list(row) for row in rows]
    cells = [[_cell(value) for value in line] for line in (headings, *lines)]
    widths = [max(cell.cell_len for cell in column) for column in zip(*cells, strict=True)]
    whole = {
        index
        for index, column in enumerate(zip(*lines, strict=True))
        if all(_NUMBER.fullmatch(str(value)) for value in column)
    }
    widths = _fitting(widths, console().width - (len(headings) - 1) * _BETWEEN, whole)
    for index, (heading, width) in enumerate(zip(cells[0], widths, strict=True)):
        numbers = bool(lines) and all(isinstance(line[index], int) for line in lines)
        justify: JustifyMethod = "right" if numbers else "left"
        table.add_column(heading, justify=justify, no_wrap=True, overflow="ellipsis", width=width)
    for line in cells[1:]:
        table.add_row(*line)
    _print(table)


def print_pairs(pairs: Iterable[tuple[str, str]], indent: int = 0) -> None:
    """Print names and values, a line each, `indent` columns in; a long value goes on under its beginning."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for name, value in pairs:
        table.add_row(_cell(name), Text(clean(value)))
    _print(Padding(table, (0, 0, 0, indent)) if indent else table)


def console(*, stderr: bool = False) -> Console:
    """A console that takes every text as it is."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(
        file=stream,
        markup=False,
        emoji=False,
        highlight=False,
        width=None if stream.isatty() else _ENDLESS,
    )


def _print(table: Table | Padding) -> None:
    """Print a table; without the blanks at the ends of its lines where it isn't seen in a terminal."""
    printer = console()
    if sys.stdout.isatty():
        printer.print(table)
        return
    with printer.capture() as captured:
        printer.print(table)
    print("\n".join(line.rstrip() for line in captured.get().splitlines()))


def _fitting(widths: list[int], available: int, whole: Container[int]) -> list[int]:
    """The widths of columns, the widest of them cut down until they fit, but those that stay `whole`."""
    excess = sum(widths) - available
    widths = list(widths)
    to_cut = [index for index in range(len(widths)) if index not in whole]
    while excess > 0 and to_cut:
        widest = max(to_cut, key=lambda index: widths[index])
        if widths[widest] <= 1:
            break
        widths[widest] -= 1
        excess -= 1
    return widths


def _cell(value: object) -> Text:
    return Text("" if value is None else one_line(str(value)))
