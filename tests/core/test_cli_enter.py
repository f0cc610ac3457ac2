"""`add` and `log`: what the app does, scripted."""

from __future__ import annotations

import pytest
from cli_run import Run

from leadtui.cli.enter import COMMANDS
from leadtui.cli.parser import Parser
from leadtui.qualify.drafts import LeadDraft


def test_every_field_of_a_lead_has_a_flag() -> None:
    parser = Parser()
    COMMANDS["add"].arguments(parser)
    taken = {action.dest for action in parser._actions}
    covered = {
        "other_phones": "other_phone", "other_emails": "other_email",
        "budget_min": "budget", "budget_max": "budget", "currency": "budget", "next_due_all_day": "next_due",
    }  # fmt: skip
    fields = set(LeadDraft.model_fields) - {"batch_id"}
    assert {covered.get(name, name) for name in fields} <= taken


def test_a_lead_is_entered_with_all_that_was_said(run: Run) -> None:
    ran = run(
        *("--user", "ana", "add", "--company", "启明科技", "--contact", "王芳", "--source", "expo"),
        *("--phone", "13812345678", "--email", "Wang@Example.com", "--budget", "20-30万", "--tag", "vip"),
        *("--custom", "seats=4", "--signal", "intent", "--next-step", "call", "--next-due", "tomorrow 10"),
        *("--other-phone", "021 5555 0101", "--other-phone", "021 5555 0102", "--asked-for-material"),
        *("--acquired", "2026-11-20 09:00", "--json"),
    )
    assert ran.code == 0, ran.err
    lead = ran.json
    assert (lead["company"], lead["contact"], lead["source"]) == ("启明科技", "王芳", "expo")
    assert (lead["owner"], lead["tags"], lead["custom"]) == ("ana", ["vip"], {"seats": "4"})
    assert lead["phone"] == "+8613812345678"
    assert lead["email"] == "wang@example.com"
    assert lead["next_due"].startswith("2026-11-22T10:00:00")
    assert lead["acquired_at"].startswith("2026-11-20T09:00:00")
    text = run("show", lead["number"]).out
    assert "200,000 CNY" in text
    assert "intent" in text


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--company", "x"], "--source: "),
        (["--source", "expo"], "--company: "),
        (["--company", "x", "--source", "expo", "--phone", "none"], "phone"),
        (["--company", "x", "--source", "expo", "--acquired", "in 3 days"], "--acquired: "),
        (["--company", "x", "--source", "expo", "--budget", "plenty"], "300k"),
        (["--company", "x", "--source", "expo", "--next-due", "sometime"], "sometime"),
        (["--company", "x", "--source", "expo", "--next-due", "yesterday"], "--next-due: This is past"),
        (["--company", "x", "--source", "expo", "--custom", "seats"], "KEY=VALUE"),
        (["--company", "x", "--source", "expo", "--role", "boss"], "decision_maker"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_entered(run: Run, words: list[str], hint: str) -> None:
    ran = run("add", *words)
    assert ran.code in {1, 2}
    assert hint in ran.err
    assert ran.out == ""
    assert run("inbox", "--view", "all", "--json").json["total"] == 0


def test_a_possible_duplicate_is_told(run: Run) -> None:
    first = run("add", "--company", "Nova", "--source", "expo", "--phone", "13812345678", "--json").json
    ran = run("add", "--company", "Nova Ltd", "--source", "website", "--mobile", "+86 138-1234-5678")
    assert first["number"] in ran.err
    assert ran.code == 0


def test_a_line_is_logged_as_the_app_takes_it(run: Run) -> None:
    run("add", "--company", "Nova", "--source", "expo")
    ran = run("log", "nova", "phone", "reached, wants demo, budget ok > send quote fri 10 #hot", "--json")
    assert ran.code == 0, ran.err
    lead = ran.json
    assert lead["status"] == "working"
    assert lead["next_step"] == "send quote"
    assert lead["next_due"].startswith("2026-11-27T10:00:00")
    assert lead["tags"] == ["hot"]
    (activity,) = run("show", "nova", "--json").json["activities"]
    assert (activity["channel"], activity["result"]) == ("phone", "reached")
    assert {"demo", "budget"} <= set(activity["signals"])


def test_flags_say_the_same_and_win(run: Run) -> None:
    run("add", "--company", "Nova", "--source", "expo")
    ran = run(
        *("log", "nova", "--channel", "mail", "--result", "replied", "--content", "asks for a quote"),
        *("--minutes", "5", "--sentiment", "positive", "--next-step", "quote", "--next-due", "+2d", "--json"),
    )
    assert ran.code == 0, ran.err
    assert ran.json["next_step"] == "quote"
    (activity,) = run("show", "nova", "--json").json["activities"]
    assert (activity["channel"], activity["duration_minutes"]) == ("mail", 5)
    run("log", "nova", "reached, all fine", "--channel", "visit", "--no-next-step")
    shown = run("show", "nova", "--json").json
    assert shown["activities"][0]["channel"] == "visit"
    assert shown["next_due"] is None


def test_without_a_next_step_the_cadence_proposes_one(run: Run) -> None:
    run("add", "--company", "Nova", "--source", "expo")
    ran = run("log", "nova", "phone no answer")
    assert ran.code == 0, ran.err
    assert "Next:" in ran.out
    assert run("show", "nova", "--json").json["next_due"] is not None


@pytest.mark.parametrize("line", ["what a day", "phone", "phone reached > someday maybe yesterday"])
def test_a_line_that_cant_be_logged_leaves_nothing(run: Run, line: str) -> None:
    run("add", "--company", "Nova", "--source", "expo")
    ran = run("log", "nova", line)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert run("show", "nova", "--json").json["activities"] == []


def test_the_inbox_names_what_the_due_time_belongs_to(run: Run) -> None:
    run("add", "--company", "Nova", "--source", "expo", "--next-step", "send quote", "--next-due", "+9d")
    assert "first contact" in run("inbox").out
    run("log", "Nova", "phone", "reached, talked", ">", "send", "quote", "tomorrow")
    assert "send quote" in run("inbox", "--view", "waiting").out
