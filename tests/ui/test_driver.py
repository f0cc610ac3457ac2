"""How keys are read: an escape counts soon, and reading ends at once."""

from __future__ import annotations

import os
import queue
import selectors
import sys
from collections.abc import Iterator
from threading import Event, Thread
from typing import Any

import pytest
from textual import events
from textual.constants import ESCAPE_DELAY

if sys.platform == "win32":
    pytest.skip("Windows has a driver of its own", allow_module_level=True)

from screens.driver import PromptDriver

ENOUGH = 10.0


class Reading(PromptDriver):
    """The part of the driver that reads, on a pipe."""

    def __init__(self) -> None:
        self.fileno, self.typed = os.pipe()
        self._pipe = self.ends = os.pipe()
        self._debug = False
        self.exit_event = Event()
        self.told: queue.Queue[Any] = queue.Queue()
        self._key_thread = Thread(target=self.run_input_thread, daemon=True)

    def process_message(self, message: Any) -> None:
        self.told.put(message)

    def _gone(self) -> None:
        self.told.put("gone")

    def key(self) -> str:
        """The next key that is told."""
        message = self.told.get(timeout=ENOUGH)
        assert isinstance(message, events.Key)
        return message.key


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """How long the thread was ready to wait, each time."""
    waited: list[float | None] = []

    class Recording(selectors.SelectSelector):
        def select(self, timeout: float | None = None) -> Any:
            waited.append(timeout)
            return super().select(timeout)

    monkeypatch.setattr(selectors, "DefaultSelector", Recording)
    return waited


@pytest.fixture
def reading(waits: list[float | None]) -> Iterator[Reading]:
    """A driver that reads from a pipe until the test is over."""
    driver = Reading()
    assert driver._key_thread is not None
    driver._key_thread.start()
    yield driver
    os.write(driver.ends[1], b".")
    driver._key_thread.join(ENOUGH)
    for end in (driver.fileno, driver.typed, *driver.ends):
        os.close(end)


def test_an_escape_counts_when_nothing_follows_it(reading: Reading, waits: list[float | None]) -> None:
    os.write(reading.typed, b"\x1b")
    assert reading.key() == "escape"
    assert ESCAPE_DELAY in waits


def test_a_key_whose_sequence_begins_with_escape_is_that_key(reading: Reading) -> None:
    os.write(reading.typed, b"\x1b[Aj")
    assert [reading.key(), reading.key()] == ["up", "j"]


def test_a_character_may_come_in_pieces(reading: Reading) -> None:
    first, rest = "王".encode()[:1], "王".encode()[1:]
    os.write(reading.typed, first)
    os.write(reading.typed, rest)
    assert reading.key() == "王"


def test_reading_ends_at_once(reading: Reading) -> None:
    assert reading._key_thread is not None
    os.write(reading.ends[1], b".")
    reading._key_thread.join(ENOUGH)
    assert not reading._key_thread.is_alive()


def test_reading_ends_with_its_input(reading: Reading) -> None:
    assert reading._key_thread is not None
    os.close(reading.typed)
    reading._key_thread.join(ENOUGH)
    assert not reading._key_thread.is_alive()
    assert reading.told.get(timeout=ENOUGH) == "gone"
    reading.typed = os.open(os.devnull, os.O_WRONLY)
