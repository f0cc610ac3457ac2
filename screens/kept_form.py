"""Forms that are built once and used again: shown a second time, a form opens in a fraction of the time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from textual.app import App

from screens.form_screen import FormScreen

Form = TypeVar("Form", bound=FormScreen[Any])


def kept_form(app: App[Any], name: str, build: Callable[[], Form], begin: Callable[[Form], bool]) -> Form:
    """The form that the app keeps under a name, ready to be pushed: begun again, or built when there is none.

    `begin` returns False, and changes nothing, where the rows of the form would have to be others: then it
    is built anew. A form that is open is left alone; the one that is built beside it isn't kept.
    """
    if app.is_screen_installed(name):
        form = cast("Form", app.get_screen(name))
        if form in app.screen_stack:
            return build()
        if begin(form):
            return form
        app.uninstall_screen(name)
        form.remove()
    form = build()
    app.install_screen(form, name)
    return form
