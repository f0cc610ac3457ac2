"""Doing without a module of the standard library that others import for what is never asked of them here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def absent(module: str) -> Iterator[None]:
    """Whatever is imported meanwhile finds a Python that was built without `module`.

    One that is loaded already stays, and whoever wants it afterwards imports it as ever.
    """
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]
