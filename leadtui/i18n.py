"""The language of the screen: English is the source, others come from `locale/`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import GNUTranslations

_FOLDER = Path(__file__).parent / "locale"
_catalogue: GNUTranslations | None = None
_replaced: Mapping[str, str] = {}


def use_language(language: str = "") -> None:
    """Show texts in `language` (`zh_CN`, `zh-Hans`), or in the system's; in English without a catalogue."""
    global _catalogue
    path = _catalogue_path(language or _system_language())
    _catalogue = _read(path) if path else None


def replace_in_texts(replaced: Mapping[str, str]) -> None:
    """Show texts with other signs in place of some, for terminals that lack these."""
    global _replaced
    _replaced = replaced


def current_language() -> str:
    """The language that texts are shown in, as `use_language` takes it."""
    return (_catalogue.info().get("language", "") if _catalogue else "") or "en"


def languages() -> tuple[str, ...]:
    """English and the languages that there is a catalogue for, by the names of their folders."""
    return ("en", *sorted(path.name for path in _FOLDER.iterdir() if path.is_dir()))


def speaks(language: str) -> bool:
    """Whether there are texts in `language`."""
    return re.match(r"en(?![^\W_])", language) is not None or _catalogue_path(language) is not None


def gettext(message: str) -> str:
    """`message` in the user's language."""
    text = _catalogue.gettext(message) if _catalogue else message
    return with_signs(text)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of a message that fits `number`."""
    if _catalogue:
        text = _catalogue.ngettext(singular, plural, number)
    else:
        text = singular if number == 1 else plural
    return with_signs(text)


def marked(message: str) -> str:
    """`message` itself: a text that is translated later, where it is shown."""
    return message


def with_signs(text: str) -> str:
    """A text that is the same in every language, with the signs that are shown."""
    for sign, other in _replaced.items():
        text = text.replace(sign, other)
    return text


@cache
def _read(path: Path) -> GNUTranslations:
    """The catalogue at `path`; settings and system mostly ask for the same one."""
    from gettext import GNUTranslations

    with path.open("rb") as file:
        return GNUTranslations(file)


def _system_language() -> str:
    return next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")


def _catalogue_path(language: str) -> Path | None:
    """The catalogue for `zh_CN.UTF-8`, or for `de_DE` the one of `de`."""
    name = language.partition(".")[0].partition("@")[0].replace("-", "_")
    if name in {"zh", "zh_SG"} or name.startswith("zh_Hans"):
        name = "zh_CN"
    for folder in (name, name.partition("_")[0]):
        path = _FOLDER / folder / "LC_MESSAGES" / "leadtui.mo"
        if folder.replace("_", "").isalnum() and path.is_file():
            return path
    return None
