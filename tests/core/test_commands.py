"""The registry of commands and what a user's `[keys]` make of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.commands import (
    ANY,
    BY_ID,
    COMMANDS,
    DETAIL,
    LIST,
    RECORDS,
    REMINDERS,
    resolve_keys,
)
from leadtui.keys import display_key, key_name, nearest_key, refusal

DEFAULTS = {command.id: command.keys for command in COMMANDS}


def clashes(keys: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """The pairs of commands that share a key where both listen."""
    found = []
    for position, one in enumerate(COMMANDS):
        for other in COMMANDS[position + 1 :]:
            together = ANY in (*one.contexts, *other.contexts) or set(one.contexts) & set(other.contexts)
            if together and set(keys[one.id]) & set(keys[other.id]):
                found.append((one.id, other.id))
    return found


def test_ids_are_unique_and_defaults_do_not_clash() -> None:
    assert len(BY_ID) == len(COMMANDS)
    assert clashes(DEFAULTS) == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_is_complete(command: object) -> None:
    from leadtui.commands import Command

    assert isinstance(command, Command)
    assert command.label and command.help
    assert command.contexts and set(command.contexts) <= {LIST, DETAIL, REMINDERS, RECORDS, ANY}
    assert command.action.isidentifier()
    for key in command.keys:
        assert key_name(key) == key
        assert refusal(key) == ""


def test_the_footer_holds_seven_keys_at_most() -> None:
    assert 5 <= sum(command.footer for command in COMMANDS) <= 7


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        ("follow-up", ("f",)),
        ("line-entry", ("semicolon",)),
        ("redo", ("U", "ctrl+r")),
        ("palette", ("ctrl+p", "colon")),
        ("help", ("question_mark", "f1")),
        ("import", ("I",)),
    ],
)
def test_defaults(command: str, keys: tuple[str, ...]) -> None:
    assert DEFAULTS[command] == keys


def test_without_settings_the_defaults_stand() -> None:
    assert resolve_keys({}) == (DEFAULTS, ())


def test_a_setting_replaces_all_keys_of_its_command() -> None:
    keys, problems = resolve_keys({"follow-up": "f6, L", "page-down": "PgDn,ctrl+F"})
    assert problems == ()
    assert keys["follow-up"] == ("f6", "L")
    assert keys["page-down"] == ("pagedown", "ctrl+f")


def test_two_commands_can_swap_keys() -> None:
    keys, problems = resolve_keys({"follow-up": "s", "snooze": "f"})
    assert problems == ()
    assert (keys["follow-up"], keys["snooze"]) == (("s",), ("f",))


def test_an_empty_setting_takes_the_keys_away() -> None:
    keys, problems = resolve_keys({"quit": ""})
    assert (keys["quit"], problems) == ((), ())


def test_a_lone_comma_is_the_comma_key() -> None:
    assert resolve_keys({"quit": ","})[0]["quit"] == ("comma",)


@pytest.mark.parametrize(
    ("setting", "nearest", "told"),
    [
        ({"folow-up": "f"}, "follow-up", "follow-up"),
        ({"zzzzzz": "f"}, "", "leadtui keys"),
        ({"snooze": "pagdown"}, "pagedown", "pagedown"),
        ({"snooze": "ctl+x"}, "ctrl+x", "ctrl+x"),
        ({"snooze": "spcae"}, "space", "space"),
        ({"snooze": "ctrl+i"}, "", "tab"),
        ({"snooze": "ctrl+j"}, "", "enter"),
        ({"snooze": "tab"}, "", "focus"),
        ({"snooze": "j"}, "", "move-down"),
        ({"snooze": "hello world"}, "", "no key"),
    ],
)
def test_a_wrong_setting_is_told_and_the_default_kept(
    setting: dict[str, str], nearest: str, told: str
) -> None:
    keys, problems = resolve_keys(setting)
    assert keys == DEFAULTS
    assert len(problems) == 1
    assert problems[0].nearest == nearest
    assert told in problems[0].sentence


def test_giving_way_can_cascade() -> None:
    keys, problems = resolve_keys({"snooze": "d", "done": "f"})
    assert keys == DEFAULTS
    assert {problem.command for problem in problems} == {"done", "snooze"}


@given(
    st.dictionaries(
        st.sampled_from([*DEFAULTS, "nonsense"]),
        st.lists(
            st.sampled_from(["f", "s", "j", "space", "f6", "ctrl+x", "ctrl+i", "pgdn", "oops"]), max_size=3
        ).map(",".join),
    )
)
def test_whatever_is_set_no_keys_clash(user: dict[str, str]) -> None:
    keys, problems = resolve_keys(user)
    assert clashes(keys) == []
    assert set(keys) == set(DEFAULTS)
    refused = {problem.command for problem in problems}
    assert all(keys[name] == DEFAULTS[name] for name in refused if name in DEFAULTS)


@given(st.text(max_size=12))
def test_any_text_as_a_key_is_taken_or_refused(word: str) -> None:
    assert refusal(word) == "" or refusal(word).endswith((".", "?"))
    near = nearest_key(word)
    assert near == "" or nearest_key(near) == ""


@pytest.mark.parametrize(
    ("word", "name", "shown"),
    [
        ("?", "question_mark", "?"),
        ("+", "plus", "+"),
        ("ctrl++", "ctrl+plus", "^+"),
        ("Ctrl+R", "ctrl+r", "^r"),
        ("shift+a", "A", "A"),
        ("esc", "escape", "esc"),
        ("PgUp", "pageup", "pgup"),
        ("Shift+Ctrl+Up", "ctrl+shift+up", "^shift+↑"),
        ("é", "é", "é"),
    ],
)
def test_key_names(word: str, name: str, shown: str) -> None:
    assert key_name(word) == name
    assert refusal(word) == ""
    assert display_key(name) == shown


def test_the_registry_needs_no_screen() -> None:
    import subprocess
    import sys

    code = "import sys, leadtui.commands; sys.exit('textual' in sys.modules or 'rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
