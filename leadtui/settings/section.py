"""The frozen base of every section of the settings."""

from __future__ import annotations

from typing import Any, Self, dataclass_transform


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Section:
    """Values with defaults, fixed once made, compared by identity.

    Written like a frozen dataclass, and checked like one. It is not one because twenty of those take
    10 ms to generate whenever the app starts, and these take none.
    """

    def __init__(self, **values: Any) -> None:
        unknown = values.keys() - type(self).__annotations__.keys()
        if unknown:
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is fixed")

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in type(self).__annotations__)
        return f"{type(self).__name__}({values})"

    def but(self, **changes: Any) -> Self:
        """The same section with other values for some names."""
        return type(self)(**{**self.__dict__, **changes})
