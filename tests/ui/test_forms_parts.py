"""The parts of forms: rows of choices, dates, rows with problems, paths."""

from __future__ import annotations

import os
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import App, ComposeResult
from textual.widget import Widget
from textual.widgets import Input
from waiting import settle

from leadtui.capture.files.kinds import kind_of
from leadtui.errors import LeadTUIError
from leadtui.labels import LABELS, labels
from widgets.choice_row import Choice, ChoiceRow, CountRow, TickRow, choices, numbered
from widgets.file_picker import complete_path, pasted_leads, read_path
from widgets.short_text import ShortText
from widgets.when_input import WhenInput


class RowApp(App[None]):
    """An app with one widget."""

    def __init__(self, part: Widget) -> None:
        super().__init__()
        self.part = part
        self.submitted = 0

    def compose(self) -> ComposeResult:
        yield self.part

    def on_key_row_submitted(self) -> None:
        self.submitted += 1


@pytest.mark.parametrize("group", ["channel", "result", "signal", "engagement", "source", "role", "kind"])
def test_every_choice_has_a_key_of_its_own(group: str) -> None:
    found = choices(labels(group))
    assert [choice.code for choice in found] == list(LABELS[group])
    assert len({choice.key for choice in found}) == len(found)
    assert all(len(choice.key) == 1 for choice in found)


def test_the_first_letters_of_channels_and_results_choose_them() -> None:
    keys = {choice.code: choice.key for choice in (*choices(labels("channel")), *choices(labels("result")))}
    assert keys["phone"] == "p"
    assert keys["wechat"] == "w"
    assert keys["reached"] == "r"
    assert keys["no_answer"] == "n"


@given(st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=60))
def test_words_of_users_get_keys_that_differ(words: list[str]) -> None:
    assert len({choice.key for choice in numbered(words)}) == len(words)
    assert len({choice.key for choice in choices(dict.fromkeys(words, "x"))}) == len(words)


async def test_a_key_chooses_and_the_same_key_takes_it_back() -> None:
    row = ChoiceRow(choices(labels("result")))
    app = RowApp(row)
    async with app.run_test() as pilot:
        await pilot.press("r")
        assert row.value == "reached"
        await pilot.press("n")
        assert row.value == "no_answer"
        await pilot.press("n")
        assert row.value == ""


async def test_arrows_choose_and_enter_submits() -> None:
    row = ChoiceRow(choices(labels("result")))
    app = RowApp(row)
    async with app.run_test() as pilot:
        await pilot.press("right")
        assert row.value == "reached"
        await pilot.press("left")
        assert row.value == "wrong_contact"
        await pilot.press("enter")
        assert app.submitted == 1


async def test_ticks_are_toggled_and_fixed_ones_stay() -> None:
    row = TickRow(choices(labels("signal")), fixed=["budget"])
    app = RowApp(row)
    async with app.run_test() as pilot:
        await pilot.press("i", "b")
        assert row.value == {"intent", "budget"}
        assert {option.code for option in row.options if row.is_on(option)} == {"intent"}
        await pilot.press("i")
        assert row.value == {"budget"}


async def test_counts_go_up_and_back() -> None:
    row = CountRow(choices(labels("engagement")))
    app = RowApp(row)
    async with app.run_test() as pilot:
        await pilot.press("p", "p", "w", "backspace")
        assert row.value == ("page_view", "page_view")


async def test_a_click_chooses_what_is_under_it() -> None:
    row = ChoiceRow(choices(labels("channel")))
    app = RowApp(row)
    async with app.run_test(size=(40, 10)) as pilot:
        second_line = row._lines(row.content_size.width)[1]
        column, position, _label = second_line[0]
        await pilot.click(row, offset=(column + 1, 1))
        assert row.value == row.options[position].code


async def test_a_row_wraps_between_choices_and_wide_labels_count_double() -> None:
    row = ChoiceRow(
        [Choice("a", "a", "上海启明"), Choice("b", "b", "[b]x[/b]"), Choice("c", "c", "\x1b[31mred")]
    )
    app = RowApp(row)
    async with app.run_test(size=(24, 10)) as pilot:
        await settle(pilot)
        assert len(row._lines(24)) == row.size.height == 2
        assert "\x1b" not in row.render().plain
        assert "[b]x[/b]" in row.render().plain


async def test_a_date_is_understood_while_it_is_typed(now: int) -> None:
    when = WhenInput(now, UTC)
    async with RowApp(when).run_test() as pilot:
        await pilot.press(*"+2d")
        assert (when.due, when.all_day, when.problem) == (1_795_392_000_000, True, "")
        await pilot.press("x")
        assert when.due is None
        assert when.problem


async def test_a_proposed_date_keeps_its_seconds_until_it_is_changed(now: int) -> None:
    when = WhenInput(now, UTC)
    async with RowApp(when).run_test() as pilot:
        when.propose(now + 1234, False)
        await settle(pilot)
        assert when.due == now + 1234
        when.query_one(Input).value = "tomorrow"
        await settle(pilot)
        assert when.all_day is True


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("{0}/leads.csv", "leads.csv"),
        ("'{0}/my leads.csv'", "my leads.csv"),
        ('"{0}/my leads.csv" ', "my leads.csv"),
        ("{0}/my\\ leads.csv", "my leads.csv"),
        ("file://{0}/my%20leads.csv", "my leads.csv"),
        ("{0}/leads.csv {0}/my\\ leads.csv", "leads.csv"),
        ("{0}/my leads.csv", "my leads.csv"),
        ("{0}/it's.csv", "it's.csv"),
        ("{0}/absent 'x.csv", "absent 'x.csv"),
    ],
)
def test_paths_are_taken_as_they_are_pasted_and_dropped(tmp_path: Path, typed: str, name: str) -> None:
    for each in ("leads.csv", "my leads.csv", "it's.csv"):
        (tmp_path / each).write_text("x")
    assert read_path(typed.format(tmp_path)) == tmp_path / name


def test_no_path_is_no_path() -> None:
    assert read_path("  ") is None


@pytest.mark.parametrize(
    "typed",
    ["~nobody-here/x.csv", "'~nobody-here/x", "\0", "a" * 300, "file://[", "file://%00", "\\", "\ud800"],
)
def test_what_can_be_no_path_is_one_that_is_not_there(typed: str) -> None:
    path = read_path(typed)
    assert path is not None and not os.path.lexists(path)
    assert complete_path(typed) == typed
    assert pasted_leads(f"{typed}\nb") == f"{typed}\nb"
    with pytest.raises(LeadTUIError, match="can't be read"):
        kind_of(path)


def test_a_path_is_completed_as_far_as_it_is_certain(tmp_path: Path) -> None:
    for name in ("Leads-2025.csv", "leads-2026.csv", "picture.png"):
        (tmp_path / name).write_text("x")
    (tmp_path / "expo").mkdir()
    assert complete_path(f"{tmp_path}/ex") == f"{tmp_path}/expo/"
    assert complete_path(f"{tmp_path}/leads-2026") == f"{tmp_path}/leads-2026.csv"
    assert complete_path(f"{tmp_path}/pic") == f"{tmp_path}/pic"
    assert complete_path(f"{tmp_path}/nowhere/x") == f"{tmp_path}/nowhere/x"


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("Musterstr. 5\r10115 Berlin\r", "Musterstr. 5 10115 Berlin"),
        ("王芳\n采购总监", "王芳 采购总监"),
        (" wants", " wants"),
        ("Nova\tRobotics", "Nova Robotics"),
        ("a\x1b[31m\u202eb", "ab"),
        ("\r", ""),
        ("", ""),
    ],
)
async def test_all_lines_of_what_is_pasted_stand_on_one(pasted: str, text: str) -> None:
    field = ShortText()
    async with RowApp(field).run_test() as pilot:
        field.post_message(events.Paste(pasted))
        await pilot.pause()
        assert field.value == text
