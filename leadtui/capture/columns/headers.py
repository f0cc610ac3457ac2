"""Which column of a file is which field of a lead, and how a user changes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from hashlib import blake2b

from leadtui.capture.words.fields import FIELDS, IGNORED, OWN_FIELDS
from leadtui.capture.words.systems import System
from leadtui.capture.words.vocabulary import folded
from leadtui.errors import UsageError
from leadtui.i18n import gettext as _

_SHORT_NAMES: Mapping[str, str] = {
    "name": "contact", "person": "contact", "full_name": "contact", "source": "source_channel",
    "detail": "source_detail", "tier": "tier_chosen", "size": "company_size", "id": "external_id",
    "mail": "email", "date": "acquired_at", "tag": "tags", "zip": "postal_code",
}  # fmt: skip
_IDENTITY = frozenset(("company", "contact", "first_name", "last_name", "phone", "mobile", "email", "wechat"))
_IDENTITIES: Mapping[str, frozenset[str]] = {
    "customer": frozenset(("company",)),
    "opportunity": frozenset(("name",)),
    "activity": frozenset(("content", "subject", "channel")),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file and what becomes of it."""

    index: int
    header: str
    """As written, on one line; `Column 5` where it is empty."""
    field: str
    """One of `FIELDS`, `ignore`, or empty: then the column is a custom field."""
    key: str
    """The key of the custom field."""
    how: str
    """`name`, `similar`, `content`, `user`, or empty for a column that nobody recognised."""


@dataclass(frozen=True, slots=True)
class HeaderMapping:
    """What becomes of each column; change it with `with_field`."""

    columns: tuple[Column, ...]
    profile: System
    """The system that wrote the file, as far as it is known."""
    record: str
    """What its rows are: `lead`, `customer`, `contact`, `opportunity` or `activity`."""

    @property
    def system(self) -> str:
        """Which system wrote the file, or empty."""
        return self.profile.name

    @property
    def default_source(self) -> str:
        """Where its leads come from when no column says it, or empty."""
        return self.profile.source

    def with_field(self, header: str, field: str) -> HeaderMapping:
        """This mapping with another field for a column; UsageError when there is no such column or field.

        A column that held the field becomes a custom field.
        """
        column = _column_named(self.columns, header)
        field = _field_named(field, self.fields, self.own_fields)
        changed = tuple(
            replace(each, field=field, how="user")
            if each is column
            else replace(each, field="", how="")
            if field and each.field == field and field != IGNORED
            else each
            for each in self.columns
        )
        return replace(self, columns=changed)

    def as_json(self) -> dict[str, str]:
        """Header to field; a custom field is `custom.KEY`."""
        return {column.header: column.field or f"custom.{column.key}" for column in self.columns}

    @property
    def fields(self) -> tuple[str, ...]:
        """What a column of such a file can be."""
        return FIELDS[self.record]

    @property
    def own_fields(self) -> tuple[str, ...]:
        """What else a column of an export of ours can be."""
        return OWN_FIELDS[self.record]

    @property
    def identifies(self) -> bool:
        """Whether any column tells who or what a row is."""
        telling = _IDENTITIES.get(self.record, _IDENTITY)
        return any(column.field in telling for column in self.columns)

    @property
    def signature(self) -> str:
        """The same for every file with the same header row."""
        headers = "\0".join(folded(column.header) for column in self.columns)
        return blake2b(headers.encode(), digest_size=16).hexdigest()


def _column_named(columns: Iterable[Column], header: str) -> Column:
    columns = tuple(columns)
    for wanted in (str.strip, folded):
        found = [column for column in columns if wanted(column.header) == wanted(header)]
        if found:
            return found[0]
    known = [column.header for column in columns]
    near = get_close_matches(header, known, n=1, cutoff=0.4)
    raise UsageError(
        _("The file has no column “{header}”; did you mean “{near}”?").format(header=header, near=near[0])
        if near
        else _("The file has no column “{header}”; it has {known}.").format(
            header=header, known=", ".join(known[:12])
        )
    )


def _field_named(name: str, fields: tuple[str, ...], own: tuple[str, ...]) -> str:
    plain = name.strip().casefold().replace("-", "_").replace(" ", "_")
    if plain not in fields:
        plain = _SHORT_NAMES.get(plain, plain)
    if plain in fields or plain in own or plain == IGNORED:
        return plain
    if plain in {"custom", ""}:
        return ""
    near = get_close_matches(plain, [*fields, *_SHORT_NAMES, IGNORED], n=1, cutoff=0.4)
    raise UsageError(
        _("There is no field “{name}”; did you mean “{near}”?").format(name=name, near=near[0])
        if near
        else _("There is no field “{name}”; fields are {known}.").format(name=name, known=", ".join(fields))
    )
