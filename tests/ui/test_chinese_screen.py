"""The screen in Chinese, whose characters are two columns wide: nothing is cut, every line is full."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from inbox_app import app_on, press, screen_lines, settle
from rich.cells import cell_len

from leadtui.customers.records import create_record
from leadtui.i18n import use_language
from leadtui.workspace import Workspace
from widgets.form import FormRow
from widgets.plain import cut

SIZES = [(120, 36), (80, 24)]
LABEL_WIDTH = 16


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    use_language("zh_CN")
    yield
    use_language("en")


@pytest.mark.parametrize("size", SIZES)
async def test_the_bars_and_heads_stand_in_full(leads: Workspace, size: tuple[int, int]) -> None:
    async with app_on(leads).run_test(size=size) as pilot:
        await settle(pilot)
        lines = screen_lines(pilot)
    assert lines[0].startswith(" LeadTUI   待处理 ▾ 7   逾期 ")
    assert "待观察 0" in lines[0]
    assert lines[0].endswith("11月21日 周六 10:42" if size[0] == 120 else " 10:42")
    assert lines[2].split("│")[1].split() == "等级 评分 公司 联系人 下一步 到期".split()
    assert "逾期2小时" in lines[3]
    assert lines[-1].strip() == "f 跟进  c 转换  s 暂缓  d 完成  / 筛选  ? 帮助  ^p 命令"
    assert {cell_len(line) for line in lines[1:-1]} == {size[0]}
    assert any(" 逾期 (" in line for line in lines) == (size[0] == 120)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("command", ["follow-up", "new-lead", "edit", "signals", "fields"])
async def test_no_name_of_a_field_is_cut(leads: Workspace, size: tuple[int, int], command: str) -> None:
    async with app_on(leads).run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, command)
        if command == "fields":
            await press(pilot, "n")
        names = [row.label for row in pilot.app.screen.query(FormRow)]
        assert names
        assert [name for name in names if cut(name, LABEL_WIDTH) != name] == []
        assert all(cell_len(line) <= size[0] for line in screen_lines(pilot))


async def test_commands_are_found_by_chinese_words_and_by_their_ids(leads: Workspace) -> None:
    async with app_on(leads).run_test(size=(80, 24)) as pilot:
        for typed in ("一句话", "line-e"):
            await settle(pilot)
            await press(pilot, "palette", *typed)
            await settle(pilot)
            assert any("一句话跟进" in line for line in screen_lines(pilot))
            await pilot.press("escape", "escape")


async def test_an_act_is_said_and_recorded_in_chinese(leads: Workspace) -> None:
    async with app_on(leads).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(
            pilot, "line-entry", *"微信", "space", *"已回复", "comma", *"要报价", ">", *"周五10点", "enter"
        )
        await settle(pilot)
        said = "\n".join(screen_lines(pilot))
        assert "✓ 已跟进，下次 周五 10:00" in said
        await press(pilot, "move-up", "history")
        assert any("记录跟进" in line for line in screen_lines(pilot))


async def test_a_customer_says_in_words_how_large_it_is(workspace: Workspace) -> None:
    with workspace.act("New customer") as act:
        create_record(act, "customer", {"name": "Nova", "company_size": "large"})
        create_record(act, "customer", {"name": "Orbit", "company_size": "200-500"})
    async with app_on(workspace).run_test(size=(80, 24)) as pilot:
        await press(pilot, "customers", "open")
        assert any("大" in line for line in screen_lines(pilot))
        assert not any("large" in line for line in screen_lines(pilot))
        await press(pilot, "back", "move-down", "open")
        assert any("200-500" in line for line in screen_lines(pilot))
