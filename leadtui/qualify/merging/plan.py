"""What a merge will do: which record stays, and what each of its fields will hold. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from leadtui.qualify.merging.kinds import SPILLS, Field, Kind, Rule
from leadtui.values import CUSTOM, Status

_ADVANCED = (
    Status.INVALID, Status.LOST, Status.RECYCLED, Status.NEW, Status.WATCH, Status.SCREENING,
    Status.NURTURING, Status.WORKING, Status.QUALIFIED, "prospect", "customer",
)  # fmt: skip
"""From what is over to what is closest to the goal."""


class Side(NamedTuple):
    """One of the records, with everything that it holds."""

    id: str
    number: str
    name: str
    status: str
    values: Mapping[str, Any]
    """Its columns by name."""
    custom: Mapping[str, Any]
    tags: tuple[str, ...]
    latest: int
    """When something last happened with it; 0 when nothing did."""


class Choice(NamedTuple):
    """What is decided of one field."""

    field: Field
    side: int | None
    """The record that it is taken from, or None for all of them together."""
    can_join: bool
    """Whether all together is possible."""


class MergePlan(NamedTuple):
    """Which record stays, and what it will hold."""

    kind: Kind
    sides: tuple[Side, ...]
    survivor: int
    choices: tuple[Choice, ...]

    @property
    def stays(self) -> Side:
        """The record that stays."""
        return self.sides[self.survivor]

    @property
    def losers(self) -> tuple[Side, ...]:
        """The records that become part of it."""
        return (*self.sides[: self.survivor], *self.sides[self.survivor + 1 :])

    def choose(self, name: str, side: int | None) -> MergePlan:
        """The plan with a field taken from another record, or from all together where that is possible."""
        return self._replace(
            choices=tuple(
                choice._replace(side=side)
                if choice.field.name == name and (side is not None or choice.can_join)
                else choice
                for choice in self.choices
            )
        )

    def results(self) -> dict[str, Any]:
        """What the record that stays will hold, by column; custom fields under `custom.` and their key."""
        found: dict[str, Any] = {}
        for choice in self.choices:
            found.update(self._taken(choice))
        for name, columns in SPILLS.items():
            if name in found:
                found[name] = self._spilt(
                    found[name], [found[column] for column in columns if column in found], columns
                )
        return found

    def changes(self) -> dict[str, Any]:
        """The results that differ from what the record that stays holds now."""
        return {name: value for name, value in self.results().items() if value != value_of(self.stays, name)}

    def on(self, sides: Sequence[Side]) -> MergePlan:
        """The same choices on the same records, read anew."""
        return self._replace(sides=tuple(sides))

    def _taken(self, choice: Choice) -> dict[str, Any]:
        field, sides = choice.field, self._in_order()
        if choice.side is not None:
            return {column: value_of(self.sides[choice.side], column) for column in field.columns}
        (column,) = field.columns
        values = [value_of(side, column) for side in sides]
        if field.rule in {Rule.ANY, Rule.EARLIEST}:
            known = [value for value in values if value is not None]
            best = max if field.rule is Rule.ANY else min
            return {column: best(known) if known else None}
        if field.rule is Rule.JOIN:
            return {column: "\n".join(_once(str(value).strip() for value in values))}
        return {column: "\n".join(_once(line.strip() for value in values for line in str(value).split("\n")))}

    def _spilt(self, lines: str, picked: Sequence[str], columns: Sequence[str]) -> str:
        """Further numbers or addresses, with those that were not picked; none of them twice."""
        spilt = [
            str(value_of(side, column))
            for side in self._in_order()
            for column in columns
            if column in side.values
        ]
        shown = {value.casefold() for value in picked}
        return "\n".join(line for line in _once([*spilt, *lines.split("\n")]) if line.casefold() not in shown)

    def _in_order(self) -> tuple[Side, ...]:
        return (self.stays, *self.losers)


def propose(kind: Kind, sides: Sequence[Side], into: str | None = None) -> MergePlan:
    """The plan that is proposed for records.

    `into`, by its id, stays, or the furthest, fullest and latest one; where it says nothing, the next does.
    """
    order = sorted(range(len(sides)), key=lambda at: _worth(sides[at]), reverse=True)
    if into is not None:
        order.sort(key=lambda at: sides[at].id != into)
    fields = [*kind.fields, *_custom_fields(sides)]
    return MergePlan(kind, tuple(sides), order[0], tuple(_propose(field, sides, order) for field in fields))


def value_of(side: Side, name: str) -> Any:
    """What a record holds under a column, or under `custom.` and a key."""
    if name.startswith(CUSTOM):
        return side.custom.get(name.removeprefix(CUSTOM))
    return side.values[name]


def is_empty(value: object) -> bool:
    """Whether a value says nothing."""
    return value in (None, "") or value is False


def _worth(side: Side) -> tuple[int, int, int]:
    """How far a record is, how full, how fresh."""
    full = sum(not is_empty(value) and value != 0 for value in (*side.values.values(), *side.custom.values()))
    return _far(side), full, side.latest


def _far(side: Side) -> int:
    standing = side.values.get("lifecycle", side.status)
    return _ADVANCED.index(standing) if standing in _ADVANCED else -1


def _custom_fields(sides: Iterable[Side]) -> list[Field]:
    keys = dict.fromkeys(key for side in sides for key in side.custom)
    return [Field(CUSTOM + key, (CUSTOM + key,), Rule.PICK) for key in keys]


def _propose(field: Field, sides: Sequence[Side], order: Sequence[int]) -> Choice:
    if field.rule is not Rule.PICK:
        return Choice(field, None, True)
    if field.name == "source_channel":
        # A lead came from where it came from first.
        order = sorted(order, key=lambda at: sides[at].values.get("acquired_at") or 0)
    if field.name == "status":
        order = sorted(order, key=lambda at: _far(sides[at]), reverse=True)
    said = [
        at for at in order if not all(is_empty(value_of(sides[at], column)) for column in _telling(field))
    ]
    return Choice(field, said[0] if said else order[0], False)


def _telling(field: Field) -> tuple[str, ...]:
    """The columns that make a field empty or not: a currency alone is no budget."""
    return (
        tuple(name for name in field.columns if name not in {"currency", "next_due_all_day", "country"})
        or field.columns
    )


def _once(texts: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for text in texts:
        if text:
            found.setdefault(text.casefold(), text)
    return list(found.values())
