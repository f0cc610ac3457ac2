"""`inbox`, `show`, `due`, `history` and `undo`, as people and as scripts read them."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from cli_run import Run, sample

from leadtui.clock import FixedClock
from leadtui.errors import FieldProblems
from leadtui.settings import Settings
from leadtui.workspace import Workspace

LEAD_KEYS = (
    "id number tier tier_source score score_behaviour score_fit priority status company contact title phone "
    "email source owner tags next_step next_due overdue_minutes last_activity_at acquired_at custom"
).split()


@pytest.fixture
def filled(tmp_path: Path, clock: FixedClock) -> Path:
    sample(tmp_path / "leads.db", clock)
    return tmp_path / "leads.db"


def test_the_inbox_comes_in_order_and_in_the_promised_shape(run: Run, filled: Path) -> None:
    found = run("inbox", "--json", "--limit", "0").json
    assert list(found) == ["view", "total", "leads"]
    assert found["view"] == "inbox"
    assert found["total"] == len(found["leads"]) > 20
    assert list(found["leads"][0]) == LEAD_KEYS
    places = [(lead["tier"], -lead["score"]) for lead in found["leads"]]
    assert places == sorted(places)


def test_times_are_iso_with_an_offset(run: Run, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[look]\ntimezone = "Asia/Shanghai"\n')
    leads = run("inbox", "--view", "all", "--json").json["leads"]
    assert leads
    for lead in leads:
        assert datetime.fromisoformat(lead["acquired_at"]).utcoffset() is not None
        assert lead["acquired_at"].endswith("+08:00")


def test_a_limit_shortens_the_list_and_not_the_total(run: Run, filled: Path) -> None:
    found = run("inbox", "--json", "--limit", "3").json
    assert len(found["leads"]) == 3
    assert found["total"] > 3
    assert "--limit 0" in run("inbox", "--limit", "3").out


def test_views_and_filters_narrow(run: Run, filled: Path) -> None:
    everything = run("inbox", "--view", "all", "--json", "--limit", "0").json
    assert everything["total"] == 60
    late = run("inbox", "--view", "overdue", "--json").json["leads"]
    assert late
    assert all(lead["overdue_minutes"] > 0 for lead in late)
    tier = run("inbox", "--view", "all", "--filter", "tier:a", "--json").json["leads"]
    assert {lead["tier"] for lead in tier} == {"A"}
    (nova,) = run("inbox", "--view", "all", "--filter", "nova robotics", "--json").json["leads"]
    assert nova["company"] == "Nova Robotics"


def test_a_filter_word_that_cant_be_read_is_told(run: Run, filled: Path) -> None:
    ran = run("inbox", "--filter", "tier:z", "--json")
    assert ran.code == 2
    assert "tier:a" in ran.err
    assert ran.out == ""


def test_a_saved_view_is_a_view(run: Run, filled: Path, clock: FixedClock) -> None:
    from leadtui.followup.views import save_view

    with closing(Workspace.open(filled, Settings(), clock)) as workspace, workspace.act("Save view") as act:
        save_view(act, "Hot ones", "tier:a")
        with pytest.raises(FieldProblems, match="already"):
            save_view(act, "Inbox", "tier:b")
    found = run("inbox", "--view", "hot ones", "--json").json
    assert {lead["tier"] for lead in found["leads"]} == {"A"}


def test_an_empty_inbox_says_so(run: Run) -> None:
    ran = run("inbox")
    assert ran.code == 0
    assert ran.out.strip()
    assert run("inbox", "--json").json == {"view": "inbox", "total": 0, "leads": []}


def test_show_gives_the_lead_with_what_happened_and_why(run: Run, filled: Path) -> None:
    found = run("show", "nova", "robotics", "--json").json
    assert list(found) == [*LEAD_KEYS, "activities", "score_detail", "sla", "collaborators", "tasks"]
    assert found["score_detail"]["total"] == found["score"]
    assert found["activities"][0]["at"] >= found["activities"][-1]["at"]
    assert set(found["sla"]) == {"soft_due", "hard_due", "met_at", "entry_lag_minutes", "entered_late"}
    text = run("show", found["number"]).out
    assert "Nova Robotics" in text
    assert "Li Wei" in text


@pytest.mark.parametrize(
    "change", [str.lower, lambda number: number[2:], lambda number: number.replace("0", "O")]
)
def test_a_number_is_read_forgivingly(run: Run, filled: Path, change: object) -> None:
    leads = run("inbox", "--view", "all", "--json", "--limit", "8").json["leads"]
    assert len(leads) == 8
    for lead in leads:
        written = change(lead["number"])  # type: ignore[operator]
        assert run("show", written, "--json").json["id"] == lead["id"]
        assert run("show", lead["id"], "--json").json["id"] == lead["id"]


def test_words_that_match_several_leads_list_them(run: Run, filled: Path) -> None:
    ran = run("show", "nova")
    assert ran.code == 1
    assert "Nova Robotics" in ran.err
    assert ran.err.count("L-") <= 5
    assert ran.err.count("\n") == 1
    assert ran.out == ""


@pytest.mark.parametrize("words", ["xyzzyx", "L-000000", '"; DROP TABLE lead', "*", " "])
def test_words_that_match_nothing_are_told_kindly(run: Run, filled: Path, words: str) -> None:
    ran = run("show", words)
    assert ran.code == 1
    assert ran.err.count("\n") == 1


def test_hostile_text_is_printed_harmlessly_and_never_as_markup(run: Run) -> None:
    company = "[red]Evil[/red] \x1b[31m\x9b2J\u202eyalp [@click=app.quit]x[/]"
    run("add", "--company", company, "--source", "expo", "--custom", "k=\x1b]0;t\x07")
    for line in ("inbox", "due", "show evil", "history evil", "inbox --json", "log evil phone"):
        words = [*line.split(), "no answer"] if line.startswith("log") else line.split()
        ran = run(*words)
        assert "Evil" in ran.out
        for character in "\x1b\x9b\u202e\x07":
            assert character not in ran.out + ran.err
        assert "[red]Evil[/red]" in ran.out


def test_due_gives_the_groups_and_the_exit_code(run: Run, filled: Path) -> None:
    ran = run("due", "--json", "--exit-code")
    assert ran.code == 3
    found = ran.json
    assert list(found) == ["overdue", "today", "tomorrow", "no_next_step"]
    assert all(list(one) == ["kind", "lead", "title", "due", "late_minutes"] for one in found["overdue"])
    late = [one["late_minutes"] for one in found["overdue"]]
    assert late == sorted(late, reverse=True)
    assert min(late) > 0
    assert list(found["overdue"][0]["lead"]) == LEAD_KEYS
    assert all(not one["lead"]["next_due"] for one in found["no_next_step"])
    assert run("due").code == 0
    assert "Overdue" in run("due").out


def test_nothing_due_is_fine(run: Run) -> None:
    ran = run("due", "--exit-code")
    assert ran.code == 0
    assert ran.out.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="notify-send is a program of other systems")
def test_a_notification_names_the_leads_without_markup(
    run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", "--company", "<b>Bold</b> & sons", "--source", "expo", "--acquired", "2020-01-02 10:00")
    program = tmp_path / "bin" / "notify-send"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/sent\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/bin:/usr/bin")
    assert run("due", "--notify", "--json").code == 0
    sent = (tmp_path / "sent").read_text()
    assert "overdue" in sent
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; sons" in sent


def test_without_notify_send_that_is_said(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    ran = run("due", "--notify")
    assert ran.code == 0
    assert "notify-send" in ran.err


def test_history_tells_who_changed_what(run: Run) -> None:
    added = run(
        "--user", "ana", "add", "--company", "Nova", "--source", "expo", "--custom", "seats=4", "--json"
    ).json
    run("--user", "ben", "log", added["number"], "phone reached, wants demo > fri 10")
    entries = run("history", added["number"], "--json").json["entries"]
    assert [(entry["author"], entry["label"]) for entry in entries] == [
        ("ben", "Log follow-up"),
        ("ana", "New lead"),
    ]
    assert all(list(entry) == ["id", "at", "author", "label", "changes"] for entry in entries)
    assert datetime.fromisoformat(entries[0]["at"]).utcoffset() is not None
    changes = {(change["record"], change["field"]): change for change in entries[0]["changes"]}
    assert changes["lead", "status"] == {"record": "lead", "field": "status", "old": "new", "new": "working"}
    assert ("activity", "created") in changes
    assert changes["lead", "next_due"]["new"].startswith("2026-11-27T10:00:00")
    born = [(change["record"], change["field"]) for change in entries[1]["changes"]]
    assert ("lead", "created") in born
    assert ("lead", "custom.seats") in born
    text = run("history", added["number"]).out
    assert "ben" in text
    assert "new → working" in text


def test_undo_takes_the_last_act_back_and_says_which(run: Run) -> None:
    run("add", "--company", "Nova", "--source", "expo")
    run("log", "nova", "phone reached, wants demo")
    ran = run("undo")
    assert "Log follow-up" in ran.out
    assert "Nova" in ran.out
    assert run("show", "nova", "--json").json["activities"] == []
    assert run("undo", "--json").json["undone"]["label"] == "New lead"
    assert run("inbox", "--view", "all", "--json").json["total"] == 0
    ran = run("undo")
    assert ran.code == 0
    assert "nothing" in ran.out
    assert run("undo", "--json").json == {"undone": None}
    run("add", "--user", "ben", "--company", "Halden", "--source", "expo")
    assert run("undo", "--user", "ana").out == (
        "There is nothing of ana to undo; for the last act of ben add --user.\n"
    )
