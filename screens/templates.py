"""Texts for a lead: call scripts, mails and messages with its fields filled in (R110)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from leadtui.details import LeadDetail
from leadtui.followup.card import situation
from leadtui.i18n import gettext as _
from leadtui.labels import label
from leadtui.playbooks.filling import Filled, fill, name_shown, values_of
from leadtui.playbooks.library import library
from leadtui.playbooks.template import Template
from screens.entries import EntriesScreen, EntryListAbove, Keys
from screens.mail_program import open_mail
from screens.text_view import Reading
from widgets.key_bar import KeyBar
from widgets.panel import Piece
from widgets.plain import cut, fit, plain

if TYPE_CHECKING:
    from leadtui.workspace import Workspace

_MOST_URL = 8_000
"""Longer addresses are cut by mail programs or refused."""


class TemplatesScreen(EntriesScreen):
    """Shows the texts that fit the lead first; copies one, or hands it to the mail program."""

    DEFAULT_CSS = """
    TemplatesScreen EntryList { height: 2fr; min-height: 6; }
    TemplatesScreen #head { height: auto; max-height: 3; padding: 0 2; color: $text-accent; }
    TemplatesScreen Reading { height: 3fr; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "copy", show=False),
        Binding("Y", "copy_subject", show=False),
        Binding("m", "mail", show=False),
    ]

    def __init__(self, workspace: Workspace, detail: LeadDetail, keys: Keys) -> None:
        super().__init__(workspace, keys)
        self._detail = detail
        now = workspace.clock.now()
        self._values = values_of(detail.fields, detail.custom, workspace.user, now, workspace.zone)
        known = library()
        fitting = known.templates_for(situation(detail.fields, detail.facts, detail.standing))
        wanted = {task.template for task in detail.tasks if task.template}
        fitting.sort(key=lambda one: one.code not in wanted)
        self._fitting = len(fitting)
        self._templates = [*fitting, *(one for one in known.templates.values() if one not in fitting)]

    def entry_list(self) -> EntryListAbove:
        return EntryListAbove(self.glyphs, self._show)

    def compose(self) -> ComposeResult:
        yield self._list
        yield Static(id="head")
        yield Reading(Static(id="text"), can_focus=False)
        yield KeyBar()

    def on_mount(self) -> None:
        row = self._detail.row
        name = cut(row.company or row.contact or row.number, 40)
        self._list.set_caption([(_("Templates"), "title"), (name, "key")])
        self._list.empty_text = _("There are no templates.")
        self._list.show(len(self._templates), 1, self._draw)
        self.show_keys(
            ("y", _("Copy"), "copy"),
            ("Y", _("Copy subject"), "copy_subject"),
            ("m", _("Open as mail"), "mail"),
            ("esc", _("Back"), "leave"),
        )
        self._show()

    @property
    def _template(self) -> Template | None:
        return self._templates[self._list.cursor] if self._templates else None

    def _draw(self, entry: int, part: int, width: int) -> Sequence[Piece]:
        template = self._templates[entry]
        fits = entry < self._fitting
        sign = self._list.glyphs.yes if fits else " "
        channel = label("channel", template.channel) if template.channel else ""
        return [
            (f"{sign} ", "good"),
            (fit(template.name, width - 16), "strong" if fits else "dim"),
            (fit(channel, 14), "dim"),
        ]

    def _show(self) -> None:
        template = self._template
        if template is None:
            return
        subject, text = fill(template.subject, self._values), fill(template.text, self._values)
        self.query_one("#head", Static).update(self._head_of(subject, text))
        self.query_one("#text", Static).update(plain(text.text, one_line=False))
        self.query_one(Reading).scroll_home(animate=False)

    def _head_of(self, subject: Filled, text: Filled) -> Content:
        """The subject of a mail, and what the lead has no value for."""
        lines: list[Content] = []
        if subject.text:
            lines.append(plain(_("Subject: {subject}").format(subject=subject.text)))
        if lacking := dict.fromkeys((*subject.lacking, *text.lacking)):
            names = ", ".join(name_shown(name) for name in lacking)
            lines.append(plain(_("The lead lacks: {names}").format(names=names)).stylize("$text-warning"))
        return Content("\n").join(lines)

    def action_copy(self) -> None:
        if self._template is not None:
            self._copy(fill(self._template.text, self._values).text)

    def action_copy_subject(self) -> None:
        if self._template is not None and self._template.subject:
            self._copy(fill(self._template.subject, self._values).text)

    def _copy(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self.say(_("Copied: {text}").format(text=cut(text, 60)))

    def action_mail(self) -> None:
        """Open the text in the mail program; whether it is sent is up to the user."""
        template = self._template
        if template is None:
            return
        address = str(self._detail.fields.get("email") or "")
        if not address:
            self.say(_("The lead has no mail address: edit it first."))
            return
        subject, text = (fill(part, self._values).text for part in (template.subject, template.text))
        if open_mail(mailto(address, subject, text)):
            self.say(_("Handed to your mail program: nothing is sent by itself."))
        else:
            self.say(_("No mail program can be opened from here: y copies the text."))


def mailto(address: str, subject: str, text: str) -> str:
    """The address that opens a mail in the mail program, with everything in it quoted and cut to a length
    that it takes."""
    head = f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}&body="
    body = text.replace("\n", "\r\n")
    while body and len(head) + len(quote(body, safe="")) > _MOST_URL:
        body = body[: len(body) * 3 // 4]
    return head + quote(body, safe="")
