"""What every test stands on: an environment of its own, a clock that stands, and the real files."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

# Read once, at import, by the libraries under test: so they are set before anything is imported.
os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ["TZ"] = "UTC"
os.environ["LC_ALL"] = os.environ["LANG"] = "C.UTF-8"
os.environ.pop("NO_COLOR", None)
os.environ.pop("LANGUAGE", None)
time.tzset()

import pytest
from hypothesis import HealthCheck, settings

from leadtui.clock import FixedClock
from leadtui.settings import Look, Settings
from leadtui.workspace import Workspace

REPOSITORY = Path(__file__).resolve().parent.parent
SNAPSHOT_PYTHON = (3, 11)
"""The version that takes the pictures of screens; another one may wrap or name things differently."""

NOW = int(datetime(2026, 11, 21, 10, 42, tzinfo=UTC).timestamp() * 1000)
"""A Saturday, 10:42: the moment at which the tests take place."""

settings.register_profile(
    "leadtui", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("leadtui")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to take new pictures with a Python that the kept ones weren't taken with."""
    if config.getoption("--snapshot-update", default=False) and sys.version_info[:2] != SNAPSHOT_PYTHON:
        wanted = ".".join(map(str, SNAPSHOT_PYTHON))
        raise pytest.UsageError(f"Pictures of screens are taken with Python {wanted} only.")


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the machine's user leaks into a test, and nothing of a test into the user's folders."""
    for name in list(os.environ):
        if name.startswith("LEADTUI_"):
            monkeypatch.delenv(name)
    for name in ("NO_COLOR", "VISUAL", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LEADTUI_HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture(autouse=True)
def steady_cursor(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cursor of an input doesn't blink, or a picture would depend on the half second it is taken in."""
    if "/ui/" in request.path.as_posix() or "/snapshots/" in request.path.as_posix():
        from textual.widgets import Input, TextArea

        monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)
        monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda self: None)


@pytest.fixture
def now() -> int:
    """The moment at which the tests take place, in UTC milliseconds."""
    return NOW


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands at `NOW` until a test moves it."""
    return FixedClock(NOW)


@pytest.fixture
def workspace(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    """An empty file of `ana`, in UTC."""
    wanted = Settings(look=Look(timezone="UTC"))
    with closing(Workspace.open(tmp_path / "leads.db", wanted, clock, "ana")) as opened:
        yield opened


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real lead files; its inventory tells what a correct import of each yields."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not (folder / "INVENTORY.md").is_file():
        pytest.skip("the folder of real lead files (shared/data beside the repository) is absent")
    return folder
