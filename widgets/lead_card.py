"""What the detail says of a lead, as lines: pure, so that it can be read and tested without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from rich.cells import cell_len

from leadtui.details import LeadDetail, ScoreLine
from leadtui.followup.describe import describe_due, describe_exact, describe_limit, describe_past
from leadtui.i18n import gettext as _
from leadtui.i18n import ngettext
from leadtui.labels import LABELS, label
from leadtui.values import SIGNALS
from widgets.card_text import NAME_WIDTH, CardText, Line, pad
from widgets.glyphs import Glyphs
from widgets.panel import Piece
from widgets.plain import cut

_TASKS_SHOWN = 3


class LeadCard(CardText):
    """Writes the card of a lead, as wide as the panel is."""

    def __init__(self, detail: LeadDetail, now: int, zone: tzinfo, width: int, glyphs: Glyphs) -> None:
        super().__init__(now, zone, width, glyphs)
        self._detail = detail

    def lines(self) -> Iterator[Line]:
        """All lines, in the order of how much they matter for the next act; written as they are taken."""
        yield self._worth()
        yield from self._became()
        yield from self._contact()
        yield from self._texts()
        yield from self._signals()
        yield from self._tags()
        yield from self._pool()
        yield from self._content()
        yield from self._duplicates()
        yield from self._playbook()
        yield from self._reasons()
        yield from self._reminders()
        yield from self._timeline()
        yield from self._facts()

    # Worth and place

    def _worth(self) -> Line:
        score, standing = self._detail.score, self._detail.standing
        tier = standing.tier or "-"
        behaviour = _capped(_("behaviour"), score.behaviour, score.behaviour_raw, score.behaviour_cap)
        fit = _capped(_("fit"), score.fit, score.fit_raw, score.fit_cap)
        pieces: list[Piece] = [
            (tier, f"tier-{tier.lower()}" if tier in "ABC" else "dim"),
            (f" {self.glyphs.dot} {score.total}", "strong"),
            (f" ({behaviour}, {fit})  ", "dim"),
        ]
        response = self._detail.response
        if response is not None and response.met_at is None and standing.open:
            late = response.hard_due < self.now
            due = describe_limit(response.hard_due, self.now, self.zone)
            text = _("first contact due {due}").format(due=due)
            pieces.append((text, "late" if late else "soon"))
        elif standing.due_at is not None:
            late = standing.due_at < self.now
            due = describe_limit(standing.due_at, self.now, self.zone)
            pieces.append((f"{label('reminder', standing.due_kind)} {due}", "late" if late else "text"))
        else:
            pieces.append((label("status", self._detail.row.status), "dim"))
        return tuple(pieces)

    def _reasons(self) -> Iterator[Line]:
        """Why the lead stands where it does, and the cheapest way up."""
        detail, score = self._detail, self._detail.score
        features = ", ".join(label("feature", code) for code in detail.suggested_because)
        why = {
            "manual": _because(_("tier chosen by you"), self._value("tier_reason")),
            "rule": _because(_("tier by its features"), features) if features else self._unraised(),
            "score": _because(_("tier by its score"), features),
        }.get(detail.standing.tier_source, "")
        if detail.suggested_tier and detail.suggested_tier != detail.standing.tier:
            suggested = _because(detail.suggested_tier, features)
            why = _("{why}; {tier} is suggested").format(why=why, tier=suggested)
        parts = [part for part in (why, self._terms()) if part]
        yield from self.named(_("Why"), f" {self.glyphs.dot} ".join(parts), "dim", most=3)
        if score.next_threshold is not None and score.cheapest:
            way = _("{count} {times} {what} reaches {points}").format(
                times=self.glyphs.times,
                count=score.cheapest_count,
                what=_event(score.cheapest),
                points=score.next_threshold,
            )
            yield from self.named(_("Next up"), way, "dim")

    def _unraised(self) -> str:
        """Why a lead is no better than C, and what to ask it."""
        why = _("nothing speaks for more than tier C")
        unknown = ", ".join(label("bant", name) for name in self._detail.unanswered)
        return _("{why}; not known yet: {unknown}").format(why=why, unknown=unknown) if unknown else why

    def _terms(self) -> str:
        return ", ".join(_term(line, self.glyphs) for line in self._detail.score.lines if line.points)

    def _became(self) -> Iterator[Line]:
        """What a converted lead is linked to."""
        for place, (record, number, name) in enumerate(self._detail.became):
            told = f"{label('record', record)} {number} {name}"
            yield from self.named(_("Became") if not place else " ", told, "good", most=1)

    # Who and what

    def _contact(self) -> Iterator[Line]:
        value = self._value
        role = value("role")
        who = ", ".join(
            part for part in (value("contact"), value("title"), label("role", role) if role else "") if part
        )
        ways = [value(name) for name in ("phone", "mobile", "email", "wechat") if value(name)]
        yield from self.flowing([(who, "strong"), *((way, "text") for way in ways)])

    def _texts(self) -> Iterator[Line]:
        yield from self.named(_("Need"), self._value("need"), "text", most=3)
        yield from self.named(_("Notes"), self._value("notes"), "text", most=3)

    def _signals(self) -> Iterator[Line]:
        raised = self._detail.facts.signals
        line: list[Piece] = [(pad(_("Signals")), "dim")]
        used = NAME_WIDTH
        for code in SIGNALS:
            on = code in raised
            name = label("signal", code)
            size = cell_len(name) + 4
            if used + size - 2 > self.width:
                yield tuple(line)
                line, used = [(" " * NAME_WIDTH, "dim")], NAME_WIDTH
            line += [
                (f"{self.glyphs.yes if on else self.glyphs.no} ", "good" if on else "dim"),
                (f"{name}  ", "text" if on else "dim"),
            ]
            used += size
        yield tuple(line)

    def _tags(self) -> Iterator[Line]:
        tags = self._detail.tags
        yield from self.named(_("Tags"), "  ".join(f"#{cut(tag, 30)}" for tag in tags), "good")

    def _facts(self) -> Iterator[Line]:
        channel = self._value("source_channel")
        source = " ".join(filter(None, (label("source", channel), self._value("source_detail"))))
        yield from self.named(_("Source"), source, "text", most=1)
        if self._detail.response is not None and self._detail.response.entered_late:
            from leadtui.followup.told import entry_text

            yield from self.named(_("Late entry"), entry_text(self._detail, self.zone), "soon", most=1)
        owner = ", ".join(filter(None, (self._value("owner"), self._value("department"))))
        yield from self.named(_("Owner"), owner, "text", most=1)
        yield from self.named(_("With"), ", ".join(self._detail.collaborators), "text")
        yield from self.own_fields(self._detail.custom_texts)

    def _pool(self) -> Iterator[Line]:
        """Why the lead is given up, and when it may be tried again."""
        note = self._detail.pool
        if note is None:
            return
        reason = self._value("status_reason")
        by = ""
        if note.at is not None:
            when = describe_past(note.at, self.now, self.zone)
            by = _("by {name}, {when}").format(name=note.author, when=when) if note.author else when
        words = (label("reason", reason) if reason else "", self._value("status_note"), by)
        why = f" {self.glyphs.dot} ".join(filter(None, words))
        status = label("status", self._detail.row.status)
        yield from self.named(_("Pool"), f"{status}: {why}" if why else status, "text", most=3)
        if note.retry_at is None:
            return
        ripe = note.retry_at <= self.now
        day = describe_exact(note.retry_at, True, self.zone)
        text = _("may be tried again now") if ripe else _("may be tried again from {day}").format(day=day)
        yield from self.named("", text, "good" if ripe else "soon", most=1)

    def _content(self) -> Iterator[Line]:
        """What the stage of a lead that is nurtured asks for."""
        if self._detail.content:
            from leadtui.followup.told import content_texts

            told = "; ".join(content_texts(self._detail.content))
            yield from self.named(_("Nurture"), told, "text", most=3)

    def _playbook(self) -> Iterator[Line]:
        """The playbook that is at work, and the tasks that are open."""
        yield from self.playbook(self._detail.run, self._detail.proposed)
        for task in self._detail.tasks[:_TASKS_SHOWN]:
            due = "" if task.due is None else describe_due(task.due, task.all_day, self.now, self.zone)
            yield (
                (pad(_("Task")), "dim"),
                (cut(task.title, self.width - NAME_WIDTH - 16) + "  ", "text"),
                (due, "dim"),
            )
        more = len(self._detail.tasks) - _TASKS_SHOWN
        if more > 0:
            text = ngettext("{count} more task", "{count} more tasks", more).format(count=more)
            yield ((" " * NAME_WIDTH + text, "dim"),)

    # What is due and what was done

    def _reminders(self) -> Iterator[Line]:
        for reminder in self._detail.reminders:
            yield self.reminder(reminder)

    def _duplicates(self) -> Iterator[Line]:
        yield from self.named(_("Merged into"), self._detail.merged_into, "soon")
        for number, name, why in self._detail.possible_duplicates:
            yield from self.named(_("Same as?"), f"{number} {name} ({why})", "soon", most=1)

    def _timeline(self) -> Iterator[Line]:
        detail = self._detail
        for activity in detail.activities:
            yield from self.activity(activity)
        yield from self.older(detail.activity_count - len(detail.activities))

    # Lines

    def _value(self, name: str) -> str:
        value = self._detail.fields.get(name)
        return "" if value is None else str(value)


def _because(what: str, reason: str) -> str:
    return f"{what} ({reason})" if reason else what


def _capped(name: str, points: int, raw: int, cap: int) -> str:
    if raw > cap:
        return _("{name} {raw}, capped at {cap}").format(name=name, raw=raw, cap=cap)
    return f"{name} {points}/{cap}"


def _event(code: str) -> str:
    """The user's word for an event or a fact that a score counts."""
    for group in ("engagement", "field"):
        if code in LABELS[group]:
            return label(group, code).lower()
    return code.replace("_", " ")


def _term(line: ScoreLine, glyphs: Glyphs) -> str:
    """`4 × webinar 60`, `company size large 20`."""
    if line.group == "behaviour":
        return f"{line.times} {glyphs.times} {_event(line.name)} {line.points}"
    group = {"role": "role", "company_size": "company_size", "budget": "budget_fit"}.get(line.name, "")
    detail = label(group, line.detail) if group and line.detail else line.detail
    return " ".join(part for part in (_event(line.name), detail, str(line.points)) if part)
