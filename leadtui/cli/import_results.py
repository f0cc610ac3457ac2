"""What came of imported files, as the command line tells it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leadtui.cli.output import print_json, say, warn
from leadtui.i18n import gettext
from leadtui.text import one_line

if TYPE_CHECKING:
    from leadtui.capture.batch.result import ImportResult

_REASONS = 5
"""So many reasons of duplicates and of skipped rows are told, the commonest ones."""


def print_results(results: Sequence[tuple[Path, ImportResult]], *, dry_run: bool, as_json: bool) -> None:
    """Tell what came of each sheet of the named files."""
    if as_json:
        files = [result.as_json() | {"file": str(path)} for path, result in results]
        print_json({"files": files})
    else:
        paths = [path for path, _result in results]
        for path, result in results:
            sheet = f" “{one_line(result.plan.table.sheet)}”" if paths.count(path) > 1 else ""
            _tell(f"{path}{sheet}", result, dry_run)


def _tell(what: str, result: ImportResult, dry_run: bool) -> None:
    say(f"{what}: {result.counted}")
    if result.plan.system:
        say(gettext("Written by {system}.").format(system=result.plan.mapping.profile.title))
    for note in result.plan.notes:
        warn(note)
    if result.possible_duplicates:
        say(
            gettext("Possible duplicates: {count}; D in the app shows them.").format(
                count=result.possible_duplicates
            )
        )
        for why, count in result.duplicate_reasons[:_REASONS]:
            say(f"  {count:,}  {why}")
    if result.skipped_reasons:
        say(gettext("Rows were skipped because:"))
        for why, count in result.skipped_reasons[:_REASONS]:
            say(f"  {count:,}  {one_line(why)}")
    if result.with_problems:
        say(
            gettext("Rows with something that did not fit, kept in the remark: {count}").format(
                count=result.with_problems
            )
        )
    if result.skipped_file:
        say(
            gettext("The skipped rows with their reasons: {path}; mend them and import that file.").format(
                path=result.skipped_file
            )
        )
    if dry_run:
        say(gettext("Nothing was written. These columns were recognised:"))
        say("\n".join(f"  {header}: {field}" for header, field in result.plan.mapping.as_json().items()))
