"""What tests of the import screen look at, and the file that they bring in."""

from __future__ import annotations

from form_host import FormHost
from textual.widgets import OptionList, Static

from leadtui.capture.batch.result import ImportResult
from leadtui.workspace import Workspace
from screens.import_file import ImportScreen

ROWS = """\
Company,Contact,Email,Shoe,Created Date
Nova [b]Robotics[/b],Li Wei,li@nova.example,44,03/04/2026
上海启明,王芳,wang@qiming.example,38,05/06/2026
,,,,
Kestrel,M. Okafor,m@kestrel.example,,07/08/2026
,,,41,
"""


def leads_in(workspace: Workspace) -> int:
    with workspace.read() as connection:
        return int(connection.execute("SELECT count(*) FROM lead").fetchone()[0])


def face(app: FormHost) -> str:
    screen = app.screen
    return screen.face if isinstance(screen, ImportScreen) else ""


def shown(app: FormHost, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).render())


def columns(app: FormHost) -> list[str]:
    options = app.screen.query_one("#columns", OptionList)
    return [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]


def offered(app: FormHost) -> list[str | None]:
    return [button.id for button in app.screen.query("#buttons Button") if button.display]


def outcome(app: FormHost) -> str:
    """What the screen says of what came of the import."""
    return shown(app, "#result Static")


def brought(app: FormHost) -> list[ImportResult]:
    """What the screen gave back when it was left."""
    assert isinstance(app.result, list)
    return app.result
