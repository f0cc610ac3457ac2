"""The names of keys: which there are, how a user may write them, and how they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from leadtui.i18n import gettext as _
from leadtui.i18n import with_signs

_PUNCTUATION: Mapping[str, str] = {
    "space": " ",
    "exclamation_mark": "!",
    "quotation_mark": '"',
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "ampersand": "&",
    "apostrophe": "'",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "asterisk": "*",
    "plus": "+",
    "comma": ",",
    "minus": "-",
    "full_stop": ".",
    "slash": "/",
    "colon": ":",
    "semicolon": ";",
    "less_than_sign": "<",
    "equals_sign": "=",
    "greater_than_sign": ">",
    "question_mark": "?",
    "at": "@",
    "left_square_bracket": "[",
    "backslash": "\\",
    "right_square_bracket": "]",
    "circumflex_accent": "^",
    "underscore": "_",
    "grave_accent": "`",
    "left_curly_bracket": "{",
    "vertical_line": "|",
    "right_curly_bracket": "}",
    "tilde": "~",
}
_BY_CHARACTER = {character: name for name, character in _PUNCTUATION.items()}
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_NAMED = frozenset({"up", "down", "left", "right", "home", "end", "pageup", "pagedown"}) | frozenset(
    {"insert", "delete", "backspace", "enter", "escape", "tab", *(f"f{number}" for number in range(1, 25))}
)
_SYNONYMS: Mapping[str, str] = {
    "esc": "escape",
    "return": "enter",
    "pgup": "pageup",
    "page_up": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "page_down": "pagedown",
    "del": "delete",
    "ins": "insert",
    "spacebar": "space",
}
_MODIFIERS = ("ctrl", "alt", "shift")
_SAME_AS: Mapping[str, str] = {
    "ctrl+m": "enter",
    "ctrl+i": "tab",
    "ctrl+h": "backspace",
    "ctrl+j": "enter",
    "ctrl+left_square_bracket": "escape",
}
"""What terminals send for these combinations: bound, they would act on the other key too."""
_TAKEN = frozenset({"tab", "shift+tab", "ctrl+q", "ctrl+c", "ctrl+z"})
"""Keys that always move the focus, copy, leave or suspend."""
_SHOWN: Mapping[str, str] = {
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "delete": "del",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "space": "space",
}


def key_name(word: str) -> str:
    """The key that a user wrote as `?`, `pgdn`, `Ctrl+R` or `shift+a`, by its full name; not checked."""
    if word in _BY_CHARACTER:
        return _BY_CHARACTER[word]
    if len(word) == 1:
        return word
    *modifiers, key = word.split("+") if not word.endswith("++") else [*word[:-2].split("+"), "+"]
    modifiers = [modifier.lower() for modifier in modifiers]
    key = _BY_CHARACTER.get(key) or _SYNONYMS.get(key.lower()) or (key if len(key) == 1 else key.lower())
    if "ctrl" in modifiers and len(key) == 1:
        key = key.lower()
    elif modifiers == ["shift"] and len(key) == 1:
        modifiers, key = [], key.upper()
    return "+".join([*sorted(modifiers, key=_rank), key])


def refusal(word: str) -> str:
    """Why `word` can't be bound, in one sentence, or empty."""
    key = key_name(word)
    if not _exists(key):
        nearest = nearest_key(word)
        if nearest:
            return _("there is no key {word}; did you mean {nearest}?").format(word=word, nearest=nearest)
        return _("there is no key {word}; write it as f, F, ctrl+f, f6 or pagedown.").format(word=word)
    if key in _SAME_AS:
        return _("terminals send {same} for {word}; choose another key.").format(
            same=_SAME_AS[key], word=word
        )
    if key in _TAKEN:
        return _("{word} is kept for the terminal and for moving the focus; choose another key.").format(
            word=word
        )
    return ""


def nearest_key(word: str) -> str:
    """The valid key name nearest to `word`; empty when nothing is near or `word` is itself a key."""
    if _exists(key_name(word)):
        return ""
    *modifiers, key = word.lower().split("+")
    mended = [next(iter(get_close_matches(name, _MODIFIERS, n=1, cutoff=0.4)), "") for name in modifiers]
    if len(key) != 1:
        match = next(iter(get_close_matches(key, [*_NAMED, *_PUNCTUATION, *_SYNONYMS], n=1)), "")
        key = _SYNONYMS.get(match, match)
    nearest = key_name("+".join([*mended, key]))
    return nearest if _exists(nearest) else ""


def display_key(key: str) -> str:
    """How a key is shown: `?` for `question_mark`, `^p` for `ctrl+p`, `esc` for `escape`."""
    *modifiers, name = key.split("+")
    shown = with_signs(_SHOWN.get(name) or _PUNCTUATION.get(name, name))
    return "".join("^" if modifier == "ctrl" else f"{modifier}+" for modifier in modifiers) + shown


def _exists(key: str) -> bool:
    *modifiers, name = key.split("+")
    if any(modifier not in _MODIFIERS for modifier in modifiers) or len(set(modifiers)) != len(modifiers):
        return False
    return name in _LETTERS or name in _NAMED or name in _PUNCTUATION or (not modifiers and _is_letter(name))


def _is_letter(name: str) -> bool:
    """A letter of another keyboard: `é`, `я`."""
    return len(name) == 1 and name.isalpha()


def _rank(modifier: str) -> int:
    return _MODIFIERS.index(modifier) if modifier in _MODIFIERS else len(_MODIFIERS)
