"""What many columns of the tables are, as SQLModel fields."""

from __future__ import annotations

from sqlalchemy import Text
from sqlmodel import Field


def text_field() -> str:
    """A text that is empty where nothing is said."""
    field: str = Field(default="", sa_type=Text)
    return field


def parent_field() -> str | None:
    """The record that a row belongs to, or none; the file itself holds the foreign key."""
    field: str | None = Field(default=None, sa_type=Text)
    return field
