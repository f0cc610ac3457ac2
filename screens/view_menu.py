"""The menu of views: those that are always there, then the filters that were given a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from leadtui.i18n import gettext as _
from screens.choose import ChooseScreen, place_key
from screens.views import view_names
from widgets.box import Box
from widgets.plain import plain


class ViewMenu(ChooseScreen[tuple[str, str]]):
    """Returns a view and a filter; `forget` is called with the name of a saved view that is to go."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("delete,backspace", "forget", show=False)]

    def __init__(self, saved: Mapping[str, str], forget: Callable[[str], None]) -> None:
        names = view_names()
        shown = [((view, ""), name) for view, name in names.items()]
        shown += [(("all", text), name) for name, text in saved.items()]
        super().__init__(
            _("View"), [(place_key(place), value, name) for place, (value, name) in enumerate(shown, 1)]
        )
        self._saved = tuple(saved)
        self._first_saved = len(names)
        self._forget = forget

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            if isinstance(widget, Box) and self._saved:
                widget.border_subtitle = plain(_("del forgets a saved view")).markup
            yield widget

    def action_forget(self) -> None:
        place = self.query_one(OptionList).highlighted
        if place is not None and place >= self._first_saved:
            self.dismiss(None)
            self._forget(self._saved[place - self._first_saved])
