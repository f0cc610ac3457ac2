"""The registry of everything a user can do on the main screen: one place for ids, keys, labels and help.

Bindings, palette, help, footer, `leadtui keys`, the README's table and the user's `[keys]` settings are all
made from it. The action of a command is named after its id: `follow-up` is `action_follow_up`.
Movement is one command a direction, because a user remaps `move-down` and not "the arrows and g and page up".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from leadtui.i18n import gettext
from leadtui.i18n import marked as _
from leadtui.keys import display_key, key_name, nearest_key, refusal

LIST, DETAIL, REMINDERS, RECORDS, ANY = "list", "detail", "reminders", "records", "any"
"""Where a command's keys count: with the focus in one of the three panels of the main screen, only among
customers, contacts and opportunities, or everywhere."""

_LEAD = (LIST, DETAIL, REMINDERS)


class Command(NamedTuple):
    """One thing that a user can do; `label` and `help` are English and translated where they are shown."""

    id: str
    keys: tuple[str, ...]
    """Default keys by their Textual names; none when the palette is the only way."""
    label: str
    help: str
    contexts: tuple[str, ...] = (ANY,)
    footer: bool = False

    @property
    def action(self) -> str:
        """The name of the screen action that does it, without `action_`."""
        return self.id.replace("-", "_")


class KeyProblem(NamedTuple):
    """A line of `[keys]` that was not taken; the command keeps its default keys."""

    command: str
    sentence: str
    nearest: str = ""
    """The nearest valid word, or empty."""


COMMANDS: tuple[Command, ...] = (
    Command("move-down", ("j", "down"), _("Down"), _("Move down one line"), _LEAD),
    Command("move-up", ("k", "up"), _("Up"), _("Move up one line"), _LEAD),
    Command("move-first", ("g", "home"), _("First"), _("Go to the first line"), _LEAD),
    Command("move-last", ("G", "end"), _("Last"), _("Go to the last line"), _LEAD),
    Command("page-down", ("pagedown",), _("Page down"), _("Move down one page"), _LEAD),
    Command("page-up", ("pageup",), _("Page up"), _("Move up one page"), _LEAD),
    Command("half-page-down", ("ctrl+d",), _("Half page down"), _("Move down half a page"), _LEAD),
    Command("half-page-up", ("ctrl+u",), _("Half page up"), _("Move up half a page"), _LEAD),
    Command("open", ("enter",), _("Open lead"), _("Open the lead under the cursor"), (LIST, REMINDERS)),
    Command("back", ("escape",), _("Back"), _("Clear marks, then the filter, then go back")),
    Command("panel-list", ("1",), _("List"), _("Go to the list of leads")),
    Command("panel-detail", ("2",), _("Detail"), _("Go to the lead's detail")),
    Command("panel-reminders", ("3",), _("Reminders"), _("Go to the reminders")),
    Command("follow-up", ("f",), _("Follow Up"), _("Log a follow-up and plan the next step"), _LEAD, True),
    Command(
        "line-entry",
        ("semicolon",),
        _("One-line follow-up"),
        _("Log a follow-up in one typed line"),
        _LEAD,
    ),
    Command(
        "convert",
        ("c",),
        _("Convert"),
        _("Turn the lead into a customer, or take that back"),
        _LEAD,
        True,
    ),
    Command(
        "differences",
        ("equals_sign",),
        _("Differences"),
        _("Show where a lead and its customer differ now"),
        (*_LEAD, RECORDS),
    ),
    Command(
        "snooze",
        ("s",),
        _("Snooze"),
        _("Hide until tomorrow, 3 days, a week, a date"),
        _LEAD,
        True,
    ),
    Command("done", ("d",), _("Done"), _("Mark the reminder as done"), _LEAD, True),
    Command("new-lead", ("n",), _("New lead"), _("Enter a new lead")),
    Command("edit", ("e",), _("Edit"), _("Edit the lead"), _LEAD),
    Command("edit-notes", ("E",), _("Edit notes"), _("Edit the lead's notes in your editor"), _LEAD),
    Command("signals", ("i",), _("Signals"), _("Tick signals of readiness, rate BANT"), _LEAD),
    Command(
        "engagement",
        ("o",),
        _("Engagement"),
        _("Record what it read, attended or answered"),
        _LEAD,
    ),
    Command("tier", ("t",), _("Tier"), _("Choose tier A, B or C"), _LEAD),
    Command("tags", ("T",), _("Tags"), _("Add and remove tags"), _LEAD),
    Command("owner", ("a",), _("Owner"), _("Change the owner"), _LEAD),
    Command("collaborators", ("W",), _("Collaborators"), _("Say who supports the owner"), _LEAD),
    Command("give-back", ("b",), _("Give back"), _("Put the lead back into the pool"), _LEAD),
    Command("claim", ("B",), _("Claim"), _("Take the lead out of the pool"), _LEAD),
    Command("status", ("z",), _("Status"), _("Working, nurturing, or qualified"), _LEAD),
    Command("plan", ("P",), _("Plan"), _("Plan the next step"), _LEAD),
    Command("playbook", ("p",), _("Playbook"), _("Start a playbook, pause or end it"), (*_LEAD, RECORDS)),
    Command("tasks", ("l",), _("Tasks"), _("Show the tasks that want to be done")),
    Command("templates", ("m",), _("Templates"), _("Copy a text for the lead, or open it as a mail"), _LEAD),
    Command("valid", ("V",), _("Valid"), _("Screen the lead as valid"), _LEAD),
    Command("screening", ("N",), _("Screening"), _("Screen the new leads of yesterday and before")),
    Command("watch", ("w",), _("Watch"), _("Screen the lead as one to watch"), _LEAD),
    Command("disqualify", ("x",), _("Disqualify"), _("Close as invalid or lost, with a reason"), _LEAD),
    Command(
        "duplicates", ("D",), _("Duplicates"), _("Show what may be the same lead, and all such pairs"), _LEAD
    ),
    Command("merge", ("M",), _("Merge"), _("Merge what is marked, field by field"), (LIST, RECORDS)),
    Command("history", ("h",), _("History"), _("Show who changed what on the lead"), _LEAD),
    Command("copy", ("y",), _("Copy"), _("Copy the phone number, the mail or the card"), _LEAD),
    Command("mark", ("space",), _("Mark"), _("Mark the lead, to act on several at once"), (LIST,)),
    Command("mark-all", ("A",), _("Mark all"), _("Mark all leads of the list"), (LIST,)),
    Command("filter", ("slash",), _("Filter"), _("Filter the list as you type"), footer=True),
    Command("view", ("v",), _("View"), _("Choose what the list shows")),
    Command("save-view", ("S",), _("Save view"), _("Save this filter as a view")),
    Command("resort", ("R",), _("Sort again"), _("Bring the list in order, with what is new")),
    Command("undo", ("u",), _("Undo"), _("Take back the last act")),
    Command("redo", ("U", "ctrl+r"), _("Redo"), _("Do again what was taken back")),
    Command("customers", ("C",), _("Customers"), _("Show the customers")),
    Command("contacts", ("H",), _("Contacts"), _("Show the contacts of customers")),
    Command("opportunities", ("O",), _("Opportunities"), _("Show the opportunities")),
    Command("board", ("K",), _("Board"), _("Show the opportunities by stage")),
    Command("sort", ("o",), _("Sort"), _("Choose the order of the list"), (RECORDS,)),
    Command("stage-on", ("greater_than_sign",), _("Stage on"), _("Move on one stage"), (RECORDS,)),
    Command("stage-back", ("less_than_sign",), _("Stage back"), _("Move back one stage"), (RECORDS,)),
    Command("win", ("W",), _("Win"), _("Win the opportunity, with amount and terms"), (RECORDS,)),
    Command("reopen", ("r",), _("Reopen"), _("Take up again what was won or lost"), (RECORDS,)),
    Command("objection", ("b",), _("Objection"), _("Note an objection, answer it, ask for help"), (RECORDS,)),
    Command("approve-plan", ("Y",), _("Approve plan"), _("Approve the personal plan"), (RECORDS,)),
    Command("import", ("I",), _("Import"), _("Bring leads in from a file")),
    Command("export", ("X",), _("Export"), _("Write leads to a file")),
    Command("fields", ("F",), _("Custom fields"), _("Define your own fields")),
    Command("help", ("question_mark", "f1"), _("Help"), _("Show all keys"), footer=True),
    Command("palette", ("ctrl+p", "colon"), _("Palette"), _("Find any command by its name"), footer=True),
    Command("quit", ("q",), _("Quit"), _("Leave LeadTUI")),
)

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}


def resolve_keys(user: Mapping[str, str]) -> tuple[dict[str, tuple[str, ...]], tuple[KeyProblem, ...]]:
    """The keys of every command after the user's `[keys]` (`{"follow-up": "f,f6"}`), and what was not taken.

    A setting with an unknown id or key, or one that clashes within a context, is told as a problem and its
    command keeps its defaults. An empty setting takes the keys away.
    """
    problems: list[KeyProblem] = []
    chosen: dict[str, tuple[str, ...]] = {}
    for name, setting in user.items():
        if name not in BY_ID:
            nearest = _nearest(name, BY_ID)
            problems.append(KeyProblem(name, _unknown_command(name, nearest), nearest))
            continue
        keys, found = _read_keys(name, setting)
        problems += found
        if not found:
            chosen[name] = keys
    while clash := next(_clashes(chosen), None):
        command, other, key = clash
        del chosen[command]
        problems.append(KeyProblem(command, _clash_sentence(command, other, key)))
    return {command.id: chosen.get(command.id, command.keys) for command in COMMANDS}, tuple(problems)


def _read_keys(command: str, setting: str) -> tuple[tuple[str, ...], list[KeyProblem]]:
    """The keys in one setting, and what is wrong with them."""
    keys: list[str] = []
    problems = []
    # A lone comma is the comma key: everywhere else commas separate.
    words = [setting] if setting.strip() == "," else setting.split(",")
    for word in (word.strip() for word in words):
        if not word:
            continue
        key = key_name(word)
        if sentence := refusal(word):
            problems.append(KeyProblem(command, f"keys.{command}: {sentence}", nearest_key(word)))
        elif key not in keys:
            keys.append(key)
    return tuple(keys), problems


def _clashes(chosen: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    """Each (command the user set, command it clashes with, key); the later setting of a pair gives way."""
    for command in reversed(list(chosen)):
        for other in COMMANDS:
            if other.id == command or not _meet(BY_ID[command], other):
                continue
            shared = set(chosen[command]) & set(chosen.get(other.id, other.keys))
            if shared:
                yield command, other.id, min(shared)


def _meet(one: Command, other: Command) -> bool:
    """Whether both commands listen in some context together."""
    contexts = {*one.contexts, *other.contexts}
    return ANY in contexts or bool(set(one.contexts) & set(other.contexts))


def _nearest(word: str, known: Mapping[str, object]) -> str:
    return next(iter(get_close_matches(word.lower(), known, n=1, cutoff=0.5)), "")


def _unknown_command(name: str, nearest: str) -> str:
    if nearest:
        return gettext("keys.{name}: there is no such command; did you mean {nearest}?").format(
            name=name, nearest=nearest
        )
    return gettext("keys.{name}: there is no such command; `leadtui keys` lists them.").format(name=name)


def _clash_sentence(command: str, other: str, key: str) -> str:
    return gettext("keys.{command}: {key} already means {other}; choose another key.").format(
        command=command, key=display_key(key), other=other
    )
