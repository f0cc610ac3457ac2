"""Textual's way to a terminal, which tells of an escape key and of its own end without waiting."""

from __future__ import annotations

import os
import selectors
import signal
import sys
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, cast

from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from collections.abc import Iterable

_PATIENCE = 5.0
"""Seconds between two looks at whether the app ended without a word."""
_READ = 4096


class _Outlet:
    """Where the app draws: once the terminal is gone, into the void. The thread that writes would end there,
    and the app would wait for it for ever."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()


class PromptDriver(LinuxDriver):
    """Reads the keys.

    An escape may begin the sequence of another key, so it counts when nothing followed it for a while
    (`ESCDELAY`). Textual looks every tenth of a second whether that while is over, and whether the app ended.
    An app that makes room for an editor or a shell closes its driver, and begins again with the same one.
    """

    _pipe: tuple[int, int] | None = None
    """Where the end of reading is waited for, and where it is told."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._file = cast("Any", _Outlet(sys.__stderr__ or sys.stderr))

    def start_application_mode(self) -> None:
        if self._pipe is None:
            self._pipe = os.pipe()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def run_input_thread(self) -> None:
        if self._pipe is None:
            return
        end = self._pipe[0]
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")().decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(end, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                begun = parser._timeout_time is not None
                ready = {key.fd for key, _mask in selector.select(ESCAPE_DELAY if begun else _PATIENCE)}
                if end in ready:
                    os.read(end, 1)
                    return
                if self.fileno in ready:
                    typed = self._read()
                    if not typed:
                        self._gone()
                        return
                    if text := decode(typed):
                        self._tell(parser.feed(text))
                self._tell(parser.tick())

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _READ)
        except OSError:
            return b""

    def _gone(self) -> None:
        """Nobody can type any more: the terminal was closed."""
        from screens.ending import end

        self._loop.call_soon_threadsafe(end, self._app, 128 + signal.SIGHUP)

    def _tell(self, messages: Iterable[Any]) -> None:
        for message in messages:
            self.process_message(message)

    def disable_input(self) -> None:
        if self._pipe is not None and self._key_thread is not None and self._key_thread.is_alive():
            os.write(self._pipe[1], b".")
        super().disable_input()

    def close(self) -> None:
        super().close()
        for end in self._pipe or ():
            os.close(end)
        self._pipe = None
