from __future__ import annotations

import pytest

from leadtui.followup.cadence import content_tasks, next_touch
from leadtui.labels import LABELS, label, labels
from leadtui.qualify.completeness import TO_CONVERT, TO_PASS, TO_SAVE
from leadtui.qualify.signals import BANT
from leadtui.settings import Settings, zone
from leadtui.values import CHANNELS, ENGAGEMENTS, RESULTS, SIGNALS, ReminderKind, Status

SETTINGS = Settings()
REASONS = SETTINGS.screening
STAGES = ("awareness", "interest", "consideration")
STEPS = {
    next_touch(tier, stage, status, 0, SETTINGS, zone(SETTINGS)).step
    for tier in "ABC"
    for stage in STAGES
    for status in Status
}
TOPICS = tuple(topic for stage in STAGES for task in content_tasks(stage, SETTINGS) for topic in task.topics)


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("channel", CHANNELS),
        ("result", RESULTS),
        ("signal", SIGNALS),
        ("engagement", ENGAGEMENTS),
        ("status", tuple(Status)),
        ("reminder", tuple(ReminderKind)),
        ("bant", BANT),
        ("stage", STAGES),
        ("level", ("high", "medium", "low")),
        ("source", SETTINGS.sources.all),
        ("source_group", ("online", "offline", "internal")),
        ("reason", REASONS.invalid_reasons + REASONS.watch_reasons + REASONS.loss_reasons),
        ("missing", TO_SAVE + TO_PASS + TO_CONVERT + ("need_clarity",)),
        ("step", tuple(STEPS)),
        ("topic", TOPICS),
        ("tier_source", ("manual", "rule", "score")),
    ],
)
def test_every_code_has_a_word(group: str, codes: tuple[str, ...]) -> None:
    assert [code for code in codes if code not in LABELS[group]] == []


def test_a_code_of_the_user_s_own_is_shown_as_it_is() -> None:
    assert label("source", "Messe Köln") == "Messe Köln"
    assert labels("level") == {"high": "high", "medium": "medium", "low": "low"}
