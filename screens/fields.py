"""Defining the fields of one's own (R113)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from leadtui.i18n import gettext as _
from leadtui.labels import label, labels
from leadtui.qualify.fields import FieldDefinition, custom_fields, define_fields, field_key, remove_fields
from screens.confirm import leave
from screens.form_screen import FormScreen
from screens.modal import Modal
from screens.work import WorkingScreen
from widgets.box import Box
from widgets.choice_row import ChoiceRow, choices
from widgets.form import FormRow
from widgets.plain import fit, plain
from widgets.short_text import ShortText

if TYPE_CHECKING:
    from leadtui.store.act import Act


class FieldChanges(NamedTuple):
    """What is to be defined, anew or otherwise, and the keys of what is to be taken away."""

    define: tuple[FieldDefinition, ...]
    remove: tuple[str, ...]


class FieldScreen(FormScreen[FieldDefinition]):
    """One field: its name, what it holds, and its choices. A field keeps its key when it is renamed."""

    AUTO_FOCUS = "#label"

    def __init__(self, field: FieldDefinition | None = None, taken: Collection[str] = ()) -> None:
        super().__init__()
        self._field = field
        self._taken = frozenset(taken)

    def title_text(self) -> str:
        return _("Edit field") if self._field else _("New field")

    def rows(self) -> Iterable[Widget]:
        field = self._field
        yield FormRow(
            "label",
            _("Name"),
            ShortText(field.label if field else ""),
            required=_("Give the field a name."),
        )
        yield FormRow(
            "kind", _("It holds"), ChoiceRow(choices(labels("kind")), field.kind if field else "text")
        )
        yield FormRow(
            "choices",
            _("Choices"),
            ShortText(
                ", ".join(field.choices) if field else "",
                placeholder=_("north, south, west; for a choice only"),
            ),
        )

    def further_problems(self) -> Mapping[str, str]:
        if self.text("kind") == "choice" and not self._choices():
            return {"choices": _("List at least one choice.")}
        if self._field is None and field_key(self.text("label")) in self._taken:
            return {"label": _("There is a field of that name; choose another one.")}
        return {}

    def draft(self) -> FieldDefinition:
        key = self._field.key if self._field else field_key(self.text("label"))
        kind = self.text("kind") or "text"
        return FieldDefinition(key, self.text("label"), kind, self._choices() if kind == "choice" else ())

    def _choices(self) -> tuple[str, ...]:
        words = (word.strip() for word in self.text("choices").replace("，", ",").split(","))
        return tuple(dict.fromkeys(word for word in words if word))


class FieldsScreen(Modal[FieldChanges | None]):
    """Shows `fields` and returns what was changed. Those of `fixed` (their keys) stand in the settings."""

    DEFAULT_CSS = """
    FieldsScreen { align: center middle; }
    FieldsScreen Box { width: 76; }
    FieldsScreen OptionList { height: auto; max-height: 14; padding: 0; background: $surface; }
    FieldsScreen .hint { color: $text-muted; height: auto; margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", show=False),
        Binding("x,delete", "remove", show=False),
        Binding("f2", "save", show=False),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, fields: Sequence[FieldDefinition], fixed: Collection[str] = ()) -> None:
        super().__init__()
        self._before = {field.key: field for field in fields}
        self._now = dict(self._before)
        self._fixed = frozenset(fixed)

    def compose(self) -> ComposeResult:
        yield Box(
            _("Custom fields"),
            OptionList(compact=True),
            Static(_("n new · enter changes · x takes away, values stay · f2 saves"), classes="hint"),
        )

    def on_mount(self) -> None:
        self._list(0)

    def on_resize(self, event: events.Resize) -> None:
        self.query_one(OptionList).styles.max_height = max(event.size.height - 5, 1)

    def action_new(self) -> None:
        self.app.push_screen(FieldScreen(taken=self._now), self._define)

    @on(OptionList.OptionSelected)
    def _edit(self, event: OptionList.OptionSelected) -> None:
        field = self._highlighted()
        if field is not None and field.key not in self._fixed:
            self.app.push_screen(FieldScreen(field), self._define)

    def action_remove(self) -> None:
        field = self._highlighted()
        if field is not None and field.key not in self._fixed:
            position = self.query_one(OptionList).highlighted or 0
            del self._now[field.key]
            self._list(position)

    def action_save(self) -> None:
        define = tuple(field for key, field in self._now.items() if self._before.get(key) != field)
        self.dismiss(FieldChanges(define, tuple(key for key in self._before if key not in self._now)))

    def action_leave(self) -> None:
        leave(self, changed=self._now != self._before)

    def _define(self, field: FieldDefinition | None) -> None:
        if field is not None:
            self._now[field.key] = field
            self._list(list(self._now).index(field.key))

    def _highlighted(self) -> FieldDefinition | None:
        position = self.query_one(OptionList).highlighted
        return None if position is None or not self._now else list(self._now.values())[position]

    def _list(self, position: int) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(self._line(field)) for field in self._now.values())
        if self._now:
            options.highlighted = min(position, len(self._now) - 1)
        else:
            options.add_option(Option(plain(_("No fields yet: n adds one.")), disabled=True))

    def _line(self, field: FieldDefinition) -> Content:
        more = ", ".join(field.choices)
        if field.key in self._fixed:
            more = _("from the settings file")
        return Content.assemble(
            (fit(field.label or field.key, 26), "bold"),
            "  ",
            fit(label("kind", field.kind), 10),
            "  ",
            plain(more).stylize("$text-muted"),
        )


def edit_fields(screen: WorkingScreen, saved: Callable[[], None], record: str = "lead") -> None:
    """Let the user change the fields of one kind of record, in one act; `saved` is called after it."""
    settings = screen.workspace.settings
    fixed = [field.key for field in settings.fields] if record == "lead" else []

    def ask(fields: tuple[FieldDefinition, ...]) -> None:
        screen.app.push_screen(FieldsScreen(fields, fixed), change)

    def change(changes: FieldChanges | None) -> None:
        if changes is None or not any(changes):
            return

        def define(act: Act) -> None:
            define_fields(act, changes.define, record)
            remove_fields(act, changes.remove, record)

        screen.act(_("Define fields"), define, lambda _nothing: saved())

    screen.load_first("fields", lambda connection: custom_fields(connection, settings, record), ask)
