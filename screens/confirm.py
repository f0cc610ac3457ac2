"""A question about something that can't be taken back."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from leadtui.i18n import gettext as _
from screens.modal import Modal
from widgets.plain import plain


class YesButton(Button, can_focus=False):
    """Answered by its key or a click, so that no enter too many can press it."""


class ConfirmScreen(Modal[bool]):
    """Asks `question`; only `y` or a click on Yes means yes, enter and escape mean no."""

    DEFAULT_CSS = """
    ConfirmScreen { align: center middle; }
    ConfirmScreen > Vertical {
        width: auto; max-width: 70; height: auto; padding: 1 2;
        background: $surface; border: round $warning;
    }
    ConfirmScreen Static { width: auto; max-width: 64; height: auto; }
    ConfirmScreen Horizontal { width: auto; height: 1; margin: 1 0 0 0; }
    ConfirmScreen Button { margin: 0 2 0 0; min-width: 8; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", show=False),
        Binding("n,escape", "answer(False)", show=False),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(plain(self._question, one_line=False))
            with Horizontal():
                yield YesButton(_("Yes  y"), id="yes", compact=True)
                yield Button(_("No  n"), id="no", variant="primary", compact=True)

    def on_mount(self) -> None:
        self.query_one("#no").focus()

    def action_answer(self, answer: bool) -> None:
        self.dismiss(answer)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")


def leave(screen: Modal[Any], *, changed: bool) -> None:
    """Close a screen without a result; after a question when what stands in it was `changed`."""

    def answered(sure: bool | None) -> None:
        if sure:
            screen.dismiss(None)

    if changed:
        screen.app.push_screen(ConfirmScreen(_("Leave without saving?")), answered)
    else:
        screen.dismiss(None)
