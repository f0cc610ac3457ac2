"""What the app remembers from run to run; written by the machine, and no loss when it can't be."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def read_state(path: Path | None) -> dict[str, object]:
    """What was remembered; nothing when there is no file or it can't be read."""
    if path is not None and path.exists():
        import json

        with suppress(OSError, ValueError):
            state = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(state, dict):
                return state
    return {}


def write_state(path: Path | None, state: dict[str, object]) -> None:
    """Remember `state`; a folder that can't be written to is no reason to trouble anybody."""
    if path is not None:
        import json

        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".new")
            fresh.write_text(json.dumps(state, ensure_ascii=False, indent=1), encoding="utf-8")
            fresh.replace(path)
