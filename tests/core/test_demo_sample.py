"""The sample behind `leadtui demo`."""

from __future__ import annotations

import re
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from leadtui.clock import DAY
from leadtui.demo.parts import SampleLead
from leadtui.demo.sample import sample_leads
from leadtui.settings import Settings

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def sample(now: int) -> list[SampleLead]:
    return list(sample_leads(240, now, SHANGHAI))


def due(lead: SampleLead) -> int | None:
    planned = lead.follow_ups[-1]["next_due"] if lead.follow_ups else None
    assert planned is None or isinstance(planned, int)
    return planned


def test_same_moment_same_leads(now: int, sample: list[SampleLead]) -> None:
    assert list(sample_leads(240, now, SHANGHAI)) == sample
    assert list(sample_leads(10, now, SHANGHAI)) == sample[:10]
    assert [lead.draft["company"] for lead in sample_leads(240, now + 90 * DAY, SHANGHAI)] == [
        lead.draft["company"] for lead in sample
    ]


def test_asked_for_fewer_than_the_stories(now: int) -> None:
    assert [len(list(sample_leads(count, now, SHANGHAI))) for count in (0, 1, 3)] == [0, 1, 3]


def test_half_of_the_leads_are_chinese(sample: list[SampleLead]) -> None:
    chinese = [lead for lead in sample if re.search(r"[\u4e00-\u9fff]", str(lead.draft["company"]))]
    assert 0.45 <= len(chinese) / len(sample) <= 0.55


def test_nobody_can_be_reached_by_accident(sample: list[SampleLead]) -> None:
    assert all(str(lead.draft["email"]).endswith(".example") for lead in sample)


def test_people_differ(sample: list[SampleLead]) -> None:
    for name in ("email", "phone", "mobile"):
        values = [lead.draft[name] for lead in sample if name in lead.draft]
        assert len(set(values)) == len(values)


def test_every_situation_of_an_inbox_is_there(now: int, sample: list[SampleLead]) -> None:
    dues = [planned for lead in sample if (planned := due(lead)) is not None]
    assert sum(planned < now for planned in dues) >= 10
    assert sum(now <= planned < now + DAY for planned in dues) >= 30
    assert sum(now + DAY <= planned for planned in dues) >= 20
    assert sum(not lead.follow_ups and lead.verdict is None for lead in sample) >= 5
    assert sum(lead.follow_ups != () and due(lead) is None for lead in sample) >= 20
    verdicts = Counter(lead.verdict[0] for lead in sample if lead.verdict)
    assert verdicts["watch"] >= 5
    assert verdicts["invalid"] >= 5
    assert any(lead.snoozed_until for lead in sample)


def test_nothing_happened_in_the_future(now: int, sample: list[SampleLead]) -> None:
    for lead in sample:
        acquired = lead.draft["acquired_at"]
        assert isinstance(acquired, int)
        assert acquired <= now
        assert all(at <= now for _event, at in lead.engagements)
        moments = [int(str(draft["at"])) for draft in lead.follow_ups]
        assert moments == sorted(moments)
        assert all(at <= now for at in moments)


def test_sources_and_reasons_are_words_of_the_settings(sample: list[SampleLead]) -> None:
    settings = Settings()
    assert {str(lead.draft["source_channel"]) for lead in sample} <= set(settings.sources.all)
    reasons = {lead.verdict[1] for lead in sample if lead.verdict and lead.verdict[0] == "invalid"}
    assert reasons <= set(settings.screening.invalid_reasons)
