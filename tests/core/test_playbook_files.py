"""The files of playbooks and templates: what is read of them, and what is told of what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_run import runner
from hypothesis import given
from hypothesis import strategies as st

from leadtui.clock import FixedClock
from leadtui.details import LeadFacts, Touches
from leadtui.i18n import use_language
from leadtui.playbooks.filling import NAMES, fill, unknown_names
from leadtui.playbooks.library import library
from leadtui.playbooks.occasion import Occasion, Situation, node_of

TASK = '[[task]]\ntitle = "x"\n'
NEW = Situation("A", "awareness", "new", "first_contact", "机械制造")


def write(folder: Path, kind: str, name: str, text: str) -> None:
    (folder / kind).mkdir(exist_ok=True)
    (folder / kind / name).write_text(text, encoding="utf-8")


def told(folder: Path) -> list[str]:
    return [f"{one.file.name}:{one.line}: {one.text}" for one in library(folder).problems]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_is_shipped_is_without_fault_and_the_same_in_each_language(
    tmp_path: Path, language: str
) -> None:
    use_language(language)
    try:
        found = library(tmp_path)
    finally:
        use_language("en")
    english = library(tmp_path)
    assert found.problems == ()
    assert found.playbooks.keys() == english.playbooks.keys()
    assert found.templates.keys() == english.templates.keys()
    for code, playbook in found.playbooks.items():
        same = english.playbooks[code]
        assert playbook.occasion == same.occasion
        assert [task._replace(title="") for task in playbook.tasks] == [
            task._replace(title="") for task in same.tasks
        ]


def test_a_new_lead_brings_three_follow_ups(tmp_path: Path) -> None:
    found = library(tmp_path).playbooks_for(NEW)
    assert [one.code for one in found] == ["new-lead"]
    assert [task.channel for task in found[0].tasks] == ["phone", "mail", "phone"]


@pytest.mark.parametrize("stage", ["awareness", "interest", "consideration"])
def test_each_nurture_stage_has_its_playbook_and_its_texts(tmp_path: Path, stage: str) -> None:
    lead = Situation("C", stage, "nurturing", "second_contact", "")
    known = library(tmp_path)
    assert known.playbooks_for(lead)[0].code == f"nurture-{stage}"
    assert any(stage in template.occasion.stages for template in known.templates_for(lead))


def test_a_file_of_the_user_stands_in_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    write(tmp_path, "playbooks", "new-lead.toml", 'name = "Mine"\n[[task]]\ntitle = "Ring {company}"\n')
    write(tmp_path, "templates", "short.md", "Hello {contact}, see you {{soon}}.\n")
    found = library(tmp_path)
    assert found.playbooks["new-lead"].name == "Mine"
    assert found.playbooks["new-lead"].occasion == Occasion()
    assert found.templates["short"].name == "short"
    assert found.problems == ()


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    write(tmp_path, "templates", "one.md", "first")
    assert library(tmp_path).templates["one"].text == "first"
    write(tmp_path, "templates", "one.md", "the second")
    assert library(tmp_path).templates["one"].text == "the second"


@pytest.mark.parametrize(
    ("text", "told_at"),
    [
        (f'{TASK}after = "soon"\n', "3: task.after must look like"),
        (f'{TASK}chanel = "phone"\n', "3: there is no setting task.chanel;"),
        (f'{TASK}channel = "fone"\n', "3: task.channel can't be 'fone'"),
        (f'{TASK}at = "25:00"\n', "3: task.at must be a time like"),
        ('[[task]]\ntitle = "{compny}"\n', "2: there is no field {compny}; did you mean company?"),
        (f'{TASK}template = "first-cal"\n', "3: there is no template first-cal; did"),
        (f'[for]\ntiers = ["D"]\n{TASK}', "2: for.tiers can't be 'D'"),
        (f'[for]\ntier = ["A"]\n{TASK}', "2: there is no setting for.tier"),
        ('name = "x"\n', "1: a playbook needs a task"),
        ("name = \n", "1: is not TOML"),
        ("task = 3\n", "1: must be written as [[task]]"),
        ("for = 3\n[[task]]\ntitle = 'x'\n", "1: must be a section, [for]"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_the_nearest_word(
    tmp_path: Path, text: str, told_at: str
) -> None:
    write(tmp_path, "playbooks", "own.toml", text)
    assert any(one.startswith(f"own.toml:{told_at}") for one in told(tmp_path)), told(tmp_path)


def test_an_unknown_name_in_a_text_is_told_with_its_line(tmp_path: Path) -> None:
    text = '+++\nname = "Own"\nsubject = "For {firma}"\n+++\nDear {contact},\n\n{need.__class__} {custom.x}\n'
    write(tmp_path, "templates", "own.md", text)
    first, second = told(tmp_path)
    assert first.startswith("own.md:3: there is no field {firma};")
    assert second.startswith("own.md:7: there is no field {need.__class__};")


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    write(tmp_path, "templates", "own.md", "")
    (tmp_path / "templates" / "own.md").write_bytes(b"one\n\xff\xfe")
    assert told(tmp_path) == ["own.md:2: is not UTF-8; save the file as UTF-8"]


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    write(tmp_path, "templates", "good.md", "Hello")
    (tmp_path / "templates" / "gone.md").symlink_to(tmp_path / "nowhere")
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "playbooks" / "folder.toml").mkdir()
    assert [one.split(":")[0] for one in told(tmp_path)] == ["folder.toml", "gone.md"]
    assert "good" in library(tmp_path).templates


@pytest.mark.parametrize(
    ("facts", "node"),
    [
        (LeadFacts("new", 0), "first_contact"),
        (LeadFacts("working", 0, touches=Touches(1, 1, 1, None)), "second_contact"),
        (LeadFacts("working", 0, touches=Touches(1, 2, 1, 2)), "need"),
        (LeadFacts("working", 0, need_clarity="concrete", touches=Touches(1, 2, 1, 2)), "proposal"),
        (LeadFacts("working", 0, signals=frozenset({"budget"}), touches=Touches(1, 2, 1, 2)), "quote"),
        (LeadFacts("working", 0, signals=frozenset({"contract"}), touches=Touches(1, 2, 1, 2)), "contract"),
        (LeadFacts("converted", 0), "return_visit"),
    ],
)
def test_the_node_of_a_lead_follows_from_what_is_known(facts: LeadFacts, node: str) -> None:
    assert node_of(facts) == node


def test_an_occasion_is_met_by_each_of_its_parts() -> None:
    assert Occasion(industries=("制造",)).fits(NEW)
    assert not Occasion(industries=("retail",)).fits(NEW)
    assert not Occasion(tiers=("A",), stages=("interest",)).fits(NEW)


def test_values_fill_the_places_and_what_is_missing_is_named() -> None:
    filled = fill(
        "{contact} of {company}: {{x}} { nobody } {custom.size}", {"contact": "王芳", "custom.size": "9"}
    )
    assert filled.text == "王芳 of [Company]: {x} { nobody } 9"
    assert filled.lacking == ("company",)


@given(st.text(max_size=300), st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40)))
def test_no_text_breaks_or_looks_into_anything(text: str, values: dict[str, str]) -> None:
    filled = fill(text, values)
    assert set(filled.lacking) <= set(NAMES) | {name for name in filled.lacking if name.startswith("custom.")}
    assert "{" in text or filled.text == text or "}}" in text
    list(unknown_names(text))


@given(st.text(max_size=60))
def test_what_a_lead_holds_is_never_read_as_a_place(value: str) -> None:
    filled = fill("{contact}", {"contact": "{company}" + value, "company": "secret"})
    assert "secret" not in filled.text or "secret" in value


def test_the_command_lists_and_checks_the_files(
    capsys: pytest.CaptureFixture[str], clock: FixedClock, tmp_path: Path
) -> None:
    leadtui = runner(capsys, clock)
    ran = leadtui("playbooks")
    assert ran.code == 0
    assert "new-lead" in ran.out
    assert leadtui("playbooks", "--check").code == 0
    write(tmp_path, "playbooks", "own.toml", '[[task]]\ntitle = "x"\nafter = "soon"\n')
    ran = leadtui("playbooks", "--check")
    assert ran.code == 1
    assert "own.toml:3" in ran.err
