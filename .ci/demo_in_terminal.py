"""Drive an installed `leadtui demo` until its inbox is on the screen, then quit it.

Takes the path of the command.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "e2e"))

from terminal import Terminal


def main(command: str) -> int:
    """0 when the inbox came and the app left in good order."""
    with Terminal([command, "demo"], size=(120, 36)) as terminal:
        terminal.wait_for("Inbox", "Tier", "Follow Up", "Overdue", seconds=60)
        print(terminal.text)
        terminal.press("q")
        return terminal.exit_code()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
