"""SQLModel sessions in the transactions of acts.

To load SQLModel takes longer than most acts, so it is loaded with the first session.
"""

from __future__ import annotations

from sqlalchemy import create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from leadtui.store.writing import WritingConnection


def engine_on(connection: WritingConnection) -> Engine:
    """An engine with that one connection."""
    if connection.engine is None:
        connection.engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    return connection.engine


def session_on(connection: WritingConnection) -> Session:
    """A session that writes in the running transaction of the connection."""
    return Session(engine_on(connection), expire_on_commit=False)
