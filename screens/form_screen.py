"""What all forms have in common: saving, leaving, and showing what is wrong where it is wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from leadtui.errors import FieldProblems, LeadTUIError
from leadtui.i18n import gettext as _
from screens.confirm import leave
from screens.modal import Modal
from screens.unsaved import Typed, said_brought_back
from widgets.choice_row import KeyRow
from widgets.fold import Fold
from widgets.form import FormBody, FormRow
from widgets.plain import cut, plain

if TYPE_CHECKING:
    from screens.host import Host

Draft = dict[str, object]
_TITLE_WIDTH = 72
"""What fits into the frame on the smallest terminal."""
Result = TypeVar("Result")
Save = Callable[[Result], Awaitable[Mapping[str, str] | None]]
"""Carries out the act of a form; returns a sentence for each field that was refused, or None."""


class FormScreen(Modal[Result | None], Generic[Result]):
    """A form over the main screen; the result is its draft, or None when the user left it.

    For the caller: with `on_save`, a submitted draft goes to `await on_save(draft)` while the form stays
    open. When it returns `{field: sentence}`, or raises `FieldProblems`, each sentence is shown under its
    field and nothing of what was typed is lost; any other `LeadTUIError` is shown above the buttons. When it
    returns None the form is dismissed with the draft. Without `on_save` it is dismissed at once.

    A subclass gives `heading()`, `rows()` and `draft()`. One that is kept (`kept_form`) gives `fill_rows()`
    too, and its `rows()` are empty.
    """

    DEFAULT_CSS = """
    FormScreen { align: center middle; }
    FormScreen > #form {
        width: 100%; max-width: 104; height: auto; max-height: 100%;
        background: $surface; border: round $primary; border-title-color: $text-primary;
    }
    FormScreen #heading { height: auto; max-height: 3; padding: 0 1; color: $text-muted; }
    FormScreen #form-problem { height: auto; max-height: 3; padding: 0 1; color: $text-error; display: none; }
    FormScreen #buttons { height: 1; padding: 0 1; }
    FormScreen #buttons Button { margin: 0 2 0 0; min-width: 8; }
    FormScreen #buttons .hint { width: 1fr; color: $text-muted; text-align: right; }
    FormScreen #buttons .hint.-brought-back { color: $text-accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "save", show=False),
        Binding("f4", "drop_typed", show=False),
        Binding("escape", "leave", show=False),
    ]
    TITLE_TEXT: ClassVar[str] = ""
    """The form's title, marked for translation."""

    def __init__(self, on_save: Save[Result] | None = None) -> None:
        super().__init__()
        self._on_save = on_save
        self._saving = False
        self._untouched: dict[str, object] = {}
        self._rows: dict[str, FormRow] = {}

    def title_text(self) -> str:
        """What stands in the frame."""
        return _(self.TITLE_TEXT)

    def heading(self) -> Content | None:
        """What stands above the rows and does not scroll."""
        return None

    def rows(self) -> Iterable[Widget]:
        """The rows of the form, with headings between them and folds that hold some."""
        raise NotImplementedError

    def fill_rows(self) -> None:
        """Write into every row what it begins with, whatever stands there."""

    def draft(self) -> Result:
        """What the form says, for the act that it stands for."""
        raise NotImplementedError

    def hint(self) -> str:
        """What stands beside the buttons."""
        return _("tab next field")

    def compose(self) -> ComposeResult:
        body = tuple(self.rows())
        for widget in body:
            rows = widget.rows if isinstance(widget, Fold) else (widget,)
            self._rows.update({row.field: row for row in rows if isinstance(row, FormRow)})
        self.fill_rows()
        with Vertical(id="form"):
            yield Static(id="heading")
            with FormBody(id="body"):
                yield from body
            yield Static(id="form-problem", markup=False)
            with Horizontal(id="buttons"):
                yield Button(_("Save  f2"), id="save", variant="primary", compact=True)
                yield Button(_("Cancel  esc"), id="cancel", compact=True)
                yield Static(plain(self.hint()), id="hint", classes="hint")

    def on_mount(self) -> None:
        self._begin()

    def begin_again(self) -> None:
        """Begin as if it were new: of its last use nothing is left."""
        self._tell("")
        for fold in self.query(Fold):
            fold.open = False
        for row in self._rows.values():
            row.show_problem("")
        self.fill_rows()
        self._begin()
        self.query_one(FormBody).scroll_home(animate=False)
        if self.AUTO_FOCUS:
            self.set_focus(None)
            self.set_focus(self.query(self.AUTO_FOCUS).first())

    def _begin(self) -> None:
        """Name what is entered, and take what stands in the form as untouched."""
        self._untouched = self.values()
        self._bring_back()
        self.query_one("#form").border_title = plain(cut(self.title_text(), _TITLE_WIDTH)).markup
        heading, above = self.heading(), self.query_one("#heading", Static)
        above.display = heading is not None
        if above.content != (heading or ""):
            above.update(heading or "")
            self.call_after_refresh(self._fit)
        self._fit()

    def on_resize(self, event: events.Resize) -> None:
        self._fit()

    def _fit(self) -> None:
        """Leave the rows what room there is between the heading and what is said above the buttons."""
        around = 3 + self.query_one("#form-problem").size.height
        above = self.query_one("#heading")
        lines = (above.size.height or 1) if above.display else 0
        self.query_one(FormBody).styles.max_height = max(self.app.size.height - around - lines, 3)

    def _bring_back(self) -> None:
        """Begin with what was typed here when the app had to end, and say so."""
        if typed := self.kept():
            self.fill_typed(typed)
        brought_back = self.values() != self._untouched
        if brought_back != self.brought_back:
            self.brought_back = brought_back
            hint = self.query_one("#hint", Static)
            hint.update(plain(said_brought_back() if brought_back else self.hint()))
            hint.set_class(brought_back, "-brought-back")

    def fill_typed(self, typed: Typed) -> None:
        """Write what was typed into the rows that it was typed in."""
        for fold in self.query(Fold):
            fold.open = fold.open or any(row.field in typed for row in fold.rows)
        for field, row in self._rows.items():
            if field in typed:
                row.bring_back(typed[field])

    def typed(self) -> Typed:
        return {
            field: row.lasting for field, row in self._rows.items() if row.value != self._untouched.get(field)
        }

    def action_drop_typed(self) -> None:
        """Begin without what was typed when the app had to end."""
        if self.brought_back and not self._saving:
            self.forget_kept()
            self.begin_again()

    def values(self) -> dict[str, object]:
        """What stands in each row by the name of its field."""
        return {field: row.value for field, row in self._rows.items()}

    def text(self, field: str) -> str:
        """The trimmed text of a row."""
        value = self._rows[field].value
        return value.strip() if isinstance(value, str) else ""

    def row(self, field: str) -> FormRow:
        """The row of a field; KeyError when there is none."""
        return self._rows[field]

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show each sentence under its field, the rest above the buttons; focus the first bad field."""
        for fold in self.query(Fold):
            if any(row.field in problems for row in fold.rows):
                fold.open = True
        for field, row in self._rows.items():
            row.show_problem(problems.get(field, ""))
        first = next((row for field, row in self._rows.items() if field in problems), None)
        if first is not None:
            self.call_after_refresh(first.focus_control)
        self._tell(" ".join(text for field, text in problems.items() if field not in self._rows))

    def action_save(self) -> None:
        if self._saving:
            return
        problems = {field: row.problem_on(saving=True) for field, row in self._rows.items()}
        problems = {field: sentence for field, sentence in problems.items() if sentence}
        problems.update(self.further_problems())
        if problems:
            self.show_problems(problems)
        elif self._on_save is None:
            self.dismiss(self.draft())
        else:
            self._saving = True
            saving = self._save(self._on_save, self.draft(), cast("Host", self.app).hold_keys())
            self.run_worker(saving, group="form-save", exit_on_error=False)

    def further_problems(self) -> Mapping[str, str]:
        """What is wrong with several fields together."""
        return {}

    async def _save(self, save: Save[Result], draft: Result, saved: Callable[[], None]) -> None:
        try:
            problems = await save(draft)
        except FieldProblems as refused:
            problems = refused.problems
        except LeadTUIError as error:
            problems = {"": str(error)}
        except Exception as error:
            # The form stays, with what was typed.
            cast("Host", self.app).tell_error(error)
            problems = {"": _("Nothing was saved.")}
        finally:
            self._saving = False
        if problems:
            self.show_problems(problems)
        else:
            self.dismiss(draft)
        saved()

    def action_leave(self) -> None:
        if not self._saving:
            leave(self, changed=self.values() != self._untouched)

    def _tell(self, sentence: str) -> None:
        problem = self.query_one("#form-problem", Static)
        if sentence or problem.display:
            problem.update(plain(sentence))
            problem.display = bool(sentence)
            self.call_after_refresh(self._fit)

    @on(events.DescendantBlur)
    def _check_left_row(self, event: events.DescendantBlur) -> None:
        row = next((node for node in event.widget.ancestors if isinstance(node, FormRow)), None)
        if row is not None:
            row.show_problem(row.problem_on(saving=False))

    @on(Input.Submitted)
    @on(KeyRow.Submitted)
    @on(Button.Pressed, "#save")
    def _submit(self) -> None:
        self.action_save()

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.action_leave()
