"""`leadtui import`: leads come from files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from leadtui.cli.arguments import pair
from leadtui.cli.call import Call
from leadtui.cli.exit_codes import FINE
from leadtui.cli.import_results import print_results
from leadtui.cli.interruption import interruptible
from leadtui.cli.parser import Subcommand
from leadtui.cli.progress import progress_bar
from leadtui.errors import LeadTUIError, UsageError
from leadtui.i18n import gettext
from leadtui.i18n import marked as _

if TYPE_CHECKING:
    from leadtui.capture.batch.result import ImportResult
    from leadtui.capture.columns.plan import FilePlan, ReadOptions
    from leadtui.workspace import Workspace

_STANDARD_INPUT = Path("-")


def import_files(call: Call, arguments: argparse.Namespace) -> int:
    """Bring the leads of all files in, one act a file; every file is looked at before the first is taken."""
    if arguments.skipped and len(arguments.files) > 1:
        raise UsageError(gettext("--skipped names one file: import the files one by one."))
    if bool(arguments.files) == bool(arguments.watch):
        raise UsageError(gettext("Name the files to import, or a folder with --watch."))
    headers = [header for _field, header in arguments.map]
    if twice := next((header for header in headers if headers.count(header) > 1), ""):
        raise UsageError(gettext("--map names the column {header} twice.").format(header=twice))
    if arguments.sheet and arguments.all_sheets:
        raise UsageError(gettext("--all-sheets takes them all: leave --sheet out."))
    if arguments.watch and (arguments.dry_run or arguments.skipped):
        raise UsageError(gettext("--watch goes together with neither --dry-run nor --skipped."))
    with ExitStack() as stack:
        if arguments.watch:
            from leadtui.cli.watching import watch_folder

            workspace = stack.enter_context(call.workspace(begins=True))
            return watch_folder(call, workspace, _options(call, workspace, arguments), arguments)
        from leadtui.capture.batch.early import expecting_rows

        stack.enter_context(expecting_rows(arguments.files))
        read = _standard_input(stack) if _STANDARD_INPUT in arguments.files else _STANDARD_INPUT
        workspace = stack.enter_context(call.workspace(begins=True))
        from leadtui.capture.batch.importing import check_identifies

        options = _options(call, workspace, arguments)
        results: list[tuple[Path, ImportResult]] = []
        try:
            files = {
                path: _plans(workspace, read if path == _STANDARD_INPUT else path, options, arguments)
                for path in dict.fromkeys(arguments.files)
            }
            for plan in chain.from_iterable(files.values()):
                check_identifies(plan)
            for path, plans in files.items():
                results += [(path, result) for result in _import(workspace, plans, arguments, path)]
        except LeadTUIError as error:
            if str(read) in str(error) and read != _STANDARD_INPUT:
                raise type(error)(str(error).replace(str(read), str(_STANDARD_INPUT))) from error
            raise
        finally:
            if results:
                print_results(results, dry_run=arguments.dry_run, as_json=arguments.json)
    return FINE


def _standard_input(stack: ExitStack) -> Path:
    """What standard input gives, as a file that can be read twice; it is gone when `stack` is closed."""
    from leadtui.capture.files.pasted import keep_pasted

    return keep_pasted(sys.stdin.buffer.read(), Path(stack.enter_context(TemporaryDirectory())))


def _plans(
    workspace: Workspace, path: Path, options: ReadOptions, arguments: argparse.Namespace
) -> list[FilePlan]:
    """How the sheets of a file that are wanted will be read."""
    from leadtui.capture.columns.looking import look_at_file

    plans = look_at_file(workspace, path, options, arguments.sheet, every=arguments.all_sheets)
    if arguments.skipped and len(plans) > 1:
        raise UsageError(gettext("--skipped names one file: import the sheets one by one."))
    return plans


def _options(call: Call, workspace: Workspace, arguments: argparse.Namespace) -> ReadOptions:
    """What the user says of the files, on the command line, in the settings, and in profiles of systems."""
    from leadtui.capture.columns.looking import read_options

    return read_options(
        workspace,
        call.locations.settings,
        source=arguments.source or "",
        fields=tuple(arguments.map),
        record=arguments.record or "",
        begin_today=arguments.begin_today,
    )


def _import(
    workspace: Workspace, plans: Sequence[FilePlan], arguments: argparse.Namespace, path: Path
) -> list[ImportResult]:
    from leadtui.capture.batch.importing import import_file
    from leadtui.capture.batch.skipped import skipped_path

    skipped = arguments.skipped
    if path == _STANDARD_INPUT and skipped is None:
        skipped = skipped_path(Path("standard-input"))
    size = sum(plan.size for plan in plans)
    with interruptible() as stop, progress_bar(path.name) as progress:
        return import_file(
            workspace,
            plans,
            arguments.dry_run,
            lambda rows, done: progress(done, size, rows),
            stop.is_set,
            skipped,
        )


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help=gettext("tables, workbooks, address cards or JSON; - reads standard input"),
    )
    parser.add_argument(
        "--source", metavar="TEXT", help=gettext("where the leads come from when no column says it")
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        type=pair("FIELD=HEADER", filled=True),
        metavar="FIELD=HEADER",
        help=gettext("what a column is, for example --map company=Firm; ignore=HEADER leaves it out"),
    )
    parser.add_argument(
        "--as",
        dest="record",
        choices=("lead", "customer", "contact", "opportunity", "activity"),
        help=gettext("what each row is; otherwise the headers tell it"),
    )
    parser.add_argument(
        "--sheet",
        action="append",
        default=[],
        metavar="NAME",
        help=gettext("a sheet of a workbook; may be given again; otherwise the first with a table"),
    )
    parser.add_argument(
        "--all-sheets",
        action="store_true",
        help=gettext("every sheet of a workbook that says who or what its rows are"),
    )
    parser.add_argument(
        "--watch",
        type=Path,
        metavar="FOLDER",
        help=gettext("bring in every file that is put there, and move it to done or failed; ctrl+c ends it"),
    )
    parser.add_argument(
        "--begin-today",
        action="store_true",
        help=gettext("count the first contact of leads that are older than any limit from today"),
    )
    parser.add_argument("--dry-run", action="store_true", help=gettext("only tell what would come of it"))
    parser.add_argument(
        "--skipped", type=Path, metavar="FILE", help=gettext("where skipped rows are written")
    )


COMMANDS: dict[str, Subcommand] = {
    "import": Subcommand(
        _("Brings leads in from files; `leadtui undo` takes a file back"),
        (
            "import leads.csv",
            "import expo.csv --source expo --map contact=Visitor --dry-run",
            "import book.xlsx --sheet Visitors --sheet Partners",
            "import book.xlsx --all-sheets --dry-run",
            "import accounts.csv contacts.csv deals.csv",
            "import firms.csv --as customer",
            "import *.csv --json",
            "import - < signature.txt",
            "import --watch ~/Inbox --source expo",
        ),
        import_files,
        _arguments,
    )
}
