"""Long texts are edited in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _

if TYPE_CHECKING:
    from textual.app import App


def edited(app: App[int], text: str) -> str | None:
    """What the user made of `text`; None when it came back as it was, or the editor reported a failure."""
    from textual.app import SuspendNotSupported

    command = editor_command()
    handle, name = tempfile.mkstemp(prefix="leadtui-", suffix=".txt")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        with app.suspend():
            finished = subprocess.run([*command, name], check=False)
        after = path.read_text(encoding="utf-8", errors="replace")
    except SuspendNotSupported as error:
        raise LeadTUIError(_("This terminal can't show an editor: edit the notes in the form.")) from error
    except OSError as error:
        raise LeadTUIError(
            _("{editor} can't be started: set VISUAL or EDITOR to your editor.").format(editor=command[0])
        ) from error
    finally:
        path.unlink(missing_ok=True)
    after = after.rstrip("\n")
    return after if finished.returncode == 0 and after != text.rstrip("\n") else None


def editor_command() -> list[str]:
    """The words of the command in VISUAL, else in EDITOR."""
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(name, ""))
        except ValueError as error:
            raise LeadTUIError(_("{name} has an open quote: mend it.").format(name=name)) from error
        if words:
            return words
    raise LeadTUIError(_("Set VISUAL or EDITOR to your editor, for example EDITOR=nano."))
