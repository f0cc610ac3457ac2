"""What a user typed, made safe and checked: the only way from a form or a flag into a lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from leadtui.errors import FieldProblems
from leadtui.i18n import gettext as _
from leadtui.i18n import marked
from leadtui.qualify.limits import LINE_LIMIT, TEXT_LIMIT
from leadtui.text import clean, one_line

_MOST_MONEY = 10**17


def _line(value: object) -> str:
    text = one_line(_text(value))
    if len(text) > LINE_LIMIT:
        raise ValueError(_("Shorten it to {n} characters.").format(n=LINE_LIMIT))
    return text


def _block(value: object) -> str:
    text = clean(_text(value)).strip()
    if len(text) > TEXT_LIMIT:
        raise ValueError(_("Shorten it to {n} characters.").format(n=TEXT_LIMIT))
    return text


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value)
    raise ValueError(_("Write a text."))


def _mail(value: object) -> str:
    text = _line(value).removeprefix("mailto:").lower()
    local, _at, domain = text.rpartition("@")
    if text and (not local or "." not in domain or " " in text or domain.strip(".") != domain):
        raise ValueError(_("This is no mail address; write it like ana@firm.com."))
    return text


def _phone(value: object) -> str:
    text = _line(value)
    if text and sum(character.isdigit() for character in text) < 3:
        raise ValueError(_("This is no phone number; write it like +86 138 1234 5678."))
    return text


def _code(*codes: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        text = _line(value)
        if text and text not in codes:
            raise ValueError(_("Choose one of {words}.").format(words=", ".join(codes)))
        return text

    return check


def whole(low: int, high: int, sentence: str) -> Callable[[object], int | None]:
    """A check for an integer from `low` to `high`, or nothing; `sentence` says what is wanted."""

    def check(value: object) -> int | None:
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(_(sentence))
        return value

    return check


def _yes_no(value: object) -> bool:
    if value in (True, False, None, 0, 1):
        return bool(value)
    raise ValueError(_("Say yes or no."))


def currency_code(value: object) -> str:
    """A currency by its three letters, or nothing."""
    text = _line(value).upper()
    if text and not (len(text) == 3 and text.isascii() and text.isalpha()):
        raise ValueError(_("Write the currency with three letters, like CNY or EUR."))
    return text


Currency = Annotated[str, BeforeValidator(currency_code)]
Line = Annotated[str, BeforeValidator(_line)]
Block = Annotated[str, BeforeValidator(_block)]
Flag = Annotated[bool, BeforeValidator(_yes_no)]
Mail = Annotated[str, BeforeValidator(_mail)]
Phone = Annotated[str, BeforeValidator(_phone)]
Moment = Annotated[int | None, BeforeValidator(whole(0, 1 << 52, marked("Give a date.")))]
Money = Annotated[int | None, BeforeValidator(whole(0, _MOST_MONEY, marked("Write an amount of money.")))]
Points = Annotated[int | None, BeforeValidator(whole(0, 10, marked("Give 0 to 10 points.")))]
Minutes = Annotated[
    int | None, BeforeValidator(whole(0, 60 * 24 * 31, marked("Write how many minutes it took.")))
]


def codes(*words: str) -> Any:
    """A text that is empty or one of `words`."""
    return BeforeValidator(_code(*words))


class Draft(BaseModel):
    """The base of all drafts."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)


class RecordDraft(Draft):
    """What every record has."""

    need: Block = ""
    remark: Block = ""
    notes: Block = ""
    source_channel: Line = ""
    source_detail: Line = ""
    owner: Line = ""
    next_step: Line = ""
    next_due: Moment = None
    next_due_all_day: Flag = False
    external_system: Line = ""
    external_id: Line = ""
    batch_id: Line = ""


class ReachedDraft(RecordDraft):
    """How a lead, a customer or a contact is reached."""

    phone: Phone = ""
    other_phones: Block = ""
    email: Mail = ""
    other_emails: Block = ""
    wechat: Line = ""
    website: Line = ""
    address: Block = ""
    city: Line = ""
    state: Line = ""
    postal_code: Line = ""
    country: Line = ""


class LeadDraft(ReachedDraft):
    """The columns of a lead that users fill in (R12 to R21)."""

    lead_type: Line = ""
    company: Line = ""
    industry: Line = ""
    company_size: Line = ""
    customer_type: Line = ""
    contact: Line = ""
    title: Line = ""
    role: Annotated[str, codes("decision_maker", "influencer", "user", "blocker")] = ""
    mobile: Phone = ""
    need_clarity: Annotated[str, codes("concrete", "vague", "none")] = ""
    scenario: Line = ""
    potential: Line = ""
    timing: Annotated[str, codes("within_3_months", "3_to_6_months", "later")] = ""
    asked_for_material: Flag = False
    budget_min: Money = None
    budget_max: Money = None
    currency: Currency = ""
    budget_fit: Annotated[str, codes("full", "partial", "none")] = ""
    acquired_at: Moment = None


def checked(model: type[Draft], values: Mapping[str, object]) -> dict[str, Any]:
    """The values that `model` knows, cleaned; FieldProblems with a sentence for each bad one."""
    try:
        draft = model.model_validate(dict(values))
    except ValidationError as error:
        raise FieldProblems(
            {str(one["loc"][0]): str(one.get("ctx", {}).get("error", one["msg"])) for one in error.errors()}
        ) from None
    return {name: getattr(draft, name) for name in model.model_fields if name in values}
