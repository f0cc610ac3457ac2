"""Foreign text is shown as it is, harmless, and measured in cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from leadtui.text import clean, one_line
from widgets.plain import cut, fit, plain, wrap

FAMILY = "👨‍👩‍👧"
HOSTILE = ["\x1b]52;c;ZXZpbA==\x07", "\x9b31m", "a\u202eb", "\u2066x\u2069", "\x00", "\x7f", "\ud800"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_moves_a_terminal_is_taken_out(text: str) -> None:
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in clean(text))
    assert not set(clean(text)) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ud800")


def test_line_feeds_tabs_and_joined_emoji_stay() -> None:
    assert clean(f"a\r\nb\tc {FAMILY}\u2028d") == f"a\nb\tc {FAMILY}\nd"
    assert one_line(f" a\r\n\r\nb\tc {FAMILY} ") == f"a b c {FAMILY}"


@pytest.mark.parametrize(
    "name", ["[/]", "[ACME] Corp", "[$5k]", "[ 50% ]", "[@click=app.quit]x[/]", "[red]x"]
)
def test_markup_is_text(name: str) -> None:
    assert plain(name).plain == name
    assert not plain(name).spans


def test_chinese_is_cut_and_filled_by_cells() -> None:
    assert fit("上海启明科技", 7) == "上海启…"
    assert fit("上海启明科技", 8) == "上海启… "
    assert fit("王芳", 6, right=True) == "  王芳"
    assert cut("Nova Robotics", 8) == "Nova Ro…"
    assert cut("abc", 1) == "…"
    assert cut("abc", 0) == ""


def test_wrapping_breaks_at_spaces_and_between_chinese_signs() -> None:
    assert wrap("six sites in two years", 9) == ["six sites", "in two", "years"]
    assert wrap("六月前更换系统", 6) == ["六月前", "更换系", "统"]
    assert wrap("one\n\ntwo\n", 10) == ["one", "", "two"]
    assert wrap("a b c d e f", 3, most=2) == ["a b", "c…"]


TEXTS = st.text(st.characters(codec=None), max_size=40)


@given(TEXTS, st.integers(0, 30), st.booleans())
def test_a_fitted_text_is_as_wide_as_asked(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(text, width, right)) == width


@given(TEXTS, st.integers(2, 30))
def test_no_wrapped_line_is_too_wide(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrap(text, width))


@given(st.text(st.characters(codec=None)))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert one_line(one_line(text)) == one_line(text)
    assert "\n" not in one_line(text)
