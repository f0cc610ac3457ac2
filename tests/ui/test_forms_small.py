"""The small questions: snooze, choose, reason, tags, signals, one line, confirm, help, history, palette."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from form_host import NOTHING, FormHost, a_lead
from textual.app import App
from textual.command import CommandPalette
from textual.geometry import Region
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from waiting import settle

from leadtui.commands import BY_ID, COMMANDS, resolve_keys
from leadtui.customers.changes import ToldChange
from leadtui.details import LeadFacts
from leadtui.keys import display_key
from leadtui.store.journal import Entry
from screens.choose import ChooseScreen
from screens.confirm import ConfirmScreen
from screens.help import HelpScreen, help_content
from screens.history import HistoryScreen, history_content
from screens.line_entry import LineScreen
from screens.palette import CommandProvider
from screens.pick import PickScreen
from screens.prompt import PromptScreen
from screens.reason import ReasonScreen
from screens.signals import SignalsScreen
from screens.snooze import SnoozeScreen, day_start
from screens.tags import TagsScreen
from screens.text_view import TextScreen
from screens.welcome import WelcomeScreen

DAY = 86_400_000
MIDNIGHT = 1_795_219_200_000
"""The start of the day of `now`, 21 November 2026, in UTC."""
HOSTILE = "[@click=app.bell]x[/]\x1b[31m\u202e"


async def answer(screen: Screen[Any], *keys: str) -> object:
    """What a screen is dismissed with after some keys."""
    app = FormHost(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await settle(pilot)
    return app.result


@pytest.mark.parametrize(("key", "days"), [("1", 1), ("3", 3), ("w", 7)])
async def test_snoozing_is_one_key(now: int, key: str, days: int) -> None:
    assert await answer(SnoozeScreen(now, UTC), key) == MIDNIGHT + days * DAY


async def test_snoozing_to_a_typed_date(now: int) -> None:
    assert await answer(SnoozeScreen(now, UTC), "d", *"+2d", "enter") == MIDNIGHT + 2 * DAY
    assert await answer(SnoozeScreen(now, UTC), "d", *"tomorrow 9", "enter") == MIDNIGHT + DAY + 9 * 3_600_000


async def test_snoozing_into_the_past_or_to_no_date_is_not_done(now: int) -> None:
    assert await answer(SnoozeScreen(now, UTC), "d", *"yesterday", "enter") is NOTHING
    assert await answer(SnoozeScreen(now, UTC), "d", *"xyz", "enter") is NOTHING
    assert await answer(SnoozeScreen(now, UTC), "d", "enter") is NOTHING
    assert await answer(SnoozeScreen(now, UTC), "d", "1", "escape") is None


@pytest.mark.parametrize(("typed", "end"), [("2月30日", "下周三10点."), ("yesterday", " later.")])
async def test_why_a_date_is_not_taken_is_said_to_its_end(now: int, typed: str, end: str) -> None:
    app = FormHost(SnoozeScreen(now, UTC))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d", *typed, "enter")
        await settle(pilot)
        strips = app.screen._compositor.render_strips()
        assert any(end in strip.text for strip in strips)


def test_days_begin_at_local_midnight_even_when_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = 1_792_836_000_000  # 24 October 2026, 12:00 in Berlin; the clocks go back in the night after
    assert day_start(before, berlin, 2) - day_start(before, berlin, 1) == DAY + 3_600_000


async def test_a_choice_is_one_key_or_the_arrows() -> None:
    options = [("a", 1, "A " + HOSTILE), ("b", 2, "B"), ("", 3, "上海")]
    assert await answer(ChooseScreen("Tier", options), "b") == 2
    assert await answer(ChooseScreen("Tier", options), "j", "down", "enter") == 3
    assert await answer(ChooseScreen("Tier", options), "z") is NOTHING
    assert await answer(ChooseScreen("Tier", options), "escape") is None


async def test_picking_narrows_while_one_types() -> None:
    fields = [("company", "Company"), ("contact", "Contact"), ("city", "City")]
    assert await answer(PickScreen("Field", fields, "contact"), "enter") == "contact"
    assert await answer(PickScreen("Field", fields, "contact"), *"ci", "enter") == "city"
    assert await answer(PickScreen("Field", fields, "company"), "down", "enter") == "contact"
    assert await answer(PickScreen("Field", fields), *"zz", "enter") is NOTHING


async def test_a_reason_is_one_key_and_a_note_may_follow() -> None:
    reasons = ("price", "my own [word]")
    assert await answer(ReasonScreen("Lost", reasons), "1", "enter") == ("price", "")
    assert await answer(ReasonScreen("Lost", reasons), "2", *"too late", "enter") == (
        "my own [word]",
        "too late",
    )
    assert await answer(ReasonScreen("Lost", reasons), "tab", *"ok", "enter") == ("", "ok")
    assert await answer(ReasonScreen("Lost", reasons), "f2") is NOTHING
    assert await answer(ReasonScreen("Lost", reasons, required=False), "f2") == ("", "")
    assert await answer(ReasonScreen("Convert", ()), "f2") is NOTHING
    assert await answer(ReasonScreen("Convert", ()), *"ok", "enter") == ("", "ok")


async def test_tags_are_added_and_removed() -> None:
    assert await answer(TagsScreen(["expo"], ["VIP"]), *"new, vip", "enter", "enter") == (("VIP", "new"), ())
    assert await answer(TagsScreen(["expo", "x"], []), "down", "space", "f2") == ((), ("expo",))
    assert await answer(TagsScreen(["expo"], []), *"EXPO", "enter", "f2") == ((), ())
    assert await answer(TagsScreen([HOSTILE], []), "f2") == ((), ())
    assert await answer(TagsScreen(["expo"], []), "escape") is None
    few = TagsScreen(["all"], [], ["few"])
    assert await answer(few, "f2") == ((), ()), "what only some leads have stays as it is"
    few = TagsScreen(["all"], [], ["few"])
    assert await answer(few, "down", "down", "space", "f2") == (("few",), ())
    few = TagsScreen(["all"], [], ["few"])
    assert await answer(few, "down", "down", "space", "space", "f2") == ((), ("few",))


async def test_signals_answers_and_events_hold_only_what_changed() -> None:
    facts = LeadFacts("working", 0, signals=frozenset({"budget"}), bant=(3, None, None, 10))
    app = FormHost(SignalsScreen(a_lead(facts=facts)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("i", "b", "tab", "w", "p", "w", "tab", "7", "tab", "2")
        app.screen.query_one("#bant_timing", Input).value = ""
        await pilot.press("f2")
        await settle(pilot)
    assert app.result == {
        "signals": {"intent": True, "budget": False},
        "bant": {"budget": 7, "authority": 2, "timing": None},
        "engagements": ("white_paper", "page_view", "white_paper"),
    }


async def test_an_answer_above_ten_is_refused() -> None:
    assert await answer(SignalsScreen(a_lead()), "tab", "tab", *"11", "enter") is NOTHING


async def test_a_line_is_read_while_it_is_typed(now: int) -> None:
    app = FormHost(LineScreen(a_lead(HOSTILE), now, UTC))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(Input).value = "phone reached, budget ok > quote fri 10 #vip"
        await settle(pilot)
        preview = str(app.screen.query_one(Static).render())
        for part in ("phone, reached", "budget", "quote", "Fri 27 Nov 2026 10:00", "vip"):
            assert part in preview
        await pilot.press("enter")
        await settle(pilot)
    assert isinstance(app.result, dict)
    assert (app.result["channel"], app.result["result"]) == ("phone", "reached")
    assert (app.result["next_step"], app.result["tags"]) == ("quote", ("vip",))


@pytest.mark.parametrize("line", ["", "wants a demo", "phone > quote", "phone reached > quote yesterday"])
async def test_a_line_that_lacks_something_is_not_taken(now: int, line: str) -> None:
    app = FormHost(LineScreen(a_lead(), now, UTC))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(Input).value = line
        await pilot.press("enter")
        await settle(pilot)
        assert app.result is NOTHING


async def test_a_typed_line_is_not_left_unasked(now: int) -> None:
    assert await answer(LineScreen(a_lead(), now, UTC), "escape") is None
    assert await answer(LineScreen(a_lead(), now, UTC), *"phone", "escape", "n") is NOTHING
    assert await answer(LineScreen(a_lead(), now, UTC), *"phone", "escape", "y") is None


@pytest.mark.parametrize(
    ("keys", "expected"),
    [(["y"], True), (["n"], False), (["escape"], False), (["enter"], False), (["tab", "enter"], False)],
)
async def test_only_y_means_yes(keys: list[str], expected: bool) -> None:
    assert await answer(ConfirmScreen("Really?" + HOSTILE), *keys) is expected


async def test_a_line_is_asked_for() -> None:
    screen = PromptScreen("Save view", "Name", required="Give it a name.")
    assert await answer(screen, "enter") is NOTHING
    assert await answer(PromptScreen("Owner", "Owner", value="ana"), "enter") == "ana"
    assert await answer(PromptScreen("Owner", "Owner", known=["boris"]), "b", "right", "enter") == "boris"


async def test_the_welcome() -> None:
    keys, _problems = resolve_keys({})
    assert await answer(WelcomeScreen(keys), "s") == "sample"
    assert await answer(WelcomeScreen(keys), "i") == "import"
    assert await answer(WelcomeScreen(keys), "e") == "empty"


async def test_the_welcome_knows_the_keys_that_the_empty_list_beneath_names() -> None:
    keys, _problems = resolve_keys({"new-lead": "N", "screening": ""})
    assert await answer(WelcomeScreen(keys), "I") == "import"
    assert await answer(WelcomeScreen(keys), "N") == "new-lead"


def test_help_shows_every_command_with_the_keys_it_has_now() -> None:
    keys, _problems = resolve_keys({"follow-up": "f6"})
    text = help_content(keys, 100).plain
    for command in COMMANDS:
        assert command.help in text
        assert " ".join(map(display_key, keys[command.id])) in text
    assert "\nf6 " in text and "\nf " not in text


async def test_help_that_is_too_long_for_its_line_goes_on_beneath_itself() -> None:
    app = FormHost(HelpScreen(resolve_keys({})[0]))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = app.screen.query_one(Static)
        lines = [strip.text.rstrip() for strip in shown.render_lines(shown.region.reset_offset)]
    at = next(number for number, line in enumerate(lines) if line.startswith("= "))
    assert lines[at].endswith("differ") and lines[at + 1] == " " * 30 + "now"


@pytest.mark.parametrize("key", ["escape", "q", "enter"])
async def test_help_closes(key: str) -> None:
    assert await answer(HelpScreen(resolve_keys({})[0]), "j", "G", "g", key) is None


async def test_a_text_is_shown_as_it_is_and_closes() -> None:
    app = FormHost(TextScreen("Card", HOSTILE + "\nline two"))
    async with app.run_test() as pilot:
        await settle(pilot)
        shown = str(app.screen.query_one(Static).render())
        assert shown == "[@click=app.bell]x[/]\nline two"


async def test_history_tells_who_changed_what(now: int) -> None:
    entry = Entry(1, "x", "act", "Log [b]", "ana", now << 16, None, 1, 3)
    changes = [
        ToldChange("activity created", ""),
        ToldChange("Company", f"{HOSTILE} → 上海"),
        ToldChange("Notes", "x" * 1000),
    ]
    lines = history_content([(entry, changes)], UTC).plain.splitlines()
    assert lines[:3] == [
        "2026-11-21 10:42  Log [b]  ana",
        "  activity created",
        "  Company: [@click=app.bell]x[/] → 上海",
    ]
    assert len(lines[3]) < 200
    assert await answer(HistoryScreen("History", [], UTC), "escape") is None


class Commanded(Screen[None]):
    """A screen that notes the commands it is told to run."""

    ran: str = ""

    @property
    def keys_shown(self) -> Mapping[str, str]:
        return {command.id: "f6" if command.id == "follow-up" else "" for command in COMMANDS}

    def run_command(self, command: str) -> None:
        self.ran = command


class PaletteApp(App[None]):
    """The palette over a screen."""

    def on_mount(self) -> None:
        self.push_screen(Commanded())
        self.push_screen(CommandPalette([CommandProvider]))


async def test_the_palette_finds_commands_by_name_and_runs_them() -> None:
    app = PaletteApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, CommandPalette)
        await pilot.press(*"snooze")
        await app.workers.wait_for_complete()
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        if isinstance(app.screen, CommandPalette):
            await pilot.press("enter")
            await settle(pilot)
        assert isinstance(app.screen, Commanded)
        assert app.screen.ran == "snooze"


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
@pytest.mark.parametrize("kind", ["snooze", "choose", "reason", "tags", "signals", "line", "help", "welcome"])
async def test_small_screens_fit(now: int, kind: str, size: tuple[int, int]) -> None:
    many = [("", str(number), "上海 " * 30) for number in range(60)]
    screens: dict[str, Screen[Any]] = {
        "snooze": SnoozeScreen(now, UTC),
        "choose": ChooseScreen("Views", many),
        "reason": ReasonScreen("Lost", [f"reason {number}" for number in range(20)]),
        "tags": TagsScreen([], [f"tag {number}" for number in range(60)]),
        "signals": SignalsScreen(a_lead("上海 " * 40)),
        "line": LineScreen(a_lead("上海 " * 40), now, UTC),
        "help": HelpScreen(resolve_keys({})[0]),
        "welcome": WelcomeScreen(resolve_keys({})[0]),
    }
    app = FormHost(screens[kind])
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        screen = Region(0, 0, *size)
        for widget in app.screen.children:
            assert screen.contains_region(widget.region), widget
        options = app.screen.query(OptionList)
        if options:
            assert screen.contains_region(options.first().region)


def test_every_command_has_its_own_id() -> None:
    assert set(BY_ID) == {command.id for command in COMMANDS}
