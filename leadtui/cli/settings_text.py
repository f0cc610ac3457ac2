"""The settings as the TOML that would say them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from leadtui.settings import Section, Settings


def as_table(section: Section) -> dict[str, Any]:
    """The settings as nested dictionaries, under the names that they have in the file."""
    return {name.rstrip("_"): _plain(getattr(section, name)) for name in type(section).__annotations__}


def as_toml(settings: Settings) -> str:
    """The text of a `config.toml` that says just these settings."""
    return "\n".join(_section("", as_table(settings))).strip()


def _plain(value: object) -> object:
    if isinstance(value, Section):
        return as_table(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _section(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    inner = {key: value for key, value in table.items() if isinstance(value, dict) or _is_tables(value)}
    if name:
        yield f"[{name}]"
    for key, value in table.items():
        if key not in inner and not (isinstance(value, list) and not value and not name):
            yield f"{_key(key)} = {json.dumps(value, ensure_ascii=False)}"
    yield ""
    for key, value in inner.items():
        path = f"{name}.{_key(key)}" if name else _key(key)
        if isinstance(value, dict):
            yield from _section(path, value)
        else:
            for item in value:
                yield from ["[[" + path + "]]", *list(_section(path, item))[1:]]


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _key(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() and key.isascii() else json.dumps(key)
