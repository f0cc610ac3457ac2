"""Why two leads may be the same, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leadtui.i18n import gettext
from leadtui.i18n import marked as _
from leadtui.qualify.duplicates.weighing import Evidence
from leadtui.text import one_line

_TEXTS: Mapping[tuple[str, str], str] = {
    ("external_id", "same"): _("same record in another system"),
    ("email", "same"): _("same mail"),
    ("email", "shared"): _("same shared mailbox"),
    ("email", "near"): _("nearly the same mail: {ours} / {theirs}"),
    ("phone", "same"): _("same phone"),
    ("phone", "near"): _("nearly the same phone: {ours} / {theirs}"),
    ("wechat", "same"): _("same WeChat"),
    ("domain", "same"): _("same website or mail domain"),
    ("contact", "same"): _("same name"),
    ("contact", "near"): _("nearly the same name: {ours} / {theirs}"),
    ("contact", "part"): _("a name that fits: {ours} / {theirs}"),
    ("contact", "half"): _("but another person: {ours} / {theirs}"),
    ("contact", "other"): _("but another person: {ours} / {theirs}"),
    ("company", "same"): _("same company"),
    ("company", "near"): _("nearly the same company: {ours} / {theirs}"),
    ("company", "part"): _("a company that fits: {ours} / {theirs}"),
    ("company", "other"): _("but another company: {ours} / {theirs}"),
    ("address", "same"): _("same address"),
    ("address", "near"): _("nearly the same address"),
    ("address", "part"): _("a similar address"),
}


def reasons(evidence: Sequence[Evidence]) -> str:
    """What speaks for a pair, the strongest first, then what speaks against it, small matters left out."""
    told = sorted(
        (each for each in evidence if (each.field, each.degree) in _TEXTS), key=lambda each: -each.points
    )
    return ", ".join(map(_reason, told))


def brief(evidence: Sequence[Evidence]) -> str:
    """What is the same, without the values: reasons that can be counted."""
    same = [each for each in evidence if each.degree == "same"]
    return reasons(same) or gettext("similar names")


def _reason(evidence: Evidence) -> str:
    text = gettext(_TEXTS[evidence.field, evidence.degree])
    return text.format(ours=one_line(evidence.ours), theirs=one_line(evidence.theirs))
