"""The list keeps its cursor and marks with the leads, whatever happens around them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC
from random import Random
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from leadtui.values import LeadRow
from widgets.lead_list import LeadList
from widgets.marks import Marks, ShortOrder


def row(seq: int, **values: Any) -> LeadRow:
    filled: dict[str, Any] = {
        "seq": seq,
        "id": f"id-{seq}",
        "number": f"L-{seq:06d}",
        "tier": "A",
        "score": 80,
        "status": "working",
        "company": f"Company {seq}",
        "contact": "Ada",
        "title": "",
        "next_step": "call",
        "next_due": None,
        "next_due_all_day": False,
        "due_at": None,
        "due_kind": "",
        "owner": "ana",
    }
    return LeadRow(**{**filled, **values})


class ListApp(App[None]):
    """A list alone; `missing` rows can't be had at once."""

    CSS_PATH = "../../screens/app.tcss"

    def __init__(self, missing: bool = False) -> None:
        super().__init__()
        self.asked: list[tuple[int, ...]] = []
        self.messages: list[object] = []
        self.highlights: list[int | None] = []
        self.list = LeadList(self._fetch, now=lambda: 0, zone=UTC)
        self.list.moves = {"j": "move-down", "k": "move-up", "G": "move-last", "g": "move-first"}
        self._missing = missing

    def _fetch(self, seqs: Sequence[int]) -> dict[int, LeadRow]:
        self.asked.append(tuple(seqs))
        return {} if self._missing else {seq: row(seq) for seq in seqs}

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.watch(self.list, "highlighted", self._note, init=False)

    def _note(self, seq: int | None) -> None:
        self.highlights.append(seq)

    def on_row_list_opened(self, event: LeadList.Opened) -> None:
        self.messages.append(event)

    def on_row_list_need_rows(self, event: LeadList.NeedRows) -> None:
        self.messages.append(event)


@asynccontextmanager
async def running(app: ListApp, seqs: Sequence[int] = ()) -> AsyncIterator[Pilot[None]]:
    async with app.run_test(size=(80, 12)) as pilot:
        app.list.focus()
        app.list.set_order(ShortOrder(seqs))
        await pilot.pause()
        yield pilot


def text(app: ListApp) -> list[str]:
    return [strip.text for strip in app.screen._compositor.render_strips()]


async def test_only_what_is_in_sight_is_read() -> None:
    app = ListApp()
    async with running(app, range(1, 1001)) as pilot:
        assert "Company 1 " in text(app)[2]
        assert [len(asked) for asked in app.asked] == [64]
        await pilot.press("G")
        assert app.list.seq == 1000
        assert "Company 1000" in text(app)[-1]
        assert len(app.asked) == 2


async def test_rows_that_come_later_have_a_placeholder() -> None:
    app = ListApp(missing=True)
    async with running(app, [1, 2]) as pilot:
        assert "loading" in text(app)[2]
        await pilot.pause()
        asked = [message for message in app.messages if isinstance(message, LeadList.NeedRows)]
        assert [message.seqs for message in asked] == [(1, 2)]
        app.list.add_rows([row(1)], (1, 2))
        await pilot.pause()
        assert "Company 1" in text(app)[2]
        assert "no longer there" in text(app)[3]


async def test_the_cursor_stays_with_its_lead() -> None:
    app = ListApp()
    async with running(app, [1, 2, 3, 4]) as pilot:
        await pilot.press("j", "j")
        app.list.set_order(ShortOrder([3, 9, 1, 2]))
        assert app.list.seq == 3


@pytest.mark.parametrize(
    ("left", "expected"), [([1, 2, 4, 5], 4), ([1, 2, 5], 5), ([1, 2], 2), ([9, 8], 8), ([], None)]
)
async def test_a_lead_that_is_gone_gives_way_to_the_next_one(left: list[int], expected: int | None) -> None:
    app = ListApp()
    async with running(app, [1, 2, 3, 4, 5]) as pilot:
        await pilot.press("j", "j")
        app.list.set_order(ShortOrder(left), reload=True)
        await pilot.pause()
        assert app.list.seq == expected
        assert app.highlights[-1] == expected


async def test_an_act_changes_the_row_in_place_and_goes_on() -> None:
    app = ListApp()
    async with running(app, [1, 2, 3]) as pilot:
        app.list.update_row(row(1, company="Renamed"), "✓ snoozed to Fri")
        app.list.advance()
        await pilot.pause()
        assert "Renamed" in text(app)[2]
        assert "✓ snoozed to Fri" in text(app)[2]
        assert app.list.seq == 2
        app.list.update_row(row(2), "✓ done")
        app.list.go_to(0)
        app.list.advance()
        assert app.list.seq == 3, "a lead that is done already is passed over"


async def test_marks_survive_a_new_order() -> None:
    app = ListApp()
    async with running(app, [1, 2, 3]) as pilot:
        app.list.toggle_mark(0)
        app.list.toggle_mark(2)
        app.list.set_order(ShortOrder([3, 2, 1]))
        await pilot.pause()
        assert list(app.list.targets()) == [3, 1]
        assert app.list.marked_count == 2
        app.list.clear_marks()
        assert list(app.list.targets()) == [app.list.seq]


async def test_the_end_is_reached_when_the_whole_order_is_there() -> None:
    app = ListApp()
    async with running(app) as pilot:
        app.list.show([row(seq) for seq in range(64)], whole=False)
        await pilot.press("G")
        assert app.list.seq == 63
        app.list.set_order(ShortOrder(range(500)))
        assert app.list.seq == 499


async def test_a_click_moves_and_two_open() -> None:
    app = ListApp()
    async with running(app, [1, 2, 3]) as pilot:
        await pilot.click(LeadList, offset=(20, 3))
        assert app.list.seq == 2
        await pilot.click(LeadList, offset=(20, 4), times=2)
        await pilot.pause()
        assert any(isinstance(message, LeadList.Opened) and message.seq == 3 for message in app.messages)
        await pilot.click(LeadList, offset=(1, 2))
        assert 1 in app.list.marks


async def test_a_cursor_key_draws_two_lines_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app = ListApp()
    drawn: list[int] = []
    draw = LeadList.draw
    async with running(app, range(1, 50)) as pilot:
        text(app)
        monkeypatch.setattr(
            LeadList, "draw", lambda self, line, width: drawn.append(line) or draw(self, line, width)
        )
        await pilot.press("j")
        text(app)
        assert sorted(drawn) == [0, 1]


async def test_a_scrolled_list_looks_like_one_drawn_anew() -> None:
    app = ListApp()
    commands = ("move-down", "move-up", "half-page-down", "half-page-up", "page-down", "page-up", "move-last")
    async with running(app, range(1, 61)) as pilot:
        text(app)
        walk = Random(7)
        for _step in range(200):
            app.list.move(walk.choice(commands))
            app.list.scroll_to_line(app.list.top + walk.randint(-3, 3))
            scrolled = app.screen._compositor.render_strips()
            app.list.touch_all()
            assert scrolled == app.screen._compositor.render_strips()
        await pilot.pause()


async def test_scrolling_by_a_line_draws_what_comes_into_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    app = ListApp()
    drawn: set[int] = set()
    draw = LeadList.draw
    async with running(app, range(1, 1001)) as pilot:
        for _line in range(10):
            await pilot.press("j")
        text(app)
        monkeypatch.setattr(
            LeadList, "draw", lambda self, line, width: drawn.add(line) or draw(self, line, width)
        )
        await pilot.press("j")
        text(app)
        thumb = app.list.top
        assert drawn <= {10, 11, thumb, thumb + 1}


async def test_hostile_names_stay_in_their_line() -> None:
    app = ListApp()
    async with running(app) as pilot:
        names = ["[/]", "\x1b]52;c;evil\x07x", "a\u202eb\nsecond", "x" * 10_000, "[@click=app.quit]q[/]"]
        rows = [row(seq, company=name, contact="\x9b31m") for seq, name in enumerate(names)]
        app.list.show(rows, whole=True)
        await pilot.pause()
        lines = text(app)
        assert "[/]" in lines[2]
        assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for line in lines for sign in line)
        assert "[@click=app" in lines[6]


def test_all_marked_but_some() -> None:
    marks, order = Marks(), ShortOrder(range(10))
    marks.mark_all()
    marks.toggle(3)
    assert marks.count(order) == 9
    assert 3 not in marks
    assert 4 in marks
    assert list(marks.of(order)) == [0, 1, 2, 4, 5, 6, 7, 8, 9]
