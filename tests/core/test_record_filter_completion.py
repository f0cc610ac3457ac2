"""Tab completes the filter words of customers, contacts and opportunities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

import pytest

from leadtui.clock import Today
from leadtui.customers.filters import complete, record_filter
from leadtui.i18n import use_language
from screens.record_texts import filter_words

TODAY = Today.at(1_795_219_200_000, UTC)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    use_language("en")


@pytest.mark.parametrize(
    ("record", "text", "longer"),
    [
        ("opportunity", "nova st", ["nova stage:"]),
        ("opportunity", "stage:pro", ["stage:proposal"]),
        ("opportunity", "-stage:won,lo", ["-stage:won,lost"]),
        ("opportunity", "grade:", ["grade:a", "grade:b", "grade:c"]),
        ("customer", "owner:m", ["owner:me"]),
        ("customer", "stage", []),
        ("contact", "over", ["overdue"]),
        ("contact", "", []),
        ("contact", "nova ", []),
    ],
)
def test_the_last_word_is_completed(record: str, text: str, longer: list[str]) -> None:
    assert complete(record, text) == longer


def test_what_was_begun_in_chinese_goes_on_in_it() -> None:
    use_language("zh_CN")
    assert complete("opportunity", "阶") == ["阶段:"]
    assert "阶段:报价" in complete("opportunity", "阶段：")
    assert complete("customer", "启明 负责人:") == ["启明 负责人:我", "启明 负责人:无"]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("record", ["customer", "contact", "opportunity"])
def test_what_the_empty_line_names_is_understood(record: str, language: str) -> None:
    use_language(language)
    words = [word for word in filter_words(record).replace(",", " ").split() if ":" in word]
    assert words
    for word in words:
        found = record_filter(record, word, TODAY, "ana")
        assert found.where and not found.problems and "MATCH" not in found.where, word
