"""What was pasted into a screen, kept in a file of its own for as long as the screen is open."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory


class Pasted:
    """The folder of pasted texts; there is none until something is pasted."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None

    def keep(self, text: str) -> Path:
        """The file that holds a text; LeadTUIError when the text is nothing that holds leads."""
        from leadtui.capture.files.pasted import keep_pasted

        if self._folder is None:
            self._folder = TemporaryDirectory()
        return keep_pasted(text.encode(), Path(self._folder.name))

    def holds(self, path: Path) -> bool:
        """Whether a file is one of these."""
        return self._folder is not None and path.parent == Path(self._folder.name)

    def without_place(self, sentence: str) -> str:
        """A sentence that tells nobody where the file lies."""
        return sentence.replace(f"{self._folder.name}{os.sep}", "") if self._folder else sentence

    def forget(self) -> None:
        """Remove the files."""
        if self._folder is not None:
            self._folder.cleanup()
