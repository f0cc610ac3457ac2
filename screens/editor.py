"""Long texts are edited in the user's own editor."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from leadtui.editor import editor_command
from leadtui.errors import LeadTUIError, reason
from leadtui.i18n import gettext as _

if TYPE_CHECKING:
    from textual.app import App


class Edited(NamedTuple):
    """What the user made of a text."""

    text: str
    file: Path
    """It holds the text until that is kept elsewhere, so that nothing is lost when it can't be."""


def edited(app: App[int], text: str) -> Edited | None:
    """What the user made of `text`; None when it came back as it was, or the editor reported a failure."""
    command = editor_command()
    if not command:
        raise LeadTUIError(_("Set VISUAL or EDITOR to your editor, for example EDITOR=nano."))
    before = text.rstrip("\n")
    after: str | None = None
    try:
        handle, name = tempfile.mkstemp(prefix="leadtui-", suffix=".txt")
        path = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            after = _left(app, command, path)
        finally:
            if after is None or after == before:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise LeadTUIError(f"{error.filename or tempfile.gettempdir()}: {reason(error)}") from error
    return None if after is None or after == before else Edited(after, path)


def _left(app: App[int], command: list[str], path: Path) -> str | None:
    """What stands in the file once the editor was left; None when it failed or took the file away."""
    from textual.app import SuspendNotSupported

    from leadtui.capture.files.sniff import sniff_encoding

    try:
        with app.suspend():
            finished = _run([*command, str(path)])
    except SuspendNotSupported as error:
        raise LeadTUIError(_("This terminal can't show an editor: edit the notes in the form.")) from error
    if isinstance(finished, OSError):
        raise LeadTUIError(
            _("{editor} can't be started: set VISUAL or EDITOR to your editor.").format(editor=command[0])
        ) from finished
    if finished != 0 or not path.exists():
        return None
    return path.read_text(encoding=sniff_encoding(path).name, errors="replace").rstrip("\n")


def _run(command: list[str]) -> int | OSError:
    """The exit code of a program, or why it can't be started: while the app is suspended nothing may be
    raised, since Textual would never take the terminal back."""
    try:
        return subprocess.run(command, check=False).returncode
    except OSError as error:
        return error
