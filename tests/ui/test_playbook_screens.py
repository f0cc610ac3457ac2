"""Playbooks, tasks and texts from the keyboard."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from inbox_app import app_on, inbox_of, press, screen_lines, settle
from textual.widgets import OptionList

from leadtui.customers.records import create_record
from leadtui.followup.tasks import add_task
from leadtui.workspace import Workspace
from screens import templates
from screens.templates import TemplatesScreen, mailto


def tasks(workspace: Workspace, condition: str = "1") -> int:
    with workspace.read() as connection:
        return int(connection.execute(f"SELECT count(*) FROM task WHERE {condition}").fetchone()[0])


async def test_a_playbook_is_proposed_started_paused_and_ended(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert "New lead: three touches is proposed" in "\n".join(screen_lines(pilot))
        await press(pilot, "playbook", "1")
        assert tasks(leads) == 3
        assert "Call Li Wei: need, budget" in "\n".join(screen_lines(pilot))
        await press(pilot, "playbook", "p")
        assert "(paused: by hand)" in "\n".join(screen_lines(pilot))
        await press(pilot, "playbook", "r", "playbook", "e")
        assert tasks(leads, "cancelled_at IS NOT NULL") == 3
        await press(pilot, "undo", "undo", "undo", "undo")
        assert tasks(leads) == 0


async def test_every_playbook_of_a_long_list_has_a_key(leads: Workspace, tmp_path: Path) -> None:
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "playbooks" / "zoo.toml").write_text('name = "Zoo"\n[[task]]\ntitle = "Feed them"\n')
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "playbook")
        shown = app.screen.query_one(OptionList)
        lines = [str(option.prompt) for option in shown.options]
        assert not any("Quote and negotiation" in line for line in lines), "that one is for opportunities"
        eleventh = lines[10]
        assert eleventh.startswith("a  ")
        await press(pilot, "a")
        detail = app.inbox.detail.detail
        assert detail is not None and detail.run is not None
        assert detail.run.playbook in eleventh


async def test_a_playbook_is_started_on_several_leads_at_once(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "mark", "mark", "mark", "playbook", "1")
        with leads.read() as connection:
            (runs,) = connection.execute("SELECT count(*) FROM playbook_run").fetchone()
        assert runs == 3
        await press(pilot, "undo")
        assert tasks(leads) == 0


async def test_a_new_task_is_for_the_marked_leads_or_the_one_under_the_cursor(
    leads: Workspace,
) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "tasks", "n", *"ring Nova", "tab", *"tomorrow 9", "f2", "escape")
        assert tasks(leads) == 1
        await press(pilot, "move-down", "mark", "mark", "tasks", "n", *"ring", "tab", *"tomorrow 9", "f2")
        assert tasks(leads) == 3
    with leads.read() as connection:
        of = connection.execute("SELECT company FROM task JOIN lead ON lead.id = lead_id ORDER BY task.id")
        assert [company for (company,) in of] == ["Nova Robotics", "Kestrel Foods", "上海启明科技有限公司"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_tasks_are_added_done_and_taken_back(leads: Workspace, size: tuple[int, int]) -> None:
    with leads.read() as connection:
        (kestrel,) = connection.execute("SELECT id FROM lead WHERE number = 'L-000002'").fetchone()
    with leads.act("New task") as act:
        add_task(act, [kestrel], "寄送样品", leads.clock.now() - 60_000, channel="sample")
    app = app_on(leads)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "tasks")
        text = "\n".join(screen_lines(pilot))
        assert "寄送样品" in text
        assert "Kestrel Foods, M. Okafor · sample" in text
        await press(pilot, "n", *"ring them", "tab", *"tomorrow 9", "f2")
        assert tasks(leads, f"lead_id = '{kestrel}'") == 2, "on the lead of the task under the cursor"
        await press(pilot, "space", "space", "d")
        assert tasks(leads, "done_at IS NOT NULL") == 2
        assert "No task is open" in "\n".join(screen_lines(pilot))
        await press(pilot, "u")
        assert tasks(leads, "done_at IS NOT NULL") == 0
        await press(pilot, "x", "o")
        assert tasks(leads, "cancelled_at IS NOT NULL") == 1
        row = inbox_of(pilot).leads.row
        assert row is not None
        assert row.company == "Kestrel Foods"


async def test_a_text_is_filled_in_copied_and_handed_to_the_mail_program(
    leads: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(templates, "open_mail", lambda url: not opened.append(url))
    app = app_on(leads)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "templates")
        assert isinstance(app.screen, TemplatesScreen)
        lines = "\n".join(screen_lines(pilot))
        assert "First call" in lines
        assert "The lead lacks: source, Need" in lines
        await press(pilot, "move-down", "move-down")
        assert "Subject: Nova Robotics: the information you asked for" in "\n".join(screen_lines(pilot))
        await press(pilot, "y")
        assert app.clipboard.startswith("Dear Li Wei,")
        await press(pilot, "Y")
        assert app.clipboard == "Nova Robotics: the information you asked for"
        await press(pilot, "m", "escape")
        assert app.screen is inbox_of(pilot)
    parts = urlsplit(opened[0])
    assert (parts.scheme, parts.path) == ("mailto", "liwei@nova.example")
    assert parse_qs(parts.query)["body"][0].startswith("Dear Li Wei,\r\n")


async def test_lines_that_cannot_be_used_are_told_at_the_start(leads: Workspace, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "own.md").write_text("Dear {contakt}", encoding="utf-8")
    app = app_on(leads)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        assert any("1 line of your playbooks" in note.message for note in app._notifications)


async def test_without_a_mail_address_nothing_is_opened(leads: Workspace) -> None:
    app = app_on(leads)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "move-down", "templates", "m")
        assert any("no mail address" in note.message for note in app._notifications)


def test_a_mail_address_is_quoted_and_kept_short() -> None:
    url = mailto("a?b&cc=x@y.example", "50% & more?", "line\n" * 4000)
    assert url.startswith("mailto:a%3Fb%26cc%3Dx@y.example?subject=50%25%20%26%20more%3F&body=line%0D%0A")
    assert len(url) <= 8_000


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_an_opportunity_has_its_playbook_with_the_same_key(
    leads: Workspace, size: tuple[int, int]
) -> None:
    with leads.act("Make") as act:
        customer = create_record(act, "customer", {"name": "上海启明"})
        create_record(act, "opportunity", {"name": "ERP", "stage": "quotation", "customer_id": customer})
    app = app_on(leads)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "opportunities", "open")
        assert "Quote and negotiation is proposed" in "\n".join(screen_lines(pilot))
        await press(pilot, "playbook", "1")
        assert tasks(leads, "opportunity_id IS NOT NULL") == 3
        assert "Settle price and terms" in "\n".join(screen_lines(pilot))
        await press(pilot, "playbook", "p")
        assert "(paused: by hand)" in "\n".join(screen_lines(pilot))
        await press(pilot, "playbook", "r", "playbook", "e")
        assert tasks(leads, "cancelled_at IS NOT NULL") == 3
        await press(pilot, "undo", "undo", "undo", "undo")
        assert tasks(leads) == 0
