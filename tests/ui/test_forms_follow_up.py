"""The follow-up form: four keys and one sentence for the ordinary case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC

import pytest
from form_host import NOTHING, FormHost, a_lead, an_activity
from textual.app import App
from textual.geometry import Region
from textual.widgets import Input
from waiting import settle

from leadtui.details import LeadDetail, LeadFacts
from leadtui.errors import FieldProblems, LeadTUIError
from screens.confirm import ConfirmScreen
from screens.follow_up import FollowUpScreen, follow_up_screen, minutes
from screens.form_screen import Draft, Save
from widgets.choice_row import ChoiceRow
from widgets.fold import Fold
from widgets.form import FormRow, LongText

SIZES = [(120, 36), (80, 24)]
TOMORROW = 1_795_305_600_000


def a_form(
    now: int, detail: LeadDetail | None = None, on_save: Save[Draft] | None = None, planned: bool = True
) -> FollowUpScreen:
    proposal = {"next_step": "call", "next_due": TOMORROW, "next_due_all_day": True} if planned else {}
    detail = detail or a_lead(activities=[an_activity(now - 3 * 86_400_000)])
    return FollowUpScreen(detail, proposal, now, UTC, on_save)


@pytest.mark.parametrize("size", SIZES)
async def test_four_keys_and_a_sentence(now: int, size: tuple[int, int]) -> None:
    app = FormHost(a_form(now))
    async with app.run_test(size=size) as pilot:
        await pilot.press(*"ok", "tab", "r", "enter")
        await settle(pilot)
    assert isinstance(app.result, dict)
    assert app.result["content"] == "ok"
    assert app.result["channel"] == "phone"
    assert app.result["result"] == "reached"
    assert app.result["signals"] == ()
    assert (app.result["next_step"], app.result["next_due"]) == ("call", TOMORROW)
    assert app.result["next_due_all_day"] is True
    assert app.result["duration_minutes"] is None


@pytest.mark.parametrize("size", SIZES)
async def test_everything_is_on_the_screen_and_can_be_reached(now: int, size: tuple[int, int]) -> None:
    app = FormHost(a_form(now))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        screen = app.screen
        screen.query_one(Fold).open = True
        await settle(pilot)
        fields = []
        for _ in range(20):
            await pilot.press("tab")
            await settle(pilot)
            focused = screen.focused
            assert focused is not None
            assert Region(0, 0, *size).contains_region(focused.region), focused
            fields += [row.field for row in focused.ancestors if isinstance(row, FormRow)]
        assert set(fields) == {row.field for row in screen.query(FormRow)}


async def test_the_cursor_stands_in_what_happened_and_the_last_activity_is_told(now: int) -> None:
    app = FormHost(a_form(now))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen.focused, LongText)
        heading = str(app.screen.query_one("#heading").render())
        assert "Nova Robotics" in heading and "Li Wei" in heading
        assert "18 Nov" in heading and "sent product book" in heading


async def test_a_channel_is_one_key_from_anywhere(now: int) -> None:
    app = FormHost(a_form(now))
    async with app.run_test() as pilot:
        await pilot.press("alt+3")
        assert app.screen.query_one("#channel", ChoiceRow).value == "wechat"
        assert app.screen.query_one("#content", LongText).text == ""


@pytest.mark.parametrize(
    ("fields", "channel"),
    [
        ({}, "phone"),
        ({"phone": "", "email": "a@b.c"}, "mail"),
        ({"phone": "", "wechat": "x"}, "wechat"),
        ({"phone": ""}, "phone"),
    ],
)
async def test_the_usual_channel_is_one_that_reaches_the_lead(
    now: int, fields: Mapping[str, object], channel: str
) -> None:
    app = FormHost(a_form(now, a_lead(**fields)))
    async with app.run_test():
        assert app.screen.query_one("#channel", ChoiceRow).value == channel


async def test_without_a_result_the_form_says_so_and_goes_there(now: int) -> None:
    app = FormHost(a_form(now))
    async with app.run_test() as pilot:
        await pilot.press(*"hi", "f2")
        await settle(pilot)
        assert app.result is NOTHING
        row = next(row for row in app.screen.query(FormRow) if row.field == "result")
        assert row.problem
        assert app.screen.focused is row.control
        await pilot.press("n", "enter")
        await settle(pilot)
    assert isinstance(app.result, dict) and app.result["result"] == "no_answer"


async def test_a_note_needs_no_result_and_plans_nothing(now: int) -> None:
    app = FormHost(a_form(now))
    async with app.run_test() as pilot:
        await pilot.press("alt+9", *"seen", "f2")
        await settle(pilot)
    assert isinstance(app.result, dict)
    assert "next_due" not in app.result and "next_step" not in app.result


async def test_after_the_end_nothing_is_proposed_but_what_was_planned_stays(now: int) -> None:
    app = FormHost(a_form(now))
    async with app.run_test() as pilot:
        step = app.screen.query_one("#next_step", Input)
        await pilot.press("tab", "o")
        await settle(pilot)
        assert step.value == ""
        await pilot.press("r")
        await settle(pilot)
        assert step.value == "call"
        step.value = "send quote"
        await pilot.press("o")
        await settle(pilot)
        assert step.value == "send quote"


async def test_for_several_leads_the_plan_is_left_to_each_one(now: int) -> None:
    app = FormHost(a_form(now, planned=False))
    async with app.run_test() as pilot:
        await pilot.press(*"ok", "tab", "r", "enter")
        await settle(pilot)
    assert isinstance(app.result, dict) and "next_due" not in app.result


async def test_a_plan_can_be_emptied(now: int) -> None:
    app = FormHost(a_form(now))
    async with app.run_test() as pilot:
        await pilot.press("tab", "r")
        app.screen.query_one("#next_step", Input).value = ""
        app.screen.query_one("#next_due Input", Input).value = ""
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
    assert isinstance(app.result, dict)
    assert (app.result["next_step"], app.result["next_due"]) == ("", None)


async def test_only_newly_ticked_signals_are_in_the_draft(now: int) -> None:
    detail = a_lead(facts=LeadFacts("working", 0, signals=frozenset({"budget"})))
    app = FormHost(a_form(now, detail))
    async with app.run_test() as pilot:
        await pilot.press("tab", "r", "tab", "i", "b", "f2")
        await settle(pilot)
    assert isinstance(app.result, dict) and app.result["signals"] == ("intent",)


async def test_a_wrong_date_is_told_on_leaving_and_keeps_the_form(now: int) -> None:
    app = FormHost(a_form(now))
    async with app.run_test() as pilot:
        await pilot.press("tab", "r")
        due = app.screen.query_one("#next_due Input", Input)
        due.focus()
        await settle(pilot)
        due.value = "someday soon"
        await pilot.press("tab")
        await settle(pilot)
        row = next(row for row in app.screen.query(FormRow) if row.field == "next_due")
        assert "someday soon" in row.problem
        await pilot.press("f2")
        await settle(pilot)
        assert app.result is NOTHING
        due.value = "+2d"
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
    assert isinstance(app.result, dict) and app.result["next_due_all_day"] is True


async def test_escape_leaves_at_once_when_nothing_was_typed(now: int) -> None:
    app = FormHost(a_form(now))
    async with app.run_test() as pilot:
        await pilot.press("escape")
        await settle(pilot)
    assert app.result is None


async def test_escape_asks_when_something_was_typed_and_no_keeps_it(now: int) -> None:
    app = FormHost(a_form(now))
    async with app.run_test() as pilot:
        await pilot.press("x", "escape")
        await settle(pilot)
        assert isinstance(app.screen, ConfirmScreen)
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen.query_one("#content", LongText).text == "x"
        assert app.result is NOTHING
        await pilot.press("escape", "y")
        await settle(pilot)
    assert app.result is None


async def test_what_the_core_refuses_is_shown_under_its_field(now: int) -> None:
    drafts: list[Draft] = []

    async def save(draft: Draft) -> Mapping[str, str] | None:
        drafts.append(draft)
        if len(drafts) == 1:
            return {"content": "Write one sentence.", "elsewhere": "Something else."}
        if len(drafts) == 2:
            raise FieldProblems({"duration_minutes": "Too long."})
        if len(drafts) == 3:
            raise LeadTUIError("The file is locked; try again.")
        return None

    app = FormHost(a_form(now, on_save=save))
    async with app.run_test() as pilot:
        await pilot.press("tab", "r", "enter")
        await app.workers.wait_for_complete()
        await settle(pilot)
        rows = {row.field: row for row in app.screen.query(FormRow)}
        assert rows["content"].problem == "Write one sentence."
        assert "Something else." in str(app.screen.query_one("#form-problem").render())
        assert isinstance(app.screen.focused, LongText)
        await pilot.press("f2")
        await app.workers.wait_for_complete()
        await settle(pilot)
        rows = {row.field: row for row in app.screen.query(FormRow)}
        assert app.screen.query_one(Fold).open
        assert rows["duration_minutes"].problem == "Too long."
        await pilot.press("f2")
        await app.workers.wait_for_complete()
        await settle(pilot)
        assert "locked" in str(app.screen.query_one("#form-problem").render())
        assert app.result is NOTHING
        await pilot.press("f2")
        await app.workers.wait_for_complete()
        await settle(pilot)
    assert app.result == drafts[3]


async def test_hostile_text_is_shown_as_it_is(now: int) -> None:
    detail = a_lead("[@click=app.quit]x[/]\x1b[2J", "[/]", [an_activity(now, "[b]\u202eevil\x07")])
    app = FormHost(a_form(now, detail))
    async with app.run_test() as pilot:
        await settle(pilot)
        heading = app.screen.query_one("#heading").render()
        assert "[@click=app.quit]x[/]" in str(heading)
        assert not {"\x1b", "\u202e", "\x07"} & set(str(heading))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15", 15),
        ("15 min", 15),
        ("1h", 60),
        ("1h30", 90),
        ("1小时30分钟", 90),
        ("", None),
        ("soon", None),
        ("1.5", None),
    ],
)
def test_durations(text: str, expected: int | None) -> None:
    assert minutes(text) == expected


class Again(App[None]):
    """An app that opens the form for one lead after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []

    def open_for(self, detail: LeadDetail, now: int) -> None:
        proposal = {"next_step": "call", "next_due": TOMORROW, "next_due_all_day": True}
        self.push_screen(follow_up_screen(self, detail, proposal, now, UTC), self.results.append)


async def test_the_form_is_used_again_and_nothing_of_the_last_lead_is_left(now: int) -> None:
    app = Again()
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_for(a_lead("First"), now)
        await settle(pilot)
        app.screen.query_one(Fold).open = True
        await settle(pilot)
        app.screen.query_one("#feedback", Input).value = "good"
        app.screen.query_one("#next_step", Input).value = "send quote"
        await pilot.press(*"one", "alt+4", "tab", "r", "tab", "i", "f2")
        await settle(pilot)
        assert len(app.results) == 1

        budget = LeadFacts("working", 0, signals=frozenset({"budget"}))
        app.open_for(a_lead("Second", facts=budget, phone="", email="a@b.c"), now)
        await settle(pilot)
        assert isinstance(app.screen.focused, LongText)
        heading = str(app.screen.query_one("#heading").render())
        assert "Second" in heading and "First" not in heading
        assert not app.screen.query_one(Fold).open
        await pilot.press("f2")
        await settle(pilot)
        assert len(app.results) == 1, "no result was chosen yet"
        await pilot.press("escape")
        await settle(pilot)
        assert app.results[1] is None, "untouched, so that nothing is asked"

        app.open_for(a_lead("Third"), now)
        await settle(pilot)
        await pilot.press(*"two", "tab", "n", "enter")
        await settle(pilot)
    first, _second, third = app.results
    assert isinstance(first, dict) and isinstance(third, dict)
    assert (first["content"], first["channel"], first["signals"]) == ("one", "visit", ("intent",))
    assert third == {
        **first,
        "content": "two",
        "channel": "phone",
        "result": "no_answer",
        "signals": (),
        "next_step": "call",
        "feedback": "",
    }
