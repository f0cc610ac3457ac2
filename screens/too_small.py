"""What is shown while the terminal is too small to work in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from leadtui.i18n import gettext as _
from leadtui.keys import display_key
from leadtui.terminal import SMALLEST
from screens.modal import Modal
from widgets.plain import plain


class TooSmallScreen(Modal[None]):
    """Lies over everything until the terminal is large enough; what is beneath stays as it is."""

    DEFAULT_CSS = """
    TooSmallScreen {
        align: center middle;
        background: $background;

        Static { width: 100%; height: auto; text-align: center; color: $foreground; }
    }
    """

    def compose(self) -> ComposeResult:
        width, height = SMALLEST
        needs = _("LeadTUI needs {width} by {height}").format(width=width, height=height)
        leaves = _("{key} leaves LeadTUI.").format(key=display_key("ctrl+q"))
        yield Static(plain(f"{needs}\n{leaves}", one_line=False))
