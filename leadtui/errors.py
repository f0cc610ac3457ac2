"""What can go wrong, each with one sentence that tells the user what to do next."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from leadtui.i18n import gettext, marked


class LeadTUIError(Exception):
    """An error whose text is meant for the user: one sentence, and what to do."""


class UsageError(LeadTUIError):
    """The user asked for something that can't be asked for; the command line exits with 2."""


class FieldProblems(LeadTUIError):
    """Input that was refused, with a sentence for each field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {text}" for name, text in problems.items()))
        self.problems = dict(problems)


class DatabaseError(LeadTUIError):
    """The file can't be used as it is: not ours, damaged, newer, locked, read-only, full or replaced."""


class DatabaseBusy(DatabaseError):
    """Another process holds the file longer than we wait."""


class UndoRefused(LeadTUIError):
    """Something newer stands where the undo would write; nothing was touched."""


class Cancelled(LeadTUIError):
    """The user stopped a long piece of work; nothing of it was kept."""


_REASONS: Mapping[int, str] = {
    errno.ENOENT: marked("No such file or directory"),
    errno.EACCES: marked("Permission denied"),
    errno.EPERM: marked("Operation not permitted"),
    errno.EISDIR: marked("Is a directory"),
    errno.ENOTDIR: marked("Not a directory"),
    errno.EEXIST: marked("File exists"),
    errno.ENOSPC: marked("No space left on device"),
    errno.EROFS: marked("Read-only file system"),
    errno.ENAMETOOLONG: marked("File name too long"),
    errno.ELOOP: marked("Too many levels of symbolic links"),
    errno.EIO: marked("Input/output error"),
}


def reason(error: OSError) -> str:
    """Why the system refused, in the language of the screen where it is a common reason."""
    known = _REASONS.get(error.errno or 0)
    return gettext(known) if known else error.strerror or str(error)
