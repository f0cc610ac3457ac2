"""What a user said of a pair: that it is two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from leadtui.store.ids import name_id

if TYPE_CHECKING:
    from leadtui.store.act import Act


def pair_id(one: str, other: str) -> str:
    """The identity of a pair of records, whichever comes first."""
    return name_id("not_duplicate", *sorted((one, other)))


def keep_apart(act: Act, pairs: Iterable[tuple[str, str]]) -> None:
    """Remember of pairs of records, by their ids, that they are two: they aren't told again."""
    act.connection.executemany(
        "INSERT OR IGNORE INTO not_duplicate (id, one, other, author, at) VALUES (?, ?, ?, ?, ?)",
        ((pair_id(*pair), *sorted(pair), act.author, act.now) for pair in pairs),
    )
