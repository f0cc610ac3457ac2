"""The sample that a new user may look around in: a file of its own, gone when it is left."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from leadtui.workspace import Workspace

_LEADS = 60


def with_sample(workspace: Workspace, show: Callable[[Workspace], int]) -> int:
    """Show a sample under the settings of `workspace`; returns what `show` does."""
    from leadtui.demo.customers import add_customers
    from leadtui.demo.fill import fill

    with tempfile.TemporaryDirectory(prefix="leadtui-sample-", ignore_cleanup_errors=True) as folder:
        place = Path(folder) / "sample.db"
        opened = type(workspace).open(place, workspace.settings, workspace.clock, workspace.user)
        with closing(opened) as sample:
            fill(sample, _LEADS)
            add_customers(sample)
            return show(sample)
