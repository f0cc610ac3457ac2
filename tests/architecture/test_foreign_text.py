"""Text from outside enters a widget through `widgets.plain` and by no other way."""

from __future__ import annotations

from pathlib import Path

import pytest
from foreign_text import content_functions, unsafe_texts

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = sorted([*REPOSITORY.glob("screens/**/*.py"), *REPOSITORY.glob("widgets/**/*.py")])

CONTENT_FUNCTIONS = frozenset().union(*(content_functions(path.read_text("utf-8")) for path in SOURCES))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_no_foreign_text_beside_the_door(path: Path) -> None:
    source = path.read_text("utf-8")
    found = [f"{path.name}:{line}: {text}" for line, text in unsafe_texts(source, CONTENT_FUNCTIONS)]
    assert found == [], "pass it through widgets.plain.plain()"


@pytest.mark.parametrize(
    "source",
    [
        "yield Static(lead.company)",
        "Label(f'Lead {lead.company}')",
        "Button('Open ' + name)",
        "self.notify(str(error))",
        "self.notify(_('Logged {who}').format(who=lead.company))",
        "self.border_title = lead.company",
        "self.query_one('#x', Static).update(lead.company)",
        "Static(Content(lead.company))",
        "Static(Content.from_markup(lead.company))",
        "text = lead.company\nStatic(text)",
        "text = plain(lead.company)\ntext = lead.company\nStatic(text)",
        "Static(cut(lead.company, 10))",
        "Static(_(lead.company))",
    ],
)
def test_each_way_beside_the_door_is_seen(source: str) -> None:
    assert list(unsafe_texts(source))


@pytest.mark.parametrize(
    "source",
    [
        "yield Static('Follow up')",
        "Label(_('Company'))",
        "Static(plain(lead.company))",
        "Static(plain(lead.company, one_line=False), classes='need')",
        "self.notify(plain(str(error)).markup)",
        "self.notify(one_line(str(error)), markup=False)",
        "self.notify(_('{count} leads').format(count=len(ids)))",
        "self.border_title = plain(lead.company).markup",
        "Static(Content(cut(lead.company, 10)))",
        "Static(Content.assemble(plain(lead.company), ' ', (plain(lead.title), 'dim')))",
        "text = plain(lead.company)\nStatic(text)",
        "problems.update(more)",
        "def heading(self) -> Content: ...\nStatic(self.heading())",
        "def show(text: Content | None): Static(text)",
    ],
)
def test_the_door_and_our_own_words_pass(source: str) -> None:
    assert list(unsafe_texts(source)) == []
