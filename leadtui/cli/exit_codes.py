"""What a command ends with."""

from __future__ import annotations

FINE, FAILED, WRONG_USAGE, SOMETHING_DUE, INTERRUPTED = 0, 1, 2, 3, 130
