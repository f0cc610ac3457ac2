"""The files that activities name: where they are, and where they go when an archive is restored.

An activity names a file by its whole path, or as `attachments/NAME`: a file in the folder beside the
database, which moves with it from one machine to the next.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Mapping
from hashlib import sha256
from itertools import chain, count
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from leadtui.archive.manifest import FileMember
from leadtui.errors import DatabaseError
from leadtui.store.failures import explain
from leadtui.store.writing import transaction

if TYPE_CHECKING:
    from leadtui.archive.reading import Archive

FOLDER = "attachments"
_PIECE = 1 << 20
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


def attached_file(text: str, beside: Path) -> Path | None:
    """The file that an activity names, of a database in the folder `beside`; None for a link, and for what is
    hidden, because whoever sent us the activity may have named a key of ours."""
    try:
        path = Path(text.strip()).expanduser()
        if path.parent == PurePath(FOLDER):
            found = (beside / path).resolve()
            is_ours = found.parent == (beside / FOLDER).resolve() and not found.name.startswith(".")
            return found if is_ours and found.is_file() else None
        if not path.is_absolute() or any(part.startswith(".") for part in path.parts):
            return None
        path = path.resolve()
        return path if path.is_file() and not any(part.startswith(".") for part in path.parts) else None
    except (OSError, RuntimeError, ValueError):
        return None


def put_attached(archive: Archive, beside: Path) -> dict[str, str]:
    """Put the files that are missing where they were, or are others there, into the folder beside the
    database; nothing that is there is overwritten.

    Returns, by the text that named it, how each of them is named now.
    """
    named: dict[str, str] = {}
    for number, entry in enumerate(archive.manifest.attachments, 1):
        there = attached_file(entry.path, beside)
        if there is None or not _is_same(entry, there):
            target = _target(entry, number, beside / FOLDER)
            if not target.exists():
                put(archive, entry, target)
            named[entry.path] = f"{FOLDER}/{target.name}"
    return named


def name_attached(connection: sqlite3.Connection, named: Mapping[str, str]) -> None:
    """Let activities name files where they are now, and the journal as if they always had.

    Where a file lies on this machine is no change of anybody's: undo goes on with what was done last.
    """
    connection.create_function("placed", 1, lambda text: named.get(text, text), deterministic=True)
    with transaction(connection):
        connection.execute("UPDATE journal_state SET applying = 1")
        connection.execute("UPDATE activity SET attachment = placed(attachment) WHERE attachment <> ''")
        connection.execute("UPDATE journal_state SET applying = 0")
        connection.execute(
            """UPDATE journal_change SET old = placed(old), new = placed(new)
               WHERE record = 'activity' AND field = 'attachment'"""
        )
        connection.execute(
            """UPDATE journal_change SET old = json_set(old, '$.attachment', placed(old ->> '$.attachment'))
               WHERE record = 'activity' AND field IS NULL AND old ->> '$.attachment' <> ''"""
        )


def put(archive: Archive, entry: FileMember, target: Path) -> None:
    """Write a file of an archive where none is yet, for its owner alone (0600)."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with open(os.open(target, flags, 0o600), "wb") as file:
            archive.copy(entry, file)
    except OSError as error:
        raise DatabaseError(explain(error, target)) from error


def _target(entry: FileMember, number: int, folder: Path) -> Path:
    """A place in `folder` that is free or holds this very file already."""
    name = _UNSAFE.sub("_", re.split(r"[/\\]", entry.path)[-1])[-100:].strip(". ") or str(number)
    for start in chain(("", f"{entry.sha256[:8]}-"), (f"{entry.sha256[:8]}-{more}-" for more in count(2))):
        target = folder / f"{start}{name}"
        if not os.path.lexists(target) or (not target.is_symlink() and _is_same(entry, target)):
            break
    return target


def _is_same(entry: FileMember, path: Path) -> bool:
    try:
        if not path.is_file() or path.stat().st_size != entry.bytes:
            return False
        digest = sha256()
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
        return digest.hexdigest() == entry.sha256
    except (OSError, ValueError):
        return False
