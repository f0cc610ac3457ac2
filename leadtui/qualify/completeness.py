"""What a lead still lacks at each of its three gates (C18); pure, over the columns of a lead by name."""

from __future__ import annotations

from collections.abc import Mapping

from leadtui.settings import Settings

EITHER: Mapping[str, tuple[str, ...]] = {
    "company_or_contact": ("company", "contact"),
    "phone_or_email": ("phone", "mobile", "other_phones", "email", "other_emails"),
    "phone": ("phone", "mobile", "other_phones"),
}
"""Codes for which any one of several columns will do."""

TO_SAVE = ("source_channel", "company_or_contact")
TO_PASS = ("contact", "phone_or_email", "need")
TO_CONVERT = ("source_channel", "company", "industry", "company_size", "contact", "title", "phone", "need")


def missing_to_save(lead: Mapping[str, object]) -> tuple[str, ...]:
    """What a lead needs before it can be saved: a source, and a company or a person."""
    return _missing(lead, TO_SAVE)


def missing_to_pass(lead: Mapping[str, object], settings: Settings) -> tuple[str, ...]:
    """What a lead needs to pass the screening: a name, a phone or mail, and a need (R24), a clear one where
    the settings are strict (R27, C10)."""
    missing = _missing(lead, TO_PASS)
    if settings.screening.strict and "need" not in missing and lead.get("need_clarity") != "concrete":
        missing += ("need_clarity",)
    return missing


def missing_to_convert(lead: Mapping[str, object]) -> tuple[str, ...]:
    """What a lead needs to be converted (R14)."""
    return _missing(lead, TO_CONVERT)


def _missing(lead: Mapping[str, object], codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        code for code in codes if not any(_filled(lead.get(name)) for name in EITHER.get(code, (code,)))
    )


def _filled(value: object) -> bool:
    return bool(str(value).strip()) if value is not None else False
