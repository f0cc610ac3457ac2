from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadtui.settings import Section, Settings, WorkHours, load_settings, zone
from leadtui.settings.checks import CHECKS
from leadtui.settings.zone import SystemZone


def load(tmp_path: Path, text: str) -> tuple[Settings, list[tuple[int, str]]]:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    settings, problems = load_settings(file)
    assert all(problem.file == file for problem in problems)
    return settings, [(problem.line, problem.text) for problem in problems]


def values(section: Section) -> dict[str, Any]:
    found = {name: getattr(section, name) for name in type(section).__annotations__}
    return {name: values(value) if isinstance(value, Section) else value for name, value in found.items()}


def test_the_documents_numbers_are_the_defaults() -> None:
    settings = Settings()
    scoring, response = settings.scoring, settings.response
    assert (scoring.page_view, scoring.white_paper, scoring.webinar, scoring.reply) == (5, 10, 15, 10)
    assert (scoring.behaviour_cap, scoring.fit_cap, scoring.over_cap) == (40, 60, "cap")
    assert (scoring.high, scoring.medium, scoring.consideration, scoring.interest) == (80, 50, 70, 40)
    assert [(limit.soft_hours, limit.hard_hours) for limit in (response.a, response.b, response.c)] == [
        (2, 2),
        (4, 24),
        (24, 24),
    ]
    assert (settings.cadence.a_days, settings.cadence.b_days, settings.cadence.c_days) == (1, 3, 7)
    assert settings.reminders.no_answer_hours == 48
    assert settings.minimum_amount == 10_000_000
    assert settings.screening.hour == "10:00"
    assert settings.sources.group("expo") == "offline"
    assert settings.sources.group("unheard of") == ""


def test_money_without_cents_has_no_minor_unit(tmp_path: Path) -> None:
    settings, problems = load(tmp_path, '[import]\ncurrency = "JPY"\n[opportunity]\nminimum_amount = 7')
    assert (settings.minimum_amount, problems) == (7, [])


def test_no_file_and_an_empty_file_are_the_defaults(tmp_path: Path) -> None:
    assert values(load_settings(None)[0]) == values(Settings())
    assert values(load_settings(tmp_path / "none.toml")[0]) == values(Settings())
    settings, problems = load(tmp_path, "")
    assert values(settings) == values(Settings())
    assert problems == []


def test_every_value_that_is_right_is_taken(tmp_path: Path) -> None:
    settings, problems = load(
        tmp_path,
        """
[user]
name = "ana"
[look]
timezone = "Asia/Shanghai"
bell = false
after_action = "stay"
[scoring]
webinar = 20
over_cap = "scale"
[response.a]
soft_hours = 0.5
[work_hours]
enabled = true
weekdays = ["mon", "Tue"]
start = 08:30:00
end = "17:00"
holidays = [2026-10-01, "2026-10-02"]
[screening]
loss_reasons = ["price", "vendor left"]
[import]
default_region = "DE"
[keys]
follow-up = "F"
done = ["d", "x"]
[[fields]]
key = "contract_end"
kind = "date"
[[fields]]
key = "colour"
label = "Colour"
kind = "choice"
choices = ["red", "蓝"]
""",
    )
    assert problems == []
    assert settings.user.name == "ana"
    assert not settings.look.bell
    assert settings.look.after_action == "stay"
    assert (settings.scoring.webinar, settings.scoring.over_cap) == (20, "scale")
    assert (settings.response.a.soft_hours, settings.response.a.hard_hours) == (0.5, 2)
    assert settings.work_hours.weekdays == ("mon", "tue")
    assert (settings.work_hours.start, settings.work_hours.end) == ("08:30", "17:00")
    assert settings.work_hours.holidays == ("2026-10-01", "2026-10-02")
    assert settings.screening.loss_reasons == ("price", "vendor left")
    assert settings.import_.default_region == "DE"
    assert dict(settings.keys) == {"follow-up": "F", "done": "d,x"}
    assert [(field.key, field.label, field.kind, field.choices) for field in settings.fields] == [
        ("contract_end", "contract end", "date", ()),
        ("colour", "Colour", "choice", ("red", "蓝")),
    ]
    assert zone(settings).utcoffset(datetime(2026, 1, 1)).total_seconds() == 8 * 3600  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[scroing]\nreply = 1", 1, ["scroing", "scoring"]),
        ("\n[scoring]\nwebinars = 1", 3, ["scoring.webinars", "webinar?"]),
        ("[scoring]\nreply = 'ten'", 2, ["scoring.reply", "whole number"]),
        ("[scoring]\nreply = true", 2, ["scoring.reply", "whole number"]),
        ("[scoring]\n\nreply = 101", 3, ["scoring.reply", "between 0 and 100"]),
        ("[scoring]\nmedium = 80", 2, ["scoring.medium", "below scoring.high"]),
        ("[scoring]\nover_cap = 'scales'", 2, ["over_cap", "scale?"]),
        ("scoring = 3", 1, ["[scoring]"]),
        ("[look]\nbell = 'no'", 2, ["look.bell", "true or false"]),
        ("[look]\ntimezone = 'Asia/Shangai'", 2, ["Asia/Shangai", "Asia/Shanghai"]),
        ("[response.b]\nsoft = 3", 2, ["response.b.soft", "soft_hours"]),
        ("[response.b]\nsoft_hours = 30", 2, ["response.b.soft_hours", "below"]),
        ("[response]\na = {soft = 3}", 2, ["response.a.soft", "soft_hours"]),
        ("response.a.soft = 3", 1, ["response.a.soft", "soft_hours"]),
        ("[work_hours]\nweekdays = ['monday']", 2, ["monday", "mon"]),
        ("[work_hours]\nweekdays = []", 2, ["names no day"]),
        ("[work_hours]\nstart = '25:00'", 2, ["work_hours.start", "09:30"]),
        ("[work_hours]\nstart = '19:00'", 2, ["below work_hours.end"]),
        ("[work_hours]\nholidays = ['2026-02-30']", 2, ["work_hours.holidays", "2026-10-01"]),
        ("[import]\ndefault_region = 'China'", 2, ["import.default_region", '"CN"']),
        ("[import]\ndefault_region = 'XX'", 2, ["import.default_region", '"CN"']),
        ("[import]\ncurrency = 'yuan'", 2, ["import.currency", '"CNY"']),
        ("[screening]\nloss_reasons = []", 2, ["screening.loss_reasons", "at least one"]),
        ("[titles]\ndecision_makers = ['ceo', ' ']", 2, ["titles.decision_makers", "empty text"]),
        ("[keys]\nfollow-up = 3", 2, ["keys.follow-up", "text"]),
        ("[[fields]]\nkey = 'a'\n[[fields]]\nkey = 'a'", 4, ["two fields", "a"]),
        ("[[fields]]\nlabel = 'a'", 1, ["needs a key"]),
        ("[[fields]]\nkey = 'Bad key'", 2, ["contract_end"]),
        ("[[fields]]\nkey = 'a'\nkind = 'choice'", 3, ["choices"]),
        ("fields = 3", 1, ["[[fields]]"]),
    ],
)
def test_a_wrong_line_is_named_with_a_hint(tmp_path: Path, text: str, line: int, words: list[str]) -> None:
    settings, problems = load(tmp_path, text)
    assert problems[0][0] == line
    assert all(word in problems[0][1] for word in words), problems[0][1]
    expected = values(Settings())
    found = values(settings)
    if "key = 'a'" in text:
        expected.pop("fields"), found.pop("fields")
    assert found == expected


@pytest.mark.parametrize(
    ("region", "currency", "means"),
    [("UK", "GBP", ("GB", "GBP")), ("cn", "RMB", ("CN", "CNY")), ("DE", "eur", ("DE", "EUR"))],
)
def test_countries_and_currencies_are_taken_as_people_call_them(
    tmp_path: Path, region: str, currency: str, means: tuple[str, str]
) -> None:
    settings, problems = load(tmp_path, f"[import]\ndefault_region='{region}'\ncurrency='{currency}'")
    assert (settings.import_.default_region, settings.import_.currency) == means
    assert not problems


def test_the_countries_are_those_whose_phone_numbers_are_known() -> None:
    from phonenumbers import SUPPORTED_REGIONS

    for code in SUPPORTED_REGIONS:
        assert CHECKS["Region"](code) == code


def test_a_wrong_line_costs_only_itself(tmp_path: Path) -> None:
    settings, problems = load(tmp_path, "[scoring]\nreply = 'x'\nwebinar = 7\n[user]\nname = 'li'\nage = 3\n")
    assert (settings.scoring.webinar, settings.scoring.reply, settings.user.name) == (7, 10, "li")
    assert [line for line, _ in problems] == [2, 6]


def test_broken_toml_is_one_problem_with_its_line(tmp_path: Path) -> None:
    settings, problems = load(tmp_path, "[user]\nname = 'li'\nbroken\n")
    assert values(settings) == values(Settings())
    assert [line for line, _ in problems] == [3]
    assert load(tmp_path, "a = [\n")[1][0][0] == 2


def test_a_file_that_is_not_text_or_not_a_file_is_one_problem(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b"[user]\nname = '\xff'")
    assert [problem.line for problem in load_settings(file)[1]] == [2]
    assert len(load_settings(tmp_path)[1]) == 1


def test_a_byte_order_mark_and_crlf_are_no_problem(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xef\xbb\xbf[user]\r\nname = 'li'\r\nbad = 1\r\n")
    settings, problems = load_settings(file)
    assert settings.user.name == "li"
    assert [problem.line for problem in problems] == [3]


def test_every_default_passes_its_own_check() -> None:
    def walk(section: Section) -> None:
        for name, type_ in type(section).__annotations__.items():
            value = getattr(section, name)
            if isinstance(value, Section):
                walk(value)
            elif type_ not in ("Keys", "Fields"):
                assert CHECKS[type_](list(value) if isinstance(value, tuple) else value) == value

    walk(Settings())


def test_a_section_is_fixed_and_copies_with_changes() -> None:
    settings = Settings(work_hours=WorkHours(enabled=True))
    with pytest.raises(AttributeError):
        settings.work_hours.enabled = False  # type: ignore[misc]
    with pytest.raises(TypeError):
        WorkHours(enable=True)  # type: ignore[call-arg]
    assert settings.but(look=settings.look.but(bell=False)).work_hours.enabled
    assert "enabled=True" in repr(settings)


@given(
    st.recursive(
        st.one_of(st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=6,
    ),
    st.sampled_from(sorted(CHECKS)),
)
def test_no_value_breaks_a_check(value: object, name: str) -> None:
    from leadtui.settings.checks import Unfit

    try:
        CHECKS[name](value)
    except Unfit as unfit:
        assert str(unfit)


@given(st.text(max_size=200))
def test_no_file_breaks_loading(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("any") / "config.toml"
    file.write_text(text, encoding="utf-8", errors="replace")
    settings, problems = load_settings(file)
    assert isinstance(settings, Settings)
    assert all(problem.text and problem.line >= 0 for problem in problems)


def test_the_machine_s_zone_knows_summer_time() -> None:
    program = (
        "import time; time.tzset()\n"
        "from datetime import UTC, datetime\n"
        "from leadtui.settings.zone import SystemZone\n"
        "zone = SystemZone()\n"
        "print(*(datetime(2026, month, 1, tzinfo=zone).isoformat() for month in (1, 7)))\n"
        "for hour in (0, 1):\n"
        "    autumn = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)\n"
        "    print(autumn.astimezone(zone).isoformat(), autumn.astimezone(zone).astimezone(UTC) == autumn)\n"
    )
    out = subprocess.run(
        [sys.executable, "-c", program],
        env={"TZ": "Europe/Berlin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert out.stdout.split("\n")[:-1] == [
        "2026-01-01T00:00:00+01:00 2026-07-01T00:00:00+02:00",
        "2026-10-25T02:30:00+02:00 True",
        "2026-10-25T02:30:00+01:00 True",
    ]
    assert isinstance(zone(Settings()), SystemZone)
