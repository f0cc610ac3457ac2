"""The demo, driven by its keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from application import lead_in_detail, leadtui, listed
from terminal import Terminal

from leadtui.demo.words import CHINESE_ROOTS


@pytest.fixture
def demo() -> Iterator[Terminal]:
    with Terminal(leadtui("demo")) as terminal:
        terminal.wait_for("Inbox", "Tier", "Nova Robotics", "Kestrel Foods", "Overdue", "Follow Up")
        terminal.wait_until(lambda it: bool(lead_in_detail(it)), "a lead in the detail")
        yield terminal


def quit_app(terminal: Terminal) -> None:
    terminal.press("q")
    assert terminal.exit_code() == 0


def test_demo_opens_and_leaves_nothing_behind(demo: Terminal, tmp_path: Path) -> None:
    quit_app(demo)
    assert list(tmp_path.rglob("*.db")) == []
    assert "Traceback" not in demo.raw


def test_cursor_moves_with_the_detail(demo: Terminal) -> None:
    first = lead_in_detail(demo)
    demo.press("j")
    demo.wait_until(lambda it: lead_in_detail(it) not in ("", first), "the second lead in the detail")
    demo.press("k")
    demo.wait_until(lambda it: lead_in_detail(it) == first, "the first lead in the detail again")
    demo.press("G")
    demo.wait_until(lambda it: lead_in_detail(it) not in ("", first), "the last lead in the detail")
    demo.press("g")
    demo.wait_until(lambda it: lead_in_detail(it) == first, "the first lead in the detail again")
    quit_app(demo)


def test_follow_up_form_opens_and_closes(demo: Terminal) -> None:
    demo.press("f")
    demo.wait_for("What happened", "Next step")
    demo.press("esc")
    demo.wait_gone("What happened")
    quit_app(demo)


def test_follow_up_in_one_line_shows_in_the_timeline() -> None:
    with Terminal(leadtui("demo"), size=(140, 60)) as demo:
        demo.wait_for("Nova Robotics", "Follow Up")
        demo.wait_until(lambda it: bool(lead_in_detail(it)), "the first lead in the detail")
        first = lead_in_detail(demo)
        demo.press(";")
        demo.wait_for("Follow up: Nova Robotics")
        demo.send("phone reached, wants a second demo > tomorrow 10")
        demo.press("enter")
        demo.wait_until(lambda it: lead_in_detail(it) not in ("", first), "the next lead in the detail")
        demo.press("g")
        demo.wait_for("wants a second demo")
        quit_app(demo)


def test_snooze_and_undo(demo: Terminal) -> None:
    demo.press("s")
    demo.wait_for("Snooze until")
    demo.press("1")
    demo.wait_gone("Snooze until")
    demo.wait_for("snoozed to")
    demo.press("u")
    demo.wait_for("Undone: Snooze")
    quit_app(demo)


def test_undo_does_not_take_the_sample_away(demo: Terminal) -> None:
    demo.press("u")
    demo.wait_for("nothing to take back")
    assert "Nova Robotics" in demo.text
    quit_app(demo)


def assert_filter_narrows(demo: Terminal, typed: str, shown: str) -> None:
    """`typed` leaves only leads with `shown` in the list, and escape brings all back."""

    def narrowed(terminal: Terminal) -> bool:
        lines = listed(terminal)
        return bool(lines) and all(shown in line for line in lines)

    demo.press("/")
    demo.settle()
    demo.send(typed)
    demo.wait_until(narrowed, f"only leads with {shown}")
    demo.press("esc", "g")
    demo.wait_until(lambda it: len(listed(it)) > 15 and "Nova Robotics" in listed(it)[0], "the whole list")


@pytest.mark.parametrize(
    ("typed", "shown"), [("kestrel", "Kestrel"), ("okafor", "Okafor"), ("tier:c", " C ")]
)
def test_filter_narrows_the_list(demo: Terminal, typed: str, shown: str) -> None:
    assert_filter_narrows(demo, typed, shown)
    quit_app(demo)


def test_filter_finds_chinese_by_its_parts_and_by_pinyin(demo: Terminal) -> None:
    root, pinyin = next(pair for pair in CHINESE_ROOTS if any(pair[0] in line for line in listed(demo)))
    for typed in (root, pinyin):
        assert_filter_narrows(demo, typed, root)
    quit_app(demo)


def test_help_lists_keys_and_closes(demo: Terminal) -> None:
    demo.press("?")
    demo.wait_for("Log a follow-up")
    demo.press("esc")
    demo.wait_gone("Log a follow-up")
    quit_app(demo)


def test_terminal_too_small_and_back(demo: Terminal) -> None:
    demo.resize(20, 5)
    demo.wait_for("LeadTUI needs")
    demo.resize(120, 36)
    demo.wait_for("Nova Robotics", "Overdue", "Follow Up")
    demo.resize(80, 24)
    demo.wait_for("Nova Robotics", "Tier")
    quit_app(demo)


def test_every_panel_takes_the_keys(demo: Terminal) -> None:
    for panel in "321":
        demo.press(panel, "j", "j", "k")
        demo.settle()
    demo.press("tab", "shift+tab")
    demo.wait_for("Nova Robotics")
    quit_app(demo)


def test_the_palette_finds_themes_and_commands(demo: Terminal) -> None:
    """Textual's palette is loaded only now, after an app that was built without it."""
    before = demo.raw
    demo.press("ctrl+p")
    demo.wait_for("Find a command")
    demo.send("dracula")
    demo.wait_for("Theme dracula")
    demo.press("enter")
    demo.wait_gone("Theme dracula")
    demo.wait_until(lambda it: "40;42;54" in it.raw.removeprefix(before), "the background of dracula")
    demo.press("ctrl+p")
    demo.wait_for("Find a command")
    demo.send("snooze")
    demo.wait_for("Snooze")
    demo.press("enter")
    demo.wait_for("Snooze until")
    demo.press("esc")
    demo.wait_gone("Snooze until")
    quit_app(demo)
