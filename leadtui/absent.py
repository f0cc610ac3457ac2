"""Doing without modules of the standard library that others import for what is never asked of them here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def absent(*modules: str) -> Iterator[None]:
    """Whatever is imported meanwhile finds a Python that was built without `modules`.

    One that is loaded already stays, and whoever wants it afterwards imports it as ever.
    """
    hidden = [module for module in modules if module not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for module in hidden:
            del sys.modules[module]
