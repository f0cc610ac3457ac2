"""Every path of a run follows from what the user said, and nothing is made by asking."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadtui.locations import locations


def test_one_home_holds_everything(tmp_path: Path) -> None:
    places = locations(None, {"LEADTUI_HOME": str(tmp_path / "home")})
    assert places.database == tmp_path / "home" / "leads.db"
    assert places.settings == tmp_path / "home" / "config.toml"
    assert places.backups == tmp_path / "home" / "backups"
    assert places.log.parent == places.state == tmp_path / "home"
    assert not (tmp_path / "home").exists()


def test_the_nearest_word_names_the_database(tmp_path: Path) -> None:
    environ = {"LEADTUI_HOME": str(tmp_path / "home"), "LEADTUI_DB": str(tmp_path / "named.db")}
    assert locations(None, environ).database == tmp_path / "named.db"
    assert locations(tmp_path / "given.db", environ).database == tmp_path / "given.db"
    assert locations(None, environ).settings == tmp_path / "home" / "config.toml"


def test_backups_stay_with_their_database(tmp_path: Path) -> None:
    assert locations(tmp_path / "far" / "x.db", {}).backups == tmp_path / "far" / "backups"


def test_paths_are_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    assert locations(Path("leads.db"), {}).database == tmp_path / "leads.db"
    assert locations(None, {"LEADTUI_DB": "~/leads.db"}).database == tmp_path / "me" / "leads.db"

    assert locations(None, {"LEADTUI_HOME": "~nobody-here"}).state == tmp_path / "~nobody-here"


def test_without_a_word_the_platform_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    places = locations(None, {})
    assert places.database.name == "leads.db"
    assert places.settings.name == "config.toml"
    assert "leadtui" in {part.lower() for part in places.database.parts}
