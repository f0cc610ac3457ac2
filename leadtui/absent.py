"""Doing without modules that others import for what is never asked of them here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def absent(*modules: str) -> Iterator[None]:
    """Whatever is imported meanwhile finds a Python that was built without `modules`.

    One that is loaded already stays, and whoever wants it afterwards imports it as ever.
    """
    with _standing_in(dict.fromkeys(modules)):
        yield


@contextmanager
def hollow(*modules: str) -> Iterator[None]:
    """Whatever is imported meanwhile gets an empty class for each name that it takes from `modules`: enough
    to annotate with, and for methods that are never called.

    One that is loaded already stays, and whoever wants it afterwards imports it as ever.
    """
    with _standing_in({module: _Hollow(module) for module in modules}):
        yield


class _Hollow(ModuleType):
    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


@contextmanager
def _standing_in(modules: dict[str, _Hollow] | dict[str, None]) -> Iterator[None]:
    hidden = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(hidden)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
