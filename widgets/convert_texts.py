"""Words that several steps of a conversion share."""

from __future__ import annotations

from leadtui.i18n import gettext as _
from leadtui.labels import LABELS, label


def choice_word(field: str, code: str) -> str:
    """The user's word for a choice of a field; a choice of the user's own is its own word."""
    for group in (f"opportunity_{field}", field):
        if code in LABELS.get(group, {}):
            return label(group, code)
    return code


def target_name(target: str, field: str) -> str:
    """A target field with the record that it belongs to; where nothing goes when there is none."""
    if not target:
        return _("nowhere")
    return _("{record}: {field}").format(record=label("record", target.partition(".")[0]), field=field)
