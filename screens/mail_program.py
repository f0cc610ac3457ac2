"""Handing a mail to the program that the user writes mail with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def open_mail(url: str) -> bool:
    """Open a `mailto:` address; False where there is no desktop to open it on.

    A browser of the terminal is never started: it would draw over the app.
    """
    if sys.platform == "win32":
        os.startfile(url)
        return True
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    desktop = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not desktop or shutil.which(opener) is None:
        return False
    nowhere = subprocess.DEVNULL
    subprocess.Popen([opener, url], stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    return True
