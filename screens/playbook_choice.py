"""Choosing a playbook to start, and what to do with the one that is at work; for leads and opportunities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from leadtui.details import PlaybookRun
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from screens.doing import Change, Doing, Targets
from widgets.plain import cut

if TYPE_CHECKING:
    from textual.app import App

    from leadtui.playbooks.library import Library
    from leadtui.playbooks.playbook import Playbook


def choose_playbook(
    app: App[None],
    known: Library,
    of: str,
    fitting: Sequence[Playbook],
    start: Callable[[Playbook], None],
) -> None:
    """Let one for a `lead` or an `opportunity` be chosen, those that fit first."""
    from screens.choose import ChooseScreen, place_key

    deals = of == "opportunity"
    others = [
        one
        for one in known.playbooks.values()
        if one not in fitting and bool(one.occasion.opportunity) == deals
    ]
    options = [
        (place_key(place), playbook, _playbook_line(playbook, place <= len(fitting)))
        for place, playbook in enumerate([*fitting, *others], 1)
    ]

    def chosen(playbook: Playbook | None) -> None:
        if playbook is not None:
            start(playbook)

    app.push_screen(ChooseScreen(_("Start a playbook"), options), chosen)


def choose_for_run(screen: Doing, targets: Targets, run: PlaybookRun) -> None:
    """Ask what is to become of the playbook at work on a lead or an opportunity, and do it."""
    from leadtui.followup import runs
    from screens.choose import ChooseScreen

    of = targets.record
    faces: Mapping[str, tuple[str, Change, str]] = {
        "pause": (_("Pause playbook"), lambda act, ids: runs.pause(act, ids, "by_hand", of), _("paused")),
        "resume": (_("Resume playbook"), lambda act, ids: runs.resume(act, ids, of), _("resumed")),
        "end": (_("End playbook"), lambda act, ids: runs.end(act, ids, of), _("ended")),
    }
    options = [
        ("r", "resume", _("resume: its tasks come as much later as it rested"))
        if run.paused_at is not None
        else ("p", "pause", _("pause: its tasks wait")),
        ("e", "end", _("end: its open tasks are cancelled")),
    ]

    def chosen(choice: str | None) -> None:
        if choice is not None:
            screen.perform(targets, *faces[choice], stay=True)

    screen.app.push_screen(ChooseScreen(cut(run.playbook, 60), options), chosen)


def _playbook_line(playbook: Playbook, fits: bool) -> str:
    number = len(playbook.tasks)
    tasks = ngettext("{count} task", "{count} tasks", number).format(count=number)
    name = cut(playbook.name, 40)
    line = _("{name} ({tasks}), fits") if fits else _("{name} ({tasks})")
    return line.format(name=name, tasks=tasks)
