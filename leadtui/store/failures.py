"""What SQLite and the file system complain of, in one sentence that says what to do."""

from __future__ import annotations

import errno
from pathlib import Path

from leadtui.errors import DatabaseBusy, DatabaseError, reason
from leadtui.i18n import gettext
from leadtui.i18n import marked as _

_FULL = _("The disk is full: nothing was saved and nothing was lost. Free space and try again.")
_OS_FAILURES: tuple[tuple[type[OSError] | tuple[type[OSError], ...], str], ...] = (
    (FileNotFoundError, _("{path} does not exist: check the name, or leave --db out for the default file.")),
    (PermissionError, _("{path} can't be opened: you have no permission for it.")),
    (
        (NotADirectoryError, FileExistsError),
        _("{path} can't be made: a part of its folder's name is a file. Choose another place with --db."),
    ),
    (IsADirectoryError, _("{path} is a folder: name the file in it, for example {path}/leads.db.")),
    (OSError, _("{path} can't be used: {reason}.")),
)

_SQLITE_FAILURES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("locked", "busy"), _("Another program is writing to {path}: try again when it has finished.")),
    (
        ("readonly", "read-only"),
        _("{path} is read-only: nothing was saved. Make it writable, or work on a copy with --db."),
    ),
    (("full",), _FULL),
    (
        ("not a database", "malformed", "corrupt"),
        _(
            "{path} is damaged: run `leadtui doctor` to see what can be read, "
            "or `leadtui restore` to go back to a backup."
        ),
    ),
    (
        ("unable to open",),
        _("{path} can't be opened: check that the file and its folder exist and are yours."),
    ),
    (("disk i/o",), _("{path} can't be read or written: the disk reported an error. Nothing was saved.")),
)
_OTHER = _("The database refused: {reason}. Nothing was saved.")


def explain(error: BaseException, path: Path) -> str:
    """One sentence for a failure, with what to do."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return gettext(_FULL)
    if isinstance(error, OSError):
        sentence = next(text for kind, text in _OS_FAILURES if isinstance(error, kind))
        return gettext(sentence).format(path=path, reason=reason(error))
    told = str(error).lower()
    for words, sentence in _SQLITE_FAILURES:
        if any(word in told for word in words):
            return gettext(sentence).format(path=path)
    return gettext(_OTHER).format(reason=str(error).rstrip("."))


def database_error(error: BaseException, path: Path) -> DatabaseError:
    """The error to raise for a failure of SQLite."""
    told = str(error).lower()
    kind = DatabaseBusy if "locked" in told or "busy" in told else DatabaseError
    return kind(explain(error, path))
