"""The texts of the sources and those of a catalogue, read without the tool that makes catalogues."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

Key = tuple[str, ...]
"""A text, or a text and its plural."""

_FUNCTIONS = {"gettext", "marked", "ngettext"}
_PERCENT = re.compile(r"%(?:\((\w+)\))?[srd]")


@dataclass
class Entry:
    """A text of a catalogue with its translations, one for each plural form."""

    key: Key
    translations: list[str] = field(default_factory=list)
    fuzzy: bool = False


def source_texts(paths: Iterable[Path]) -> dict[Key, str]:
    """Every text that is translated, with a place where it stands."""
    return {key: f"{path}:{line}" for path in paths for key, line in texts_of(path.read_text("utf-8"))}


def texts_of(source: str) -> Iterator[tuple[Key, int]]:
    """The texts that one source hands to the functions of `leadtui.i18n`, whatever it calls them."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "leadtui.i18n"
        for alias in node.names
        if alias.name in _FUNCTIONS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            wanted = node.args[: 2 if names[node.func.id] == "ngettext" else 1]
            texts = [each.value for each in wanted if isinstance(each, ast.Constant)]
            if len(texts) == len(wanted):
                yield tuple(map(str, texts)), node.lineno


def entries(catalogue: str) -> Iterator[Entry]:
    """The entries of a .po file, its header left out."""
    for block in re.split(r"\n\s*\n", catalogue):
        parts: dict[str, str] = {}
        name = ""
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        for line in lines:
            if not line.startswith('"'):
                name, _blank, line = line.partition(" ")
            parts[name] = parts.get(name, "") + ast.literal_eval(line)
        if parts.get("msgid"):
            yield Entry(
                tuple(parts[name] for name in ("msgid", "msgid_plural") if name in parts),
                [text for name, text in parts.items() if name.startswith("msgstr")],
                re.search(r"^#,.*fuzzy", block, re.MULTILINE) is not None,
            )


def placeholders(text: str) -> list[str]:
    """What is filled into a text: `{name}` by its name, whatever is shown of it; `%(name)s` and `%s`."""
    if _PERCENT.search(text):
        return sorted(match[0] for match in _PERCENT.finditer(text))
    names = [name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None]
    return sorted({re.split(r"[.\[]", name)[0] for name in names})
