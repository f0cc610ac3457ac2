"""Settings that can't be read: each wrong line is named, the default is taken, the app opens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from application import UNTIMELY, leadtui, make_file, run
from terminal import Terminal

BROKEN = {
    "unknown word": ("[scoring]\nwebinarr = 20\n", "webinar"),
    "wrong kind": ("[scoring]\nwebinar = 'many'\n", "webinar"),
    "unknown command": ("[keys]\nfolow-up = 'f'\n", "follow-up"),
    "not a key": ("[keys]\nfollow-up = 'hyper+f'\n", "follow-up"),
    "clash": ("[keys]\nfollow-up = 's'\n", "follow-up"),
    "not TOML": ("[scoring\nwebinar =\n", "TOML:"),  # a long path is folded anywhere, a word is not
}


def write_settings(tmp_path: Path, text: str | bytes) -> None:
    where = run("where", "--json")
    assert where.returncode == 0, where.stderr
    path = Path(json.loads(where.stdout)["settings"])
    assert path.is_relative_to(tmp_path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_line_is_named_and_the_app_opens(what: str, tmp_path: Path) -> None:
    text, word = BROKEN[what]
    database = make_file(tmp_path / "work.db", leads=5)
    write_settings(tmp_path, text)
    with Terminal(leadtui("--db", database)) as terminal:
        terminal.wait_for("Nova Robotics", "Follow Up", word)
        terminal.press("q")
        terminal.wait_until(lambda it: not it.read(0.2), "the end of the app")
        assert not any(word in terminal.raw for word in UNTIMELY)


def test_settings_that_are_no_text(tmp_path: Path) -> None:
    database = make_file(tmp_path / "work.db", leads=5)
    write_settings(tmp_path, b"\xff\xfe\x00\x00" * 100)
    ran = run("inbox", "--db", database, "--json")
    assert ran.returncode == 0
    assert "config.toml" in ran.stderr
    assert not any(word in ran.stderr for word in UNTIMELY)
