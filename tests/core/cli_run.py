"""Running commands as a user would, with a clock that stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from leadtui.cli import main
from leadtui.clock import FixedClock
from leadtui.demo.fill import fill
from leadtui.settings import Settings
from leadtui.workspace import Workspace


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


Run = Callable[..., Ran]


def runner(capsys: pytest.CaptureFixture[str], clock: FixedClock) -> Run:
    """A function that runs a command line, a word an argument."""

    def run(*words: str) -> Ran:
        capsys.readouterr()
        code = main(words, clock)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run


def sample(path: Path, clock: FixedClock, count: int = 60) -> None:
    """A database with sample leads at `path`."""
    with closing(Workspace.open(path, Settings(), clock, "ana")) as workspace:
        fill(workspace, count)
