"""Keys that arrive in one piece go where they would go one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from application import UNTIMELY, listed, make_file, open_inbox
from terminal import KEYS, Terminal

SAVE, ENTER = KEYS["f2"], KEYS["enter"]
Shows = Callable[[Terminal], bool]


def at_the_top(word: str) -> Shows:
    """The list shows the view of that name."""
    return lambda terminal: terminal.lines[0].startswith(f" LeadTUI   {word}")


def says(*words: str) -> Shows:
    return lambda terminal: all(word in terminal.text for word in words)


@pytest.mark.parametrize(
    ("burst", "shows"),
    [
        pytest.param("v5", at_the_top("New ▾"), id="a view"),
        pytest.param("s3", says("snoozed to"), id="snooze"),
        pytest.param("tcvague" + ENTER, says("✓ tier C"), id="tier with its reason"),
        pytest.param("Tburst" + ENTER + SAVE, says("✓ tags changed", "#burst"), id="tags"),
        pytest.param("yn", says("Copied: L-"), id="copy"),
        pytest.param("o1", says("✓ "), id="engagement"),
        pytest.param("/nova", says("/  nova", "/ nova"), id="filter"),
        pytest.param("fcalled back\tr" + SAVE, says("✓ followed up"), id="follow-up"),
        pytest.param("xi1" + ENTER, says("✓ disqualified"), id="disqualify"),
        pytest.param("Ov5", says("Opportunities: All"), id="a view of another list"),
        pytest.param("Co2", says("by name"), id="an order of another list"),
        pytest.param("/nova" + ENTER + "tbvague" + ENTER + "v3", at_the_top("Overdue ▾"), id="one by one"),
    ],
)
def test_what_a_key_opens_gets_the_keys_behind_it(tmp_path: Path, burst: str, shows: Shows) -> None:
    with open_inbox(make_file(tmp_path / "leads.db", 60)) as terminal:
        terminal.wait_until(lambda it: len(listed(it)) > 5, "leads in the list")
        terminal.send(burst)
        terminal.wait_until(shows, f"what {burst!r} leads to")
        terminal.settle()
        assert shows(terminal), terminal.text
        assert not any(word in terminal.text for word in UNTIMELY)
        terminal.press("esc", "esc", "esc")
        terminal.send("q")
        assert terminal.exit_code() == 0


def test_two_follow_ups_in_one_piece_are_of_two_leads(tmp_path: Path) -> None:
    with open_inbox(make_file(tmp_path / "leads.db", 60)) as terminal:
        terminal.wait_until(lambda it: len(listed(it)) > 5, "leads in the list")
        terminal.send(f"fone\tr{SAVE}ftwo\tr{SAVE}")
        terminal.wait_until(lambda it: it.text.count("✓ followed up") == 2, "two follow-ups")
