"""Who confirms a decision: oneself when working alone, the supervisor in a team (C19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadtui.settings import Settings
from leadtui.store.columns import OPEN_TASK

if TYPE_CHECKING:
    from leadtui.store.act import Act

TEMPLATE = "approval"
"""What tasks that wait for a confirmation have as their template."""


def approves_alone(settings: Settings, author: str) -> bool:
    """Whether the author's own word is enough: alone, as the supervisor, or when none is named."""
    user = settings.user
    return user.profile == "solo" or not user.supervisor or user.supervisor.casefold() == author.casefold()


def ask_supervisor(act: Act, title: str, parent: str, identity: str, due: int | None = None) -> None:
    """Queue a task for the supervisor on a record; `parent` is the column that names it, as `lead_id`.

    The same question isn't asked twice while it waits.
    """
    waiting = act.connection.execute(
        f"SELECT 1 FROM task WHERE {parent} = ? AND template = ? AND title = ? AND {OPEN_TASK}",
        (identity, TEMPLATE, title),
    ).fetchone()
    if waiting:
        return
    act.connection.execute(
        f"""INSERT INTO task (id, {parent}, title, due, template, owner, author, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            act.new_id(),
            identity,
            title,
            act.now if due is None else due,
            TEMPLATE,
            act.settings.user.supervisor,
            act.author,
            act.now,
        ),
    )


def answer_tasks(act: Act, parent: str, identity: str) -> None:
    """Close what waited for the supervisor's word on a record, because it was given."""
    act.connection.execute(
        f"UPDATE task SET done_at = ? WHERE {parent} = ? AND template = ? AND {OPEN_TASK}",
        (act.now, identity, TEMPLATE),
    )
