"""`leadtui import --watch`: every file that is dropped into a folder is brought in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from leadtui.cli.call import Call
from leadtui.cli.exit_codes import FINE
from leadtui.cli.failure import record_failure
from leadtui.cli.interruption import interruptible
from leadtui.cli.output import print_json_line, say, warn
from leadtui.clock import to_local
from leadtui.errors import Cancelled, DatabaseError, LeadTUIError
from leadtui.i18n import gettext as _

if TYPE_CHECKING:
    from leadtui.capture.batch.result import ImportResult
    from leadtui.capture.columns.plan import ReadOptions
    from leadtui.capture.files.watched import WatchedFolder
    from leadtui.workspace import Workspace

_LOOK_EVERY_MS = 1000


class Watch:
    """Brings in the files of one folder until it is stopped, and tells of each in one line."""

    def __init__(
        self, call: Call, workspace: Workspace, options: ReadOptions, arguments: argparse.Namespace
    ) -> None:
        self._call = call
        self._workspace = workspace
        self._options = options
        self._sheets: list[str] = arguments.sheet
        self._every_sheet: bool = arguments.all_sheets
        self._as_json: bool = arguments.json
        self._complaint = ""

    def run(self, folder: WatchedFolder, stop: Event) -> int:
        """Until `stop` is set; files that are there already come first."""
        from watchfiles import watch

        if not self._as_json:
            say(_("Watching {path}; ctrl+c ends it.").format(path=folder.folder))
            sys.stdout.flush()
        looks = watch(
            folder.folder,
            stop_event=stop,
            rust_timeout=_LOOK_EVERY_MS,
            yield_on_timeout=True,
            raise_interrupt=False,
            recursive=False,
        )
        for _changes in looks:
            for path in folder.complete():
                if stop.is_set():
                    break
                self.take(folder, path, stop)
        if not self._as_json:
            say(_("Stopped watching."))
        return FINE

    def take(self, folder: WatchedFolder, path: Path, stop: Event) -> None:
        """Bring one file in and put it away; a database that can't be written leaves it where it is."""
        from leadtui.capture.batch.importing import import_file
        from leadtui.capture.columns.looking import look_at_file

        try:
            plans = look_at_file(self._workspace, path, self._options, self._sheets, every=self._every_sheet)
            skipped = folder.skipped(path)
            results = import_file(self._workspace, plans, cancelled=stop.is_set, skipped=skipped)
        except Cancelled:
            return
        except DatabaseError as error:
            if str(error) != self._complaint:
                self._complaint = str(error)
                warn(self._complaint)
            return
        except Exception as error:
            # One file that brings something unexpected to light must not end the watch for all others.
            known = isinstance(error, LeadTUIError)
            why = str(error) if known else record_failure(error, self._call.locations.log)
            if not folder.has_changed(path):
                self._tell(path, folder.failed(path, why), why)
        else:
            self._complaint = ""
            if not folder.has_changed(path):
                moved = folder.done(path)
                for result in results:
                    self._tell_result(path, moved, result)

    def _tell(self, path: Path, moved: Path, why: str) -> None:
        if self._as_json:
            print_json_line({"file": str(path), "moved_to": str(moved), "error": why})
        else:
            self._line(path, _("failed: {why}").format(why=why))

    def _tell_result(self, path: Path, moved: Path, result: ImportResult) -> None:
        if self._as_json:
            told = result.as_json() | {"file": str(path), "moved_to": str(moved), "error": None}
            print_json_line(told)
        else:
            self._line(path, result.counted)
        if moved == path:
            warn(_("{path} was brought in but can't be moved: put it away.").format(path=path))

    def _line(self, path: Path, text: str) -> None:
        at = to_local(self._call.clock.now(), self._call.zone)
        say(f"{at:%H:%M} {path.name}: {text}")
        sys.stdout.flush()


def watch_folder(
    call: Call, workspace: Workspace, options: ReadOptions, arguments: argparse.Namespace
) -> int:
    """Watch the folder that the user named; `options` and the sheets wanted hold for all its files."""
    from leadtui.capture.files.watched import WatchedFolder

    folder = WatchedFolder(arguments.watch)
    watch = Watch(call, workspace, options, arguments)
    with interruptible() as stop:
        return watch.run(folder, stop)
