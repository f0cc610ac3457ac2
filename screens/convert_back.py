"""What taking a conversion back will do, before it does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from leadtui.followup.describe import describe_exact
from leadtui.i18n import gettext as _
from leadtui.labels import label
from screens.modal import Modal
from screens.text_view import Reading
from widgets.difference import difference
from widgets.plain import plain, wrap

if TYPE_CHECKING:
    from leadtui.convert.values import Piece, TakingBack

_WIDEST = 100


BACK, CUSTOMER = "back", "customer"


class TakeBackScreen(Modal[str | None]):
    """Shows what will be removed, what gets its old values, and what stays because somebody worked on it.

    Returns `back` when the conversion is to be taken back, `customer` when the customer is wanted, or None.
    """

    DEFAULT_CSS = """
    TakeBackScreen { align: center middle; }
    TakeBackScreen > Vertical {
        width: 100%; max-width: 100; height: auto; max-height: 100%; padding: 0 1;
        background: $surface; border: round $primary; border-title-color: $text-primary;
    }
    TakeBackScreen Reading { max-height: 30; }
    TakeBackScreen Horizontal { height: 1; margin: 1 0 0 0; }
    TakeBackScreen Button { margin: 0 2 0 0; min-width: 8; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "answer('back')", show=False),
        Binding("c", "answer('customer')", show=False),
        Binding("escape,q", "answer('')", show=False),
    ]

    def __init__(self, found: TakingBack, zone: tzinfo) -> None:
        super().__init__()
        self._found = found
        self._zone = zone

    def compose(self) -> ComposeResult:
        with Vertical() as frame:
            title = _("Take the conversion of {number} back?").format(number=self._found.lead_number)
            frame.border_title = plain(title).markup
            yield Reading(Static(id="pieces", markup=False))
            with Horizontal():
                yield Button(_("Take it back  f2"), id=BACK, variant="primary", compact=True)
                yield Button(_("Go to the customer  c"), id=CUSTOMER, compact=True)
                yield Button(_("Leave it  esc"), id="leave", compact=True)

    def on_mount(self) -> None:
        self.query_one(Reading).focus()

    def on_resize(self) -> None:
        self.query_one(Reading).styles.max_height = max(self.size.height - 4, 1)
        self.query_one("#pieces", Static).update(self._content(min(self.size.width, _WIDEST) - 5))

    def action_answer(self, answer: str) -> None:
        self.dismiss(answer or None)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id if event.button.id in {BACK, CUSTOMER} else None)

    def _content(self, width: int) -> Content:
        found = self._found
        when = describe_exact(found.converted_at, False, self._zone)
        head = _("{name} was converted {when}. It will be an open lead again.").format(
            name=found.lead_name, when=when
        )
        sections = [
            (_("Removed, because nobody has touched it since"), "$text-error", found.removed),
            (_("Gets its old values back"), "$text-success", found.restored),
            (_("Stays, because it was worked on since"), "$text-warning", found.kept),
        ]
        lines = [Content(line) for line in wrap(head, width)]
        for title, ink, pieces in sections:
            if pieces:
                lines += [Content(""), Content(title).stylize(f"bold {ink}"), *_listed(pieces, width)]
        return Content("\n").join(lines)


def _listed(pieces: Sequence[Piece], width: int) -> Iterator[Content]:
    for piece in pieces:
        name = " ".join(part for part in (label("record", piece.record), piece.number, piece.name) if part)
        for line in wrap(f"{name}: {piece.why}" if piece.why else name, width - 2):
            yield Content(f"  {line}")
        for field, now, then in piece.fields:
            yield from difference(field, now, then, width)
