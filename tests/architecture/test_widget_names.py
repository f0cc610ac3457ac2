"""Style sheets know widgets by the names of their classes alone, whoever made them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import textual.widgets
from textual.widget import Widget

import screens
import widgets


def everything_in(package: object) -> None:
    """Import each module of a package, so that its widgets are known."""
    for module in pkgutil.iter_modules(package.__path__):  # type: ignore[attr-defined]
        importlib.import_module(f"{package.__name__}.{module.name}")  # type: ignore[attr-defined]


def kinds_of(widget: type[Widget]) -> Iterator[type[Widget]]:
    for kind in widget.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def test_no_widget_is_called_like_one_of_textual() -> None:
    for package in (textual.widgets, widgets, screens):
        everything_in(package)
    theirs, ours = set(), set()
    for kind in kinds_of(Widget):
        package, _, _ = kind.__module__.partition(".")
        (theirs if package == "textual" else ours).add(kind.__name__)
    assert "Bar" in theirs
    assert "KeyBar" in ours
    assert not theirs & ours, "each would be dressed in the other's styles"
