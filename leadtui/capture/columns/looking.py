"""Looking at a file as its user would: with the settings, the profiles, and what was decided before."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leadtui.capture.columns.own import OWN_SYSTEM
from leadtui.capture.columns.plan import FilePlan, ReadOptions, read_plan
from leadtui.capture.columns.remembered import as_remembered
from leadtui.capture.words.systems import own_systems
from leadtui.errors import LeadTUIError

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


def look_at_all(workspace: Workspace, path: Path, options: ReadOptions) -> list[FilePlan]:
    """The plans of every kind of record that an export of ours holds, where the user said nothing of what to
    take; of any other file the one plan."""
    plan = look_at(workspace, path, options)
    if plan.system != OWN_SYSTEM or len(plan.table.sheets) < 2:
        return [plan]
    if options.sheet or options.fields or options.record:
        return [plan]
    plans = []
    for name in plan.table.sheets:
        # One that is empty, or that somebody added, is passed over.
        with suppress(LeadTUIError):
            plans.append(look_at(workspace, path, replace(options, sheet=name)))
    return [each for each in plans if each.system == OWN_SYSTEM]
