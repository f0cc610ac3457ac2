"""What was typed and not saved when the app had to end, until the same form is opened again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from leadtui.i18n import gettext as _

Typed = Mapping[str, object]
"""What stands in each field: a text, a code, or several codes."""


class Unsaved:
    """The half-typed forms of one user on one database, in a private file (0600) of this machine: the folder
    of the database may be shared. Without a path nothing is kept.

    Each is kept by what it is about: `follow-up L-7K3QF2`. Nothing of it is ever journaled, exported or told
    to others. A folder that can't be written to is no reason to trouble anybody.
    """

    def __init__(self, path: Path | None, database: Path, user: str) -> None:
        self._path = path
        self._whose = f"{user} {database}"

    def of(self, about: str) -> Typed:
        """What was typed there; nothing when it was saved, dropped, or can't be read."""
        typed = self._read().get(self._whose, {}).get(about)
        return typed if isinstance(typed, dict) else {}

    def keep(self, forms: Mapping[str, Typed]) -> None:
        """Keep what was typed in some forms, beside that in others; nothing typed is nothing kept."""
        if not forms:
            return
        all_forms = self._read()
        mine = {**all_forms.get(self._whose, {}), **forms}
        all_forms[self._whose] = {about: typed for about, typed in mine.items() if typed}
        self._write({whose: forms for whose, forms in all_forms.items() if forms})

    def drop(self, about: str) -> None:
        """Forget what was typed there."""
        if self.of(about):
            self.keep({about: {}})

    def _read(self) -> dict[str, dict[str, Any]]:
        if self._path is not None and self._path.exists():
            import json

            with suppress(OSError, ValueError):
                kept = json.loads(self._path.read_text(encoding="utf-8"))
                if isinstance(kept, dict):
                    return {whose: forms for whose, forms in kept.items() if isinstance(forms, dict)}
        return {}

    def _write(self, all_forms: Mapping[str, Mapping[str, Typed]]) -> None:
        if self._path is None:
            return
        with suppress(OSError):
            if not all_forms:
                self._path.unlink(missing_ok=True)
                return
            import json

            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}")
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            with open(os.open(fresh, flags, 0o600), "w", encoding="utf-8", errors="replace") as file:
                json.dump(all_forms, file, ensure_ascii=False)
            fresh.replace(self._path)


def said_brought_back() -> str:
    """That a form begins with what was typed before the app had to end."""
    return _("What you typed last time is back · f4 drops it")
