"""What tests of the core have at hand."""

from __future__ import annotations

import pytest
from cli_run import Run, runner

from leadtui.clock import FixedClock


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], clock: FixedClock) -> Run:
    """Runs a command line, a word an argument."""
    return runner(capsys, clock)
