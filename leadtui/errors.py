"""What can go wrong, each with one sentence that tells the user what to do next."""

from __future__ import annotations

from collections.abc import Mapping


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
