"""The main screen over a real file: what stands on it, and how a rep gets around."""

from __future__ import annotations

from pathlib import Path

import pytest
from inbox_app import AddLead, app_on, company, inbox_of, press, screen_lines, settle
from textual import events

from leadtui.clock import FixedClock
from leadtui.settings import Look, Settings
from leadtui.workspace import Workspace
from screens.too_small import TooSmallScreen
from widgets.lead_detail import LeadDetailPanel
from widgets.lead_list import LeadList
from widgets.reminder_panel import ReminderPanel

HOUR = 3_600_000
SIZES = [(120, 36), (80, 24)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_frame_shows_list_and_detail(leads: Workspace, size: tuple[int, int]) -> None:
    app = app_on(leads)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        lines = screen_lines(pilot)
        assert len(lines) == size[1]
        assert "Inbox ▾ 7" in lines[0]
        assert "Sat 21 Nov 10:42" in lines[0]
        assert "Nova Robotics" in lines[3]
        assert "2h late" in lines[3]
        assert any("L-000001" in line and "Nova Robotics" in line for line in lines)
        assert any("behaviour 0/40" in line for line in lines)
        assert any("+8613800001234" in line for line in lines)
        assert company(pilot) == "Nova Robotics"


async def test_the_order_is_tier_score_due(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        order = [company(pilot)]
        for _line in range(6):
            await press(pilot, "move-down")
            order.append(company(pilot))
        assert order == [
            "Nova Robotics",
            "Kestrel Foods",
            "上海启明科技有限公司",
            "Halden Optics",
            "Arbor Hotels",
            "Birch Media",
            "Cedar Tools",
        ]
        detail = inbox_of(pilot).detail.detail
        assert detail is not None
        assert detail.row.company == "Cedar Tools"


async def test_reminders_lead_to_their_leads(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert "Overdue (1)" in screen_lines(pilot)[1]
        assert any("Today (6)" in line for line in screen_lines(pilot))
        await press(pilot, "panel-reminders", "move-last", "open")
        assert company(pilot) == "Cedar Tools"
        assert inbox_of(pilot).leads.has_focus


async def test_a_lead_that_is_clicked_twice_is_read(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.click(LeadList, offset=(20, 3), times=2)
        await settle(pilot)
        assert company(pilot) == "Kestrel Foods"
        assert inbox_of(pilot).detail.has_focus


async def test_narrow_screens_open_the_reminders_over_the_list(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        panel = pilot.app.screen.query_one(ReminderPanel)
        assert not panel.display
        assert "Overdue 1" in screen_lines(pilot)[0]
        await press(pilot, "panel-reminders")
        assert panel.display
        assert panel.has_focus
        await press(pilot, "back")
        assert not panel.display
        assert inbox_of(pilot).leads.has_focus


async def test_a_new_overdue_item_rings_once(
    leads: Workspace, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on(leads)
    rung: list[int] = []
    monkeypatch.setattr(app, "bell", lambda: rung.append(clock.at))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert not rung, "what was late before the start was not missed by anybody"
        clock.at += 2 * HOUR
        inbox_of(pilot).tick()
        await settle(pilot)
        assert len(rung) == 1
        assert any("Kestrel Foods" in note.message for note in app._notifications)
        inbox_of(pilot).tick()
        await settle(pilot)
        assert len(rung) == 1


async def test_the_bell_can_be_switched_off(
    leads: Workspace, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads.settings = Settings(look=Look(timezone="UTC", bell=False, toast=False))
    app = app_on(leads)
    rung: list[int] = []
    monkeypatch.setattr(app, "bell", lambda: rung.append(1))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        clock.at += 2 * HOUR
        inbox_of(pilot).tick()
        await settle(pilot)
        assert not rung
        assert not list(app._notifications)


async def test_views(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "view", "3")
        assert inbox_of(pilot).view == "overdue"
        assert "Overdue ▾ 1" in screen_lines(pilot)[0]
        await press(pilot, "back")
        assert inbox_of(pilot).view == "inbox"
        await pilot.click("TopBar", offset=(screen_lines(pilot)[0].index("New"), 0))
        await settle(pilot)
        assert inbox_of(pilot).view == "new"


async def test_an_empty_view_names_the_next_key(workspace: Workspace) -> None:
    app = app_on(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        shown = "\n".join(screen_lines(pilot))
        assert "No leads yet." in shown
        assert "n enters one" in shown


async def test_an_empty_file_is_welcomed_until_a_step_is_taken(workspace: Workspace, tmp_path: Path) -> None:
    for choice, wants_sample in (("s", True), ("e", False), ("", False)):
        app = app_on(workspace, state_path=tmp_path / "state.json")
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert ("Welcome" in "\n".join(screen_lines(pilot))) == bool(choice)
            if choice:
                await press(pilot, choice)
        assert app.wants_sample == wants_sample


async def test_a_theme_is_remembered(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text("{broken")
    app = app_on(workspace, state_path=path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "e", "palette", *"theme nord", "enter", "enter")
    assert app_on(workspace, state_path=path).theme == "nord"


async def test_marks_and_escape_go_back_one_level_at_a_time(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "mark", "mark", "filter", *"tier:a", "enter")
        inbox = inbox_of(pilot)
        assert inbox.leads.line_count == 2
        assert inbox.leads.marked_count == 2
        await press(pilot, "panel-detail")
        assert pilot.app.screen.query_one(LeadDetailPanel).has_focus
        await press(pilot, "back")
        assert inbox.leads.has_focus
        await press(pilot, "back")
        assert inbox.leads.marked_count == 0
        assert inbox.filter_text == "tier:a"
        await press(pilot, "back")
        assert inbox.filter_text == ""
        assert inbox.leads.line_count == 7
        await press(pilot, "mark-all")
        assert inbox.leads.marked_count == 7
        assert "7 marked" in screen_lines(pilot)[-1]


async def test_the_list_follows_the_filter_as_it_is_typed(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "filter", *"tier:c")
        assert inbox_of(pilot).leads.line_count == 4
        assert company(pilot) == "Halden Optics"
        await press(pilot, "escape")
        assert inbox_of(pilot).leads.line_count == 7
        assert inbox_of(pilot).leads.has_focus
        await press(pilot, "filter", *"ti", "tab")
        assert inbox_of(pilot).filter_bar.text == "tier:"
        await press(pilot, *"zzz", "down")
        assert inbox_of(pilot).leads.has_focus


async def test_who_is_searched_for_is_found_beyond_the_view(leads: Workspace) -> None:
    app = app_on(leads, view="overdue")
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "filter", *"kestrel")
        assert company(pilot) == "Kestrel Foods"
        assert screen_lines(pilot)[1].startswith("┌ All: ")
        await press(pilot, "escape")
        assert company(pilot) == "Nova Robotics"
        assert inbox_of(pilot).leads.line_count == 1


async def test_letters_in_the_filter_are_no_commands(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "filter", *"qdx 1u")
        assert inbox_of(pilot).filter_bar.text == "qdx 1u"


async def test_too_small_says_what_is_needed_and_comes_back(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "move-down")
        await pilot.resize_terminal(20, 5)
        await settle(pilot)
        assert isinstance(app.screen, TooSmallScreen)
        assert "80" in "\n".join(screen_lines(pilot))
        await pilot.resize_terminal(120, 36)
        await settle(pilot)
        assert app.screen is inbox_of(pilot)
        assert company(pilot) == "Kestrel Foods"
        assert "Nova Robotics" in screen_lines(pilot)[3]


async def test_another_program_writes(leads: Workspace, add_lead: AddLead) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "move-down", "mark")
        other = Workspace.open(leads.path, leads.settings, leads.clock, "bob")
        with other.act("Edit lead") as act:
            act.connection.execute("UPDATE lead SET company = 'Kestrel & Sons' WHERE number = 'L-000002'")
        other.close()
        add_lead(number="L-000009", company="Zephyr", tier_chosen="A")
        app._look_at_file()
        await settle(pilot)
        shown = "\n".join(screen_lines(pilot))
        assert "Kestrel & Sons" in shown
        assert inbox_of(pilot).leads.line_count == 7, "the order is frozen"
        assert "changed elsewhere" in screen_lines(pilot)[-1] or "1 marked" in screen_lines(pilot)[-1]
        before = company(pilot)
        await press(pilot, "resort")
        assert inbox_of(pilot).leads.line_count == 8
        assert inbox_of(pilot).leads.marked_count == 1
        assert company(pilot) == before


async def test_an_empty_list_shows_what_another_program_brought(
    workspace: Workspace, add_lead: AddLead
) -> None:
    app = app_on(workspace, view="all")
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert inbox_of(pilot).leads.line_count == 0
        add_lead(number="L-000009", company="Zephyr")
        app._look_at_file()
        await settle(pilot)
        assert company(pilot) == "Zephyr"
        assert "changed elsewhere" not in screen_lines(pilot)[-1]


async def test_an_unexpected_error_is_told_and_the_app_goes_on(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)

        def fails(_connection: object) -> None:
            raise RuntimeError("[/] boom")

        inbox_of(pilot).load("test", fails, lambda nothing: None)
        await settle(pilot)
        assert "boom" in "\n".join(screen_lines(pilot))
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is inbox_of(pilot)


async def test_hostile_leads_are_only_text(workspace: Workspace, add_lead: AddLead) -> None:
    for number, name in enumerate(["[/]", "[@click=app.quit]x[/]", "\x1b]52;c;ZXZpbA==\x07", "a\u202eb\nc"]):
        add_lead(number=f"L-{number:06d}", company=name, contact=name, need=name, notes=name, title=name)
    app = app_on(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        for _lead in range(4):
            signs = set("".join(screen_lines(pilot)))
            assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 or sign == "\u202e" for sign in signs)
            await press(pilot, "move-down")
        await pilot.click(LeadList, offset=(20, 3), times=2)
        await settle(pilot)
        assert app.is_running


async def test_the_palette_runs_a_command(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "palette", *"mark all", "enter", "enter")
        assert inbox_of(pilot).leads.marked_count == 7


async def test_plain_signs_for_plain_terminals(leads: Workspace) -> None:
    leads.settings = Settings(look=Look(timezone="UTC", ascii=True))
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        signs = {sign for line in screen_lines(pilot) for sign in line if ord(sign) > 127}
        assert not signs - set("上海启明科技有限公司王芳采购总监演示…")
        for command, screen in (("snooze", "Snooze until"), ("follow-up", "What happened")):
            await press(pilot, command)
            shown = "\n".join(screen_lines(pilot))
            assert screen in shown and not set(shown) & set("╭│─╯")
            await press(pilot, "back")


async def test_the_scrollbar_can_be_dragged(leads: Workspace, add_lead: AddLead) -> None:
    for number in range(100):
        add_lead(number=f"L-1{number:05d}", company=f"Company {number}", tier_chosen="C")
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        edge = inbox_of(pilot).leads.outer_size.width - 1
        await pilot.mouse_down(LeadList, offset=(edge, 3))
        await pilot.hover(LeadList, offset=(edge, 19))
        await pilot.mouse_up(LeadList, offset=(edge, 19))
        assert inbox_of(pilot).leads.top + inbox_of(pilot).leads.page == 107
        await pilot._post_mouse_events([events.MouseScrollUp], LeadList, offset=(20, 5))
        await settle(pilot)
        assert inbox_of(pilot).leads.top + inbox_of(pilot).leads.page == 104


async def test_without_colours_it_works_too(leads: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "move-down")
        for strip in app.screen._compositor.render_strips()[1:4]:
            for segment in strip:
                colour = segment.style.color if segment.style else None
                assert colour is None or len(set(colour.get_truecolor())) == 1, "grey only"
