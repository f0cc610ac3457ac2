"""`python -m leadtui` is `leadtui`."""

from __future__ import annotations

import sys

from leadtui.cli import main

if __name__ == "__main__":
    sys.exit(main())
