"""Looking at a file as its user would: with the settings, the profiles, and what was decided before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leadtui.capture.columns.own import OWN_SYSTEM
from leadtui.capture.columns.plan import FilePlan, ReadOptions, read_plan
from leadtui.capture.columns.remembered import as_remembered
from leadtui.capture.words.systems import KINDS, own_systems
from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _
from leadtui.text import one_line

if TYPE_CHECKING:
    from leadtui.workspace import Workspace


def read_options(workspace: Workspace, settings_file: Path, **said: Any) -> ReadOptions:
    """The options that the settings and the profiles beside them give, and those that the user `said`."""
    wanted = workspace.settings.import_
    systems, problems = own_systems(settings_file.with_name("systems"))
    return ReadOptions(
        region=wanted.default_region,
        currency=wanted.currency,
        zone=workspace.zone,
        systems=systems,
        notes=tuple(map(str, problems)),
        **said,
    )


def look_at(workspace: Workspace, path: Path, options: ReadOptions) -> FilePlan:
    """How a file will be read: as the user says, as it was decided for such a file before, or as it looks."""
    plan = read_plan(path, options)
    with workspace.read() as connection:
        return as_remembered(connection, plan)


def look_at_file(
    workspace: Workspace, path: Path, options: ReadOptions, sheets: Sequence[str] = (), *, every: bool = False
) -> list[FilePlan]:
    """The plans of the named `sheets`, or of `every` one whose headers say who or what a row is.

    Where the user said nothing of what to take: of an export of ours, of every kind of record in it; of any
    other file the one plan. Sheets that are not read are named in a note.
    """
    if sheets:
        named = dict.fromkeys(sheets)
        return _in_order(look_at(workspace, path, replace(options, sheet=name)) for name in named)
    plan = look_at(workspace, path, options)
    is_said = plan.system != OWN_SYSTEM or options.fields or options.record
    if len(plan.table.sheets) < 2 or (is_said and not every):
        return [plan]
    found = [
        each
        for each in _every(workspace, plan)
        if (each.mapping.identifies if every else each.system == OWN_SYSTEM)
    ]
    read = {each.table.sheet for each in found}
    others = [name for name in plan.table.sheets if name not in read]
    first, *rest = _in_order(found) or [plan]
    return [first.with_note(_not_read(others)) if others else first, *rest]


def _not_read(sheets: Sequence[str]) -> str:
    return _("Not read, because they hold nothing that is known: {sheets}.").format(
        sheets=one_line(", ".join(sheets))
    )


def _every(workspace: Workspace, plan: FilePlan) -> Iterator[FilePlan]:
    """The plans of all sheets of the file; an empty one is passed over."""
    for name in plan.table.sheets:
        with suppress(LeadTUIError):
            yield look_at(workspace, plan.path, replace(plan.options, sheet=name))


def _in_order(plans: Iterable[FilePlan]) -> list[FilePlan]:
    """In the order in which they come in: first what others belong to."""
    return sorted(plans, key=lambda plan: [*KINDS].index(plan.record))
