"""The migrated file, the SQLModel classes and the list of recorded columns say the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Integer, create_engine, inspect
from sqlmodel import SQLModel

from leadtui.settings import Settings
from leadtui.store import customer_tables, tables
from leadtui.store.columns import JOURNALED_TABLES, LEAD_DERIVED, LEAD_JOURNALED, RECORD_DERIVED
from leadtui.store.make_schema import migrated_schema
from leadtui.store.making import SCHEMA, make_tables
from leadtui.workspace import Workspace

MODELS = [
    tables.Lead,
    tables.Activity,
    tables.Tag,
    tables.CustomField,
    tables.SavedView,
    tables.ImportBatch,
    customer_tables.Customer,
    customer_tables.Contact,
    customer_tables.Opportunity,
    customer_tables.Task,
    customer_tables.PlaybookRun,
    customer_tables.Collaborator,
    customer_tables.Objection,
    customer_tables.ConversionMapping,
    customer_tables.NotDuplicate,
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Workspace.open(tmp_path / "leads.db", Settings()).close()
    return tmp_path / "leads.db"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_models_match_the_migrated_tables(path: Path, model: type[SQLModel]) -> None:
    found = {
        column["name"]: column
        for column in inspect(create_engine(f"sqlite:///{path}")).get_columns(_name(model))
    }
    declared = SQLModel.metadata.tables[_name(model)].columns
    assert set(found) == {column.name for column in declared}
    for column in declared:
        assert isinstance(found[column.name]["type"], Integer) == isinstance(column.type, Integer), (
            column.name
        )
        if column.name != "seq":
            assert found[column.name]["nullable"] == column.nullable, column.name


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_column_is_either_recorded_or_derived(model: type[SQLModel]) -> None:
    columns = {column.name for column in SQLModel.metadata.tables[_name(model)].columns}
    derived = set(LEAD_DERIVED if model is tables.Lead else RECORD_DERIVED.get(_name(model), ()))
    assert columns - {"seq"} == set(JOURNALED_TABLES[_name(model)]) | derived


def test_no_column_of_a_lead_is_both_recorded_and_derived() -> None:
    assert not set(LEAD_JOURNALED) & set(LEAD_DERIVED)


def test_synced_tables_have_no_unique_rule_but_their_identity(path: Path) -> None:
    inspector = inspect(create_engine(f"sqlite:///{path}"))
    for table in JOURNALED_TABLES:
        assert {tuple(rule["column_names"]) for rule in inspector.get_unique_constraints(table)} <= {("id",)}


def test_the_schema_is_read_quickly(path: Path) -> None:
    """Every connection reads all of it before its first answer: 150 kB of it took 6 ms."""
    with closing(sqlite3.connect(path)) as connection:
        (size,) = connection.execute("SELECT sum(length(sql)) FROM sqlite_master").fetchone()
    assert size < 75_000


def test_a_new_file_gets_what_the_migrations_make() -> None:
    """After a new migration: `python -m leadtui.store.make_schema`."""
    assert SCHEMA.read_text("utf-8") == migrated_schema()


def test_who_comes_second_to_make_a_file_leaves_it_alone(path: Path) -> None:
    before = path.read_bytes()
    make_tables(path)
    assert path.read_bytes() == before


def test_the_file_is_private(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600


def _name(model: type[SQLModel]) -> str:
    return str(model.__tablename__)
