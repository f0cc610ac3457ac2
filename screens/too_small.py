"""What is shown while the terminal is too small to work in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.geometry import Size
from textual.widgets import Static

from leadtui.i18n import gettext as _
from leadtui.terminal import SMALLEST
from screens.modal import Modal
from widgets.plain import plain

LEAST = Size(*SMALLEST)


def is_too_small(size: Size) -> bool:
    """Whether less than the least size is there."""
    return size.width < LEAST.width or size.height < LEAST.height


class TooSmallScreen(Modal[None]):
    """Lies over everything until the terminal is large enough; what is beneath stays as it is."""

    def compose(self) -> ComposeResult:
        text = _("LeadTUI needs {width} by {height}").format(width=LEAST.width, height=LEAST.height)
        yield Static(plain(text))
