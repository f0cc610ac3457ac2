"""Every text has a translation that fits, in each language there is, and is translated where it is shown."""

from __future__ import annotations

import gettext
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from translations import Entry, entries, placeholders, source_texts, texts_of

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path for package in ("leadtui", "screens", "widgets") for path in (REPOSITORY / package).rglob("*.py")
)
CATALOGUES = sorted((REPOSITORY / "leadtui" / "locale").glob("*/LC_MESSAGES/leadtui.po"))
HOW = "docs/translating.md tells how to bring a catalogue up to date"

IMPORT_ALL = """
import importlib, pkgutil
import leadtui.i18n as i18n

class Early:
    def gettext(self, *texts):
        raise AssertionError(f"translated when it is imported: {texts[0]!r}")
    ngettext = gettext

i18n._catalogue = Early()
for package in ("leadtui", "screens", "widgets"):
    path = importlib.import_module(package).__path__
    for module in pkgutil.walk_packages(path, f"{package}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
"""


def language(path: Path) -> str:
    return path.parts[-3]


@pytest.fixture(scope="module", params=CATALOGUES, ids=language)
def catalogue(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def translated(catalogue: Path) -> list[Entry]:
    return list(entries(catalogue.read_text("utf-8")))


def test_there_is_chinese() -> None:
    assert "zh_CN" in map(language, CATALOGUES)


def test_every_text_is_in_the_catalogue_and_no_other(translated: list[Entry]) -> None:
    texts, known = source_texts(SOURCES), {entry.key for entry in translated}
    assert {key: place for key, place in texts.items() if key not in known} == {}, HOW
    assert known - texts.keys() == set(), HOW


def test_every_text_is_translated(translated: list[Entry]) -> None:
    assert [entry.key for entry in translated if entry.fuzzy or not all(entry.translations)] == [], HOW


def test_translations_are_filled_in_like_their_texts(translated: list[Entry]) -> None:
    wrong = [
        (entry.key[-1], translation)
        for entry in translated
        for translation in entry.translations
        if translation
        and (
            placeholders(translation) != placeholders(entry.key[-1])
            or translation.endswith("\n") != entry.key[-1].endswith("\n")
        )
    ]
    assert wrong == []


def test_the_compiled_catalogue_says_what_the_readable_one_says(
    catalogue: Path, translated: list[Entry]
) -> None:
    content = catalogue.with_suffix(".mo").read_bytes()
    with catalogue.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    wrong = [
        entry.key
        for entry in translated
        if entry.translations[0]
        != (compiled.ngettext(*entry.key, 1) if len(entry.key) == 2 else compiled.gettext(*entry.key))
    ]
    assert wrong == [], HOW
    (count,) = struct.unpack_from("<I", content, 8)
    assert count == len(translated) + 1, HOW


def test_no_text_is_translated_before_the_language_is_known() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.stderr == ""


def test_texts_are_found_under_any_name_and_inside_of_others() -> None:
    source = """
from leadtui.i18n import gettext as _, marked, ngettext
def f(): return f"{_('one')} {ngettext('a', 'b', 2)}" + _(name)
TABLE = {"x": marked("two" " words")}
"""
    assert sorted(key for key, _line in texts_of(source)) == [("a", "b"), ("one",), ("two words",)]


def test_a_catalogue_is_read_with_plurals_long_texts_and_doubts() -> None:
    source = """
msgid ""
msgstr "Language: zh_CN"

#: somewhere
msgid "{count} lead"
msgid_plural "{count} leads"
msgstr[0] "线索"

#, fuzzy
msgid ""
"long "
"text\\n"
msgstr ""
"长"
"文\\n"
"""
    plural, long = entries(source)
    assert (plural.key, plural.translations, plural.fuzzy) == (
        ("{count} lead", "{count} leads"),
        ["线索"],
        False,
    )
    assert (long.key, long.translations, long.fuzzy) == (("long text\n",), ["长文\n"], True)


def test_placeholders_are_compared_by_their_names() -> None:
    assert placeholders("{date.day} {month} {date:%y}") == ["date", "month"]
    assert placeholders("%(default)s, %s") == ["%(default)s", "%s"]
    assert placeholders("no more than 100 %") == []
