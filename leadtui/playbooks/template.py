"""A template: a call script, a mail or a message, in a Markdown file headed by some TOML (R110)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from leadtui.i18n import gettext as _
from leadtui.playbooks.filling import unknown_names
from leadtui.playbooks.occasion import Occasion, read_occasion
from leadtui.settings.checks import nearest
from leadtui.text import clean, one_line
from leadtui.values import CHANNELS

FENCE = "+++"
"""What stands alone on the lines before and after the TOML."""
_KEYS = ("name", "channel", "subject", "for")


class Template(NamedTuple):
    """Words for leads of some kind, with the names of fields in braces."""

    code: str
    """The name of its file, without the ending."""
    name: str
    channel: str
    """How it is said: `phone` for a script, `mail`, `wechat`; empty for any way."""
    subject: str
    occasion: Occasion
    text: str


def split(text: str) -> tuple[str, str, int]:
    """The TOML above a template's text, the text, and the line (from 0) at which it begins."""
    lines = text.split("\n")
    if lines[0].strip() != FENCE:
        return "", text, 0
    end = next((at for at in range(1, len(lines)) if lines[at].strip() == FENCE), None)
    if end is None:
        return "", text, 0
    return "\n".join(["", *lines[1:end]]), "\n".join(lines[end + 1 :]), end + 1


def read_template(
    code: str,
    table: Mapping[str, Any],
    text: str,
    report: Callable[[str, str], None],
    report_line: Callable[[int, str], None],
) -> Template:
    """The template of a TOML table and a text; what is wrong is reported by its name, or by its line."""
    for key in table.keys() - set(_KEYS):
        report(key, _("there is no setting {name}; {hint}").format(name=key, hint=nearest(key, _KEYS)))
    channel = str(table.get("channel") or "")
    if channel and channel not in CHANNELS:
        hint = nearest(channel, CHANNELS)
        report("channel", _("channel can't be '{word}'; {hint}").format(word=channel, hint=hint))
        channel = ""
    subject = one_line(str(table.get("subject") or ""))
    for _line, sentence in unknown_names(subject):
        report("subject", sentence)
    for line, sentence in unknown_names(text):
        report_line(line, sentence)
    name = one_line(str(table.get("name") or code.replace("-", " ")))
    return Template(
        code, name, channel, subject, read_occasion(table.get("for", {}), report), clean(text).strip()
    )
