"""The dry run of a conversion as a text file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from leadtui.errors import LeadTUIError
from leadtui.i18n import gettext as _
from screens.prompt import PromptScreen
from widgets.file_picker import read_path

if TYPE_CHECKING:
    from leadtui.convert.values import Plan
    from leadtui.workspace import Workspace


def save_as_text(screen: Screen[Any], workspace: Workspace, plan: Plan, say: Callable[[str], None]) -> None:
    """Ask for a file and write what the plan would do into it, for nobody but the user to read (0600)."""

    async def save(name: str) -> Mapping[str, str] | None:
        from leadtui.convert.as_document import plan_text
        from leadtui.exporting.whole import check_place, whole_file

        path = read_path(name) or Path()
        try:
            check_place(path, workspace.path, replace=False)
            with whole_file(path) as file:
                file.write(plan_text(plan).encode())
        except LeadTUIError as error:
            return {"text": str(error)}
        say(_("Saved as {path}; nothing was converted.").format(path=path))
        return None

    screen.app.push_screen(
        PromptScreen(
            _("Save as text"),
            _("File"),
            f"convert-{plan.lead_number}.txt",
            required=_("Name a file."),
            on_save=save,
        )
    )
