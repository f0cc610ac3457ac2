"""What the export screen offers, and what it says of each kind of file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from leadtui.exporting.sheet import KINDS
from leadtui.i18n import gettext as _
from leadtui.i18n import marked, ngettext
from leadtui.labels import label
from widgets.choice_row import Choice
from widgets.plain import cut, joined

if TYPE_CHECKING:
    from leadtui.archive.writing import Archived
    from leadtui.exporting.export import Exported

LIST, MARKED, ALL, EVERY = "list", "marked", "all", "every"
"""What can leave: leads of the list, the marked ones, all of them, or every kind of record.

Another kind alone goes by its own name."""
_KEYS: Mapping[str, str] = {"customers": "c", "contacts": "p", "opportunities": "o"}
ARCHIVE = ".zip"
EXCEL = "excel"
NEVER = "never"
_MINUTES = ("0", "15", "60")

_FORMATS: tuple[tuple[str, str, str, str], ...] = (
    (
        ".xlsx",
        "x",
        marked("Excel"),
        marked("A sheet with typed cells, times in your time zone; LeadTUI reads it back."),
    ),
    (
        ".csv",
        "c",
        marked("CSV"),
        marked(
            "A table for other programs; what looks like a formula gets an apostrophe, "
            "which an import takes off again."
        ),
    ),
    (".json", "j", marked("JSON"), marked("Every field of each lead, for scripts; LeadTUI reads it back.")),
    (".jsonl", "l", marked("JSON lines"), marked("A lead a line, for scripts; LeadTUI reads it back.")),
    (".vcf", "v", marked("Address book (vCard)"), marked("A card for each lead, to be opened with a phone.")),
    (
        ".ics",
        "i",
        marked("Calendar (iCalendar)"),
        marked("What is due with open leads; a newer file moves what the calendar has."),
    ),
    (
        ARCHIVE,
        "z",
        marked("Archive of everything"),
        marked(
            "All there is, with history, settings and attached files, in open formats; "
            "`leadtui restore` puts it back."
        ),
    ),
)


def what_choices(listed: int, chosen: int, kinds: Sequence[str]) -> tuple[Choice, ...]:
    """Which leads, the marked ones first, when there are any; and the other `kinds` of record."""
    marks = Choice(MARKED, "m", _("the marked ({count})").format(count=f"{chosen:,}"))
    listed_ones = Choice(LIST, "t", _("this list ({count})").format(count=f"{listed:,}"))
    others = [Choice(kind, _KEYS[kind], label("records", KINDS[kind])) for kind in kinds]
    every = [Choice(EVERY, "e", _("all of them"))] if others else []
    return (*([marks] if chosen else []), listed_ones, Choice(ALL, "a", _("all leads")), *others, *every)


def format_choices() -> tuple[Choice, ...]:
    """As what: the code is the ending of the file's name."""
    return tuple(Choice(ending, key, _(name)) for ending, key, name, _about in _FORMATS)


def about_format(ending: str) -> str:
    """What such a file is good for."""
    return next((_(about) for known, _key, _name, about in _FORMATS if known == ending), "")


def excel_choice() -> tuple[Choice, ...]:
    """Whether a CSV file is marked as UTF-8."""
    return (Choice(EXCEL, "e", _("opens it by a double click (a mark that says UTF-8)")),)


def alarm_choices() -> tuple[Choice, ...]:
    """When the calendar rings."""
    texts: Mapping[str, str] = {
        "0": _("when it is due"),
        "15": _("15 minutes before"),
        "60": _("an hour before"),
    }
    return (
        Choice(NEVER, "n", _("never")),
        *(Choice(minutes, str(key), texts[minutes]) for key, minutes in enumerate(_MINUTES, 1)),
    )


def exported_text(exported: Exported, *, of_leads: bool) -> str:
    """What was written where."""
    if exported.path.suffix.lower() == ".ics":
        sentence = ngettext(
            "{count} reminder written to {path}", "{count} reminders written to {path}", exported.written
        )
    elif of_leads:
        sentence = _leads_written(exported.written)
    else:
        sentence = ngettext(
            "{count} record written to {path}", "{count} records written to {path}", exported.written
        )
    said = sentence.format(count=f"{exported.written:,}", path=cut(str(exported.path), 80))
    if exported.cut:
        said = joined((said, _("{count} texts too long for Excel were cut").format(count=exported.cut)))
    return said


def archived_text(archived: Archived) -> str:
    """How much of everything was written where."""
    return _leads_written(archived.leads).format(
        count=f"{archived.leads:,}", path=cut(str(archived.path), 80)
    )


def _leads_written(count: int) -> str:
    return ngettext("{count} lead written to {path}", "{count} leads written to {path}", count)
