"""Words that several steps of a conversion share."""

from __future__ import annotations

from leadtui.i18n import gettext as _
from leadtui.labels import label


def target_name(target: str, field: str) -> str:
    """A target field with the record that it belongs to; where nothing goes when there is none."""
    if not target:
        return _("nowhere")
    return _("{record}: {field}").format(record=label("record", target.partition(".")[0]), field=field)
