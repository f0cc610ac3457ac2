"""What the first frame waits for: every module, class and rule that is loaded before it delays it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

PAINT = """
import asyncio, dataclasses, json, re, sys
from leadtui.cli.app import _load_screens
from leadtui.cli.call import prepare_call
call = prepare_call(sys.argv[1], None)
workspace = call.open()
_load_screens()
from screens.app import LeadApp
from textual.message_pump import MessagePump

OURS = ("leadtui", "screens", "widgets")
loaded = []

def painted(app):
    loaded.extend(sys.modules)

LeadApp._first_frame_is_painted = painted

async def paint():
    app = LeadApp(workspace)
    app.inbox.load_rest = lambda: None
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
    ours = [name for name in loaded if name.partition(".")[0] in OURS]
    made = [(name, value) for name in ours for value in vars(sys.modules[name]).values()]
    classes = [value for name, value in made if isinstance(value, type) and value.__module__ == name]
    return {
        "all": loaded,
        "ours": ours,
        "dataclasses": [str(value) for value in classes if dataclasses.is_dataclass(value)],
        "deaf": [
            f"{value.__name__}.{name}"
            for value in classes
            if not issubclass(value, MessagePump)
            for name, method in vars(value).items()
            if hasattr(method, "_textual_on")
        ],
        "patterns": [f"{name}: {value.pattern}" for name, value in made if isinstance(value, re.Pattern)],
    }

print(json.dumps(asyncio.run(paint())))
"""

OURS_AT_MOST = 68
"""Each takes 0.1 to 0.5 ms. Groups of commands are base classes of the main screen, so they are loaded: what
they need is imported inside their methods."""
STYLES_AT_MOST = 2_600
"""Characters of `app.tcss`; 600 of them take a millisecond. Other screens have their rules with them."""

LATER = (
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "pydantic",
    "phonenumbers",
    "pypinyin",
    "rapidfuzz",
    "argparse",
    "leadtui.cli.parser",
    "leadtui.refresh",
    "leadtui.capture",
    "leadtui.qualify",
    "leadtui.exporting",
    "leadtui.store.act",
    "leadtui.store.journal",
    "leadtui.store.migrate",
    "leadtui.store.search",
    "leadtui.followup.filters",
    "leadtui.followup.when",
    "screens.modal",
    "textual.command",
    "textual.scrollbar",
    "textual.widgets._input",
    "textual.widgets._option_list",
    "textual.widgets._select",
    "screens.form_screen",
    "widgets.form",
    "widgets.filter_input",
)
"""What must not be there at the first frame."""


@pytest.fixture(scope="module")
def first_frame(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is loaded when the first frame of a new file stands on the screen."""
    database = tmp_path_factory.mktemp("first") / "leads.db"
    make = "import sys; from pathlib import Path; from leadtui.workspace import Workspace; "
    make += "Workspace.open(Path(sys.argv[1])).close()"
    found: dict[str, list[str]] = {}
    for code in (make, PAINT):
        ran = subprocess.run(
            [sys.executable, "-c", code, str(database)],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        found = json.loads(ran.stdout) if ran.stdout else {}
    return found


@pytest.mark.parametrize("module", LATER)
def test_what_the_first_frame_does_not_need_is_loaded_after_it(
    first_frame: dict[str, list[str]], module: str
) -> None:
    assert "screens.inbox" in first_frame["all"]
    assert module not in first_frame["all"]


def test_few_of_our_modules_are_loaded_before_the_first_frame(first_frame: dict[str, list[str]]) -> None:
    ours = first_frame["ours"]
    assert len(ours) <= OURS_AT_MOST, ours


def test_nothing_that_is_slow_to_make_is_made_before_the_first_frame(
    first_frame: dict[str, list[str]],
) -> None:
    """A frozen dataclass takes half a millisecond where a named tuple takes a twentieth; patterns as much."""
    assert first_frame["dataclasses"] == []
    assert first_frame["patterns"] == []


def test_handlers_of_plain_classes_are_found_by_their_names(first_frame: dict[str, list[str]]) -> None:
    """The groups of commands are no screens by themselves, and Textual sees `@on` only in those."""
    assert first_frame["deaf"] == []


def test_the_style_sheet_of_the_first_frame_is_short() -> None:
    assert len((REPOSITORY / "screens/app.tcss").read_text(encoding="utf-8")) <= STYLES_AT_MOST
