"""The detail of a lead: everything that is known, from the first line to the last."""

from __future__ import annotations

from inbox_app import AddLead, app_on, inbox_of, press, screen_lines, settle

from leadtui.workspace import Workspace


def detail_lines(lines: list[str]) -> list[str]:
    start = next(number for number, line in enumerate(lines) if line.startswith("├"))
    return [line[:80] for line in lines[start:]]


async def test_a_long_history_can_be_read_to_its_end(leads: Workspace) -> None:
    from leadtui.followup.activities import log_follow_up

    with leads.read() as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM lead WHERE number = 'L-000001'")]
    for number in range(12):
        with leads.act("Log follow-up") as act:
            log_follow_up(act, ids, {"channel": "phone", "result": "reached", "content": f"call {number}"})
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "filter", *"nova", "enter", "panel-detail", "move-last")
        assert any("call 0" in line for line in detail_lines(screen_lines(pilot)))
        await press(pilot, "move-first")
        assert not any("call 0" in line for line in detail_lines(screen_lines(pilot)))
        assert any("behaviour" in line for line in detail_lines(screen_lines(pilot)))


async def test_the_wheel_scrolls_without_the_focus(leads: Workspace, add_lead: AddLead) -> None:
    add_lead(number="L-000000", company="Tall", tier_chosen="A", need="one\ntwo\nthree", notes="a\nb\nc",
             acquired_at=leads.clock.now() - 9 * 3_600_000, source_channel="expo", owner="ana")  # fmt: skip
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "filter", *"tall", "enter")
        detail = inbox_of(pilot).detail
        assert detail.detail is not None
        before = detail.line_count
        for _turn in range(9):
            detail.scroll_to_line(detail.top + 3)
        await pilot.pause()
        assert detail.line_count > before
        assert detail.top + detail.page == detail.line_count
        await press(pilot, "back", "move-first")
        assert detail.top == 0


async def test_why_a_lead_stands_there_and_what_takes_it_further(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        shown = "\n".join(detail_lines(screen_lines(pilot)))
        assert "tier chosen by you" in shown
        assert "first contact due 2h late" in shown
        assert "Next up" in shown
        assert "ERP before June" not in shown
        assert "○ intent" in shown


async def test_a_lead_that_nothing_speaks_for_says_what_to_ask(leads: Workspace, add_lead: AddLead) -> None:
    add_lead(number="L-000009", company="Blank", status="working", role="user")
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "filter", *"blank", "enter")
        shown = " ".join(line.strip(" │┃") for line in detail_lines(screen_lines(pilot)))
        assert "Why        nothing speaks for more than tier C; not known yet: need, timing" in shown
