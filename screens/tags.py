"""Adding and removing tags (R20), or collaborators (R102)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from leadtui.i18n import gettext as _
from screens.modal import Modal
from widgets.box import Box
from widgets.plain import plain
from widgets.short_text import ShortText

TagChanges = tuple[tuple[str, ...], tuple[str, ...]]


class TagsScreen(Modal[TagChanges | None]):
    """Returns (tags to add, tags to remove). `current` are those of the lead, `known` all that are in use.

    Of several leads, `current` are the tags of all and `some` those of a few, which stay as they are until
    they are ticked. Typing narrows the list; enter adds what was typed, or saves when nothing is; f2 does
    both.
    """

    DEFAULT_CSS = """
    TagsScreen { align: center middle; }
    TagsScreen Box { width: 52; }
    TagsScreen Input { background: $boost; }
    TagsScreen OptionList { height: auto; max-height: 14; padding: 0; background: $surface; }
    TagsScreen .hint { color: $text-muted; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "save", show=False),
        Binding("escape", "leave", show=False),
        Binding("down", "into_list", show=False),
    ]

    def __init__(
        self,
        current: Sequence[str],
        known: Sequence[str],
        some: Sequence[str] = (),
        title: str = "",
        placeholder: str = "",
    ) -> None:
        super().__init__()
        self._title = title or _("Tags")
        self._placeholder = placeholder or _("a tag, or several with commas")
        self._tags = {tag.casefold(): tag for tag in (*known, *some, *current)}
        self._before = {tag.casefold() for tag in current}
        self._had = [tag.casefold() for tag in (*current, *some)]
        self._ticked = set(self._before)
        self._some = {tag.casefold() for tag in some}
        self._some_before = set(self._some)
        self._shown: list[str] = []

    def compose(self) -> ComposeResult:
        yield Box(
            self._title,
            ShortText(placeholder=self._placeholder),
            OptionList(compact=True),
            Static(_("enter adds · down, space ticks · f2 saves"), classes="hint"),
        )

    def on_mount(self) -> None:
        self._list("")

    def on_resize(self, event: events.Resize) -> None:
        self.query_one(OptionList).styles.max_height = max(event.size.height - 5, 1)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._list(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if not self._take():
            self.action_save()

    def _take(self) -> bool:
        """Tick what was typed; False when nothing was."""
        field = self.query_one(Input)
        words = field.value.replace("，", ",").split(",")
        names = [" ".join(plain(word).plain.split()) for word in words]
        names = [name for name in names if name]
        for name in names:
            self._tags.setdefault(name.casefold(), name)
            self._ticked.add(name.casefold())
            self._some.discard(name.casefold())
        field.value = ""
        return bool(names)

    @on(OptionList.OptionSelected)
    def _tick(self, event: OptionList.OptionSelected) -> None:
        position = event.option_index
        self._ticked ^= {self._shown[position]}
        self._some.discard(self._shown[position])
        event.option_list.replace_option_prompt_at_index(position, self._prompt(self._shown[position]))

    def on_key(self, event: events.Key) -> None:
        options = self.query_one(OptionList)
        if event.key == "space" and options.has_focus:
            event.stop()
            options.action_select()

    def action_into_list(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = options.highlighted or 0
        options.focus()

    @property
    def _is_typing(self) -> bool:
        """Whether a name is half typed; what narrowed the list before something in it was ticked is none."""
        field = self.query_one(Input)
        return field.has_focus and bool(field.value.strip())

    def action_save(self) -> None:
        if self._is_typing:
            self._take()
        added = tuple(tag for key, tag in self._tags.items() if key in self._ticked - self._before)
        removed = tuple(self._tags[key] for key in self._had if key not in self._ticked | self._some)
        self.dismiss((added, removed))

    def action_leave(self) -> None:
        """Leave, after a question when something was ticked or typed."""
        from screens.confirm import leave

        ticked = (self._ticked, self._some) != (self._before, self._some_before)
        leave(self, changed=ticked or self._is_typing)

    def _list(self, typed: str) -> None:
        wanted = typed.replace("，", ",").split(",")[-1].strip().casefold()
        self._shown = sorted(
            (key for key in self._tags if wanted in key),
            key=lambda key: (key not in self._ticked | self._some, key),
        )
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(self._prompt(key)) for key in self._shown)

    def _prompt(self, key: str) -> Content:
        sign = "[x] " if key in self._ticked else "[-] " if key in self._some else "[ ] "
        return Content(sign) + plain(self._tags[key])
