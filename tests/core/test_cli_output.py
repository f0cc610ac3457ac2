"""What is printed can't move the cursor, is never markup, and fits where it is read."""

from __future__ import annotations

import io
import json
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from leadtui.cli import output
from leadtui.cli.output import print_json, print_pairs, print_table


class Screen(io.StringIO):
    """A terminal as wide as `COLUMNS` says."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_a_narrow_terminal_cuts_the_widest_columns_only(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")
    print_table(
        ("Tier", "Company", "Due"), [("A", "上海启明科技有限公司" * 5, "2h late"), ("B", "x", "14:00")]
    )
    lines = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue()).splitlines()
    assert max(map(cell_len, lines)) <= 60
    assert "2h late" in screen.getvalue()
    assert "…" in lines[2]
    assert lines[2].startswith("A ")


def test_the_number_of_a_record_is_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("COLUMNS", "24")
    monkeypatch.setenv("TERM", "xterm")
    print_table(("Number", "Company", "Due"), [("L-7K3QF2", "Nova Robotics", "2h late")] * 2)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue()).splitlines()
    assert max(map(cell_len, lines)) <= 24
    assert lines[2].startswith("L-7K3QF2 ")


def test_what_is_piped_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("Company",), [("上海启明科技有限公司" * 50,)])
    out = capsys.readouterr().out
    assert "上海启明科技有限公司" * 50 in out
    assert all(line == line.rstrip() for line in out.splitlines())


def test_markup_and_emoji_codes_are_texts(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("[b]x[/b]",), [("[red]y[/red] :smile:",)], "[i]t[/i]")
    print_pairs([("[b]n[/b]", "[link=x]v[/link]")])
    out = capsys.readouterr().out
    for text in ("[b]x[/b]", "[red]y[/red] :smile:", "[i]t[/i]", "[b]n[/b]", "[link=x]v[/link]"):
        assert text in out


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=30), max_size=3))
def test_json_is_read_back_and_holds_no_control_characters(document: dict[str, str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        out = Screen()
        patch.setattr(output.sys, "stdout", out)
        print_json(document)
    assert json.loads(out.getvalue()) == document
    assert not any(ord(character) < 32 and character != "\n" for character in out.getvalue())
    assert not any(character in out.getvalue() for character in "\x7f\x80\x9b\u202e\u2066\u2028")


def test_lone_halves_of_characters_are_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"x": "\ud800"})
    assert "\\ud800" in capsys.readouterr().out
