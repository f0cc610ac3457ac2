"""What every screen over the main screen has in common: it can be left once, and only when it is in front."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

from screens.host import StyledOnce

if TYPE_CHECKING:
    from screens.unsaved import Typed, Unsaved

Result = TypeVar("Result")


class Modal(StyledOnce, ModalScreen[Result], Generic[Result]):
    """A screen that keys typed ahead of the frame can't dismiss twice.

    Dismissed while another screen covers it, it goes when that one does.
    """

    _leaving: tuple[Result | None] | None = None
    """What it was dismissed with while it was covered."""
    brought_back = False
    """Whether it began with what was typed when the app had to end."""

    def about(self) -> str:
        """Under which name what is typed here is kept when the app has to end; empty when it isn't."""
        return ""

    def typed(self) -> Typed:
        """What was typed here and isn't saved."""
        return {}

    @property
    def unsaved(self) -> Unsaved | None:
        """Where it is kept."""
        return getattr(self.app, "unsaved", None)

    def kept(self) -> Typed:
        """What was typed here when the app had to end."""
        return self.unsaved.of(self.about()) if self.about() and self.unsaved else {}

    def forget_kept(self) -> None:
        """Forget what was typed then, if this began with it."""
        if self.brought_back and self.unsaved:
            self.unsaved.drop(self.about())

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        self.forget_kept()
        if self.app.screen is self:
            return super().dismiss(result)
        if self in self.app.screen_stack:
            self._leaving = (result,)
        return AwaitComplete()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        # What was said of the screen beneath would stand in what is opened, where one types.
        said = getattr(self.app, "said", None)
        if said is not None:
            said.timeout = 0
        if self._leaving is not None:
            (result,), self._leaving = self._leaving, None
            self.dismiss(result)


def typed_in(screens: Iterable[Screen[Any]]) -> dict[str, Typed]:
    """What is typed and not saved in the forms among some screens, by what each is about."""
    forms = [form for form in screens if isinstance(form, Modal) and form.about()]
    return {form.about(): form.typed() for form in forms}
