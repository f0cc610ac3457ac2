"""The language of the screen: English is the source, others come from `locale/`."""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path

_DOMAIN = "leadtui"
_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def use_language(*languages: str) -> None:
    """Show texts in the first of `languages` that has a catalogue; without one, in English."""
    global _catalogue
    folder = Path(__file__).parent / "locale"
    _catalogue = _gettext.translation(_DOMAIN, folder, languages or None, fallback=True)


def gettext(message: str) -> str:
    """`message` in the user's language."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of a message that fits `number`."""
    return _catalogue.ngettext(singular, plural, number)


def marked(message: str) -> str:
    """`message` itself: a text that is translated later, where it is shown."""
    return message
