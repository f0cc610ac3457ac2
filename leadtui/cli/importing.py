"""`leadtui import`: leads come from files."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import TYPE_CHECKING

from leadtui.cli import FINE
from leadtui.cli.call import Call
from leadtui.cli.output import print_json, say, warn
from leadtui.cli.parser import Subcommand
from leadtui.cli.progress import progress_bar
from leadtui.errors import LeadTUIError, UsageError
from leadtui.i18n import gettext
from leadtui.i18n import marked as _
from leadtui.labels import label
from leadtui.text import one_line

if TYPE_CHECKING:
    from leadtui.capture.batch.result import ImportResult
    from leadtui.capture.columns.plan import FilePlan, ReadOptions
    from leadtui.workspace import Workspace

_REASONS = 5
"""So many reasons of duplicates and of skipped rows are told, the commonest ones."""


_STANDARD_INPUT = Path("-")


def import_files(call: Call, arguments: argparse.Namespace) -> int:
    """Bring the leads of all files in, one act a file; every file is looked at before the first is taken."""
    if arguments.skipped and len(arguments.files) > 1:
        raise UsageError(gettext("--skipped names one file: import the files one by one."))
    if bool(arguments.files) == bool(arguments.watch):
        raise UsageError(gettext("Name the files to import, or a folder with --watch."))
    if arguments.watch and (arguments.dry_run or arguments.skipped):
        raise UsageError(gettext("--watch goes together with neither --dry-run nor --skipped."))
    with ExitStack() as stack:
        if arguments.watch:
            from leadtui.cli.watching import watch_folder

            return watch_folder(call, stack.enter_context(call.workspace()), arguments)
        read = _standard_input(stack) if _STANDARD_INPUT in arguments.files else _STANDARD_INPUT
        workspace = stack.enter_context(call.workspace())
        from leadtui.capture.batch.importing import check_identifies
        from leadtui.capture.columns.looking import look_at_all

        options = said_options(call, workspace, arguments)
        results: list[tuple[Path, ImportResult]] = []
        try:
            plans = [
                (path, plan)
                for path in dict.fromkeys(arguments.files)
                for plan in look_at_all(workspace, read if path == _STANDARD_INPUT else path, options)
            ]
            if arguments.skipped and len(plans) > 1:
                raise UsageError(gettext("--skipped names one file: import the sheets one by one."))
            for _path, plan in plans:
                check_identifies(plan)
            for path, plan in plans:
                results.append((path, _import(workspace, plan, arguments, path)))
        except LeadTUIError as error:
            if str(read) in str(error) and read != _STANDARD_INPUT:
                raise type(error)(str(error).replace(str(read), str(_STANDARD_INPUT))) from error
            raise
        finally:
            if results:
                _print(results, arguments)
    return FINE


def _standard_input(stack: ExitStack) -> Path:
    """What standard input gives, as a file that can be read twice; it is gone when `stack` is closed."""
    from leadtui.capture.files.pasted import keep_pasted

    return keep_pasted(sys.stdin.buffer.read(), Path(stack.enter_context(TemporaryDirectory())))


def _print(results: Sequence[tuple[Path, ImportResult]], arguments: argparse.Namespace) -> None:
    if arguments.json:
        files = [result.as_json() | {"file": str(path)} for path, result in results]
        print_json({"files": files})
    else:
        for path, result in results:
            _tell(path, result, arguments.dry_run)


def said_options(call: Call, workspace: Workspace, arguments: argparse.Namespace) -> ReadOptions:
    """What the user says of the files, on the command line, in the settings, and in profiles of systems."""
    from leadtui.capture.columns.looking import read_options

    return read_options(
        workspace,
        call.locations.settings,
        source=arguments.source or "",
        fields=tuple(arguments.map),
        sheet=arguments.sheet or "",
        record=arguments.record or "",
        begin_today=arguments.begin_today,
    )


def _import(workspace: Workspace, plan: FilePlan, arguments: argparse.Namespace, path: Path) -> ImportResult:
    from leadtui.capture.batch.importing import import_file
    from leadtui.capture.batch.skipped import skipped_path

    skipped = arguments.skipped
    if path == _STANDARD_INPUT and skipped is None:
        skipped = skipped_path(Path("standard-input"))
    with interruptible() as stop, progress_bar(path.name) as progress:
        return import_file(
            workspace,
            plan,
            arguments.dry_run,
            lambda rows, done: progress(done, plan.size, rows),
            stop.is_set,
            skipped,
        )


@contextmanager
def interruptible() -> Iterator[Event]:
    """Set when ctrl+c was pressed, so that the work stops in order; a second time it stops at once."""
    pressed = Event()

    def note(number: int, frame: object) -> None:
        pressed.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def counted(result: ImportResult) -> str:
    """What came of a file, in one line."""
    counts = (
        (gettext("{count} new"), result.created),
        (gettext("{count} updated"), result.updated),
        (gettext("{count} unchanged"), result.unchanged),
        (gettext("{count} skipped"), result.skipped),
    )
    told = [text.format(count=f"{count:,}") for text, count in counts if count]
    line = ", ".join(told) or gettext("no rows")
    record = result.plan.record
    return line if record == "lead" else f"{line} ({label('records', record)})"


def _tell(path: Path, result: ImportResult, dry_run: bool) -> None:
    say(f"{path}: {counted(result)}")
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
        type=_field_and_header,
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
        "--sheet", metavar="NAME", help=gettext("the sheet of a workbook; otherwise the first with a table")
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


def _field_and_header(text: str) -> tuple[str, str]:
    field, equals, header = text.partition("=")
    if not equals or not field.strip() or not header.strip():
        raise argparse.ArgumentTypeError(gettext("{text} is not FIELD=HEADER").format(text=text))
    return field.strip(), header.strip()


COMMANDS: dict[str, Subcommand] = {
    "import": Subcommand(
        _("Brings leads in from files; `leadtui undo` takes a file back"),
        (
            "import leads.csv",
            "import expo.csv --source expo --map contact=Visitor --dry-run",
            "import book.xlsx --sheet Visitors",
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
