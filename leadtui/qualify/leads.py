"""Entering and editing leads (R12 to R21, R113; C18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leadtui.clock import DAY
from leadtui.errors import FieldProblems
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.qualify.changing import EDITABLE, changeable, check_to_come, patch_custom, set_columns
from leadtui.qualify.collaborators import hand_over
from leadtui.qualify.completeness import missing_to_save
from leadtui.qualify.limits import TAG_LIMIT
from leadtui.store.columns import LEAD_DERIVED, LEAD_JOURNALED
from leadtui.store.ids import name_id
from leadtui.text import one_line

if TYPE_CHECKING:
    from leadtui.store.act import Act

_APART = frozenset({"custom", "tags"})
_NO_PROFILE = frozenset({"owner", "notes", "next_step", "next_due", "next_due_all_day", "batch_id"})
"""Columns whose change says nothing about the profile of a lead (R64)."""
_FIELD_OF = {"company_or_contact": "company"}
"""The field beside which a missing value is told."""


def create_lead(act: Act, draft: Mapping[str, object]) -> str:
    """Enter a lead and return its id; FieldProblems when something is wrong, or source and name are missing.

    The draft has the columns of a lead, and `tags` and `custom`; what is no column becomes a custom field.
    """
    from leadtui.store.tables import Lead

    values, custom = _read(act, draft)
    check_to_come(act, values)
    missing = missing_to_save(values)
    if missing:
        raise FieldProblems({_FIELD_OF.get(code, code): _lacking(code) for code in missing})
    lead_id = act.new_id()
    known = {name: value for name, value in values.items() if value is not None}
    act.session.add(
        Lead(
            **{
                "owner": act.author,
                **known,
                "id": lead_id,
                "number": act.lead_number(act.next_lead_seq()),
                "created_by": act.author,
                "created_at": act.now,
                "acquired_at": known.get("acquired_at", act.now),
                "profile_at": act.now,
            }
        )
    )
    act.session.flush()
    set_custom(act, [lead_id], custom)
    tags = draft.get("tags")
    if isinstance(tags, Iterable) and not isinstance(tags, str):
        add_tags(act, [lead_id], [str(tag) for tag in tags])
    return lead_id


def edit_leads(act: Act, lead_ids: Sequence[str], changes: Mapping[str, object]) -> None:
    """Change fields of leads; what is no column becomes a custom field, `tags` are added; a new owner's
    predecessor becomes a collaborator.

    FieldProblems when something is wrong, or would leave a lead without a source or a name.
    """
    leads = changeable(act, lead_ids, EDITABLE)
    ids = [lead.id for lead in leads]
    values, custom = _read(act, changes)
    check_to_come(act, values)
    if "acquired_at" in values and values["acquired_at"] is None:
        del values["acquired_at"]
    if values:
        _refuse_emptying(act, ids, values)
        if "owner" in values:
            hand_over(act, ids, values["owner"])
        about_it = values.keys() - _NO_PROFILE
        set_columns(act, "lead", ids, {**values, "profile_at": act.now} if about_it else values)
    set_custom(act, ids, custom)
    tags = changes.get("tags")
    if isinstance(tags, Iterable) and not isinstance(tags, str):
        add_tags(act, ids, [str(tag) for tag in tags])


def set_custom(act: Act, lead_ids: Sequence[str], values: Mapping[str, object]) -> None:
    """Set custom fields of leads; an empty value takes one away. FieldProblems for what doesn't fit."""
    if not values:
        return
    from leadtui.qualify.custom import checked_custom
    from leadtui.qualify.fields import custom_fields

    definitions = custom_fields(act.connection, act.settings)
    fitting = checked_custom(values, definitions)
    patch_custom(act, "lead", [lead.id for lead in changeable(act, lead_ids, EDITABLE)], fitting)


def add_tags(act: Act, lead_ids: Sequence[str], names: Sequence[str]) -> None:
    """Put tags on leads; those that a lead has already are left alone."""
    wanted = tag_names(names)
    ids = [lead.id for lead in changeable(act, lead_ids, EDITABLE)] if wanted else []
    act.connection.executemany(
        "INSERT OR IGNORE INTO tag (id, lead_id, name) VALUES (?, ?, ?)",
        ((tag_id(lead_id, name), lead_id, name) for lead_id in ids for name in wanted),
    )


def remove_tags(act: Act, lead_ids: Sequence[str], names: Sequence[str]) -> None:
    """Take tags off leads, whatever their case."""
    wanted = tag_names(names)
    ids = [lead.id for lead in changeable(act, lead_ids, EDITABLE)] if wanted else []
    act.connection.executemany(
        "DELETE FROM tag WHERE id = ?", ((tag_id(lead_id, name),) for lead_id in ids for name in wanted)
    )


def tag_id(lead_id: str, name: str) -> str:
    """The identity of a tag on a lead: the same wherever it is made."""
    return name_id("tag", lead_id, name.casefold())


def _read(act: Act, draft: Mapping[str, object]) -> tuple[dict[str, Any], dict[str, object]]:
    """The columns and the custom fields of a draft, checked."""
    from leadtui.qualify.drafts import LeadDraft, checked

    reserved = (set(LEAD_JOURNALED) | set(LEAD_DERIVED)) - LeadDraft.model_fields.keys() - _APART
    problems = {name: _("This can't be set here.") for name in draft if name in reserved}
    values: dict[str, Any] = {}
    try:
        values = checked(LeadDraft, draft)
    except FieldProblems as refused:
        problems.update(refused.problems)
    problems.update(_disagreeing(act, values))
    if problems:
        raise FieldProblems(problems)
    for name in ("phone", "mobile"):
        if values.get(name):
            values[name] = international(values[name], act.settings.import_.default_region)
    if (values.get("budget_min") or values.get("budget_max")) and not values.get("currency"):
        values["currency"] = act.settings.import_.currency
    given = draft.get("custom")
    custom: dict[str, object] = dict(given) if isinstance(given, Mapping) else {}
    custom.update({name: value for name, value in draft.items() if name not in values and name not in _APART})
    return values, custom


def _disagreeing(act: Act, values: Mapping[str, Any]) -> dict[str, str]:
    problems = {}
    low, high = values.get("budget_min"), values.get("budget_max")
    if low is not None and high is not None and low > high:
        problems["budget_max"] = _("The budget ends below its beginning.")
    acquired = values.get("acquired_at")
    if acquired is not None and acquired > act.now + DAY:
        problems["acquired_at"] = _("This lies in the future; say when the lead came in.")
    return problems


def international(text: str, region: str) -> str:
    """A phone number in E.164 when it is valid, otherwise as it was written."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_valid_number(number):
        return text
    extension = f" x{number.extension}" if number.extension else ""
    number.extension = None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension


def _refuse_emptying(act: Act, lead_ids: Sequence[str], values: Mapping[str, object]) -> None:
    """A lead keeps its source, and its company or contact."""
    if values.get("source_channel", "x") == "":
        raise FieldProblems({"source_channel": _lacking("source_channel")})
    emptied = [name for name in ("company", "contact") if values.get(name, "x") == ""]
    if not emptied:
        return
    other = "contact" if emptied == ["company"] else "company"
    nameless = len(emptied) == 2
    if not nameless and other not in values:
        statement = f"SELECT 1 FROM lead WHERE id IN ({{marks}}) AND {other} = ''"
        nameless = next(act.rows(statement, lead_ids), None) is not None
    if nameless:
        raise FieldProblems({emptied[0]: _lacking("company_or_contact")})


def _lacking(code: str) -> str:
    return _("Every lead needs {what}.").format(what=label("missing", code))


def tag_names(names: Sequence[str]) -> list[str]:
    """The names without their signs, each once whatever its case; FieldProblems for one that is too long."""
    found: dict[str, str] = {}
    for name in names:
        tag = one_line(name).lstrip("#").strip()
        if len(tag) > TAG_LIMIT:
            raise FieldProblems({"tags": _("Shorten the tag to {n} characters.").format(n=TAG_LIMIT)})
        if tag:
            found.setdefault(tag.casefold(), tag)
    return list(found.values())
