"""The one-line follow-up: `phone reached, wants demo > fri 10`, `电话 王总 有预算 >下周三10点 #演示`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from leadtui.clock import MINUTE, to_local
from leadtui.followup.describe import describe_exact
from leadtui.followup.entry_words import (
    CHANNEL_WORDS,
    DOUBTS,
    REASSURING,
    RESULT_ALONE,
    RESULT_WORDS,
    SIGNAL_WORDS,
)
from leadtui.followup.numerals import HAN_DIGITS, fold, number
from leadtui.followup.when import When, find_when
from leadtui.i18n import gettext as _
from leadtui.values import SIGNALS, Milliseconds


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the line that was understood, for the live preview."""

    kind: str
    """`channel`, `result`, `duration`, `signal`, `tag`, `next_step` or `next_due`."""
    start: int
    end: int
    value: str
    """The code (`phone`, `no_answer`, `budget`), the minutes, or the text itself."""


@dataclass(frozen=True, slots=True)
class LineEntry:
    """What a line says."""

    draft: Mapping[str, object]
    """Keys of a follow-up draft; what the line doesn't say is missing, but for `content` and `signals`."""
    tags: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    """In the order of the line; those of signals may overlap others."""


_HAN = "\u3400-\u9fff"
_MARKS = ",，;；:：、"
"""What stands between the parts of a line and means nothing by itself."""
_CLAUSE_MARKS = _MARKS + "。.!！"


def _words(table: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern with one group for each code, for whole words that are not denied."""
    groups = "|".join(f"(?P<{code}>{pattern})" for code, pattern in table.items())
    return re.compile(rf"(?<![a-z0-9没未不无])(?<!no )(?<!not )(?:{groups})(?![a-z0-9])", re.ASCII)


_CHANNEL = _words(CHANNEL_WORDS)
_RESULT = _words(RESULT_WORDS)
_RESULT_ALONE = _words(RESULT_ALONE)
_SIGNALS = {signal: re.compile(SIGNAL_WORDS[signal], re.ASCII) for signal in SIGNALS}
_DOUBTS = {
    signal: re.compile("|".join(filter(None, (DOUBTS[""], DOUBTS.get(signal)))), re.ASCII)
    for signal in SIGNALS
}
_TAG = re.compile(rf"(?:(?<![\w/&#])|(?<=[{_HAN}]))#(?=[^\s#>]*[^\W\d_])([^\s#>{_MARKS}。.!！?？]+)")
_ARROW = re.compile(
    r"(?<![-=<>])>(?![>=])(?!\s*[0-9.,]+\s?(?:k\b|%|万|千|亿|元|块|million\b|usd\b|eur\b|rmb\b))", re.ASCII
)
_DURATION = re.compile(
    rf"(?:\bfor\s+)?(?:(?<![0-9.a-z])(?:(?P<minutes>[0-9]{{1,3}})\s*min(?:ute)?s?(?![a-z])"
    rf"|(?P<hours>[0-9](?:\.[0-9])?)\s*h(?:ours?|rs?)?(?![a-z0-9]))"
    rf"|(?P<han>[0-9]{{1,3}}|[{HAN_DIGITS}]{{1,3}})分钟"
    rf"|(?P<half>半)个?(?:小时|钟头)|(?P<whole>[0-9]|[{HAN_DIGITS}]{{1,2}})个?(?P<more>半)?(?:小时|钟头))"
    r"(?!\s*(?:之|以)?[后内前]|\s*(?:later|ago|late)\b)",
    re.ASCII,
)
_SOON = re.compile(r"\b(?:in|within|after|every)\s+$", re.ASCII)
_CLAUSE_END = re.compile(
    rf"[,，;；。.!！\n]|(?<=[?？])|\s(?:but|however|though)\s|但是?|不过|可是|(?<=[{_HAN}])\s+|\s+(?=[{_HAN}])"
)
_ONLY_DOUBT = re.compile(r"\s*(?:没有?|暂?无|未|不|no|not)$")
_IMPLIED = {
    "phone": "reached",
    "visit": "reached",
    "meeting": "reached",
    "demo": "reached",
    "mail": "replied",
    "wechat": "replied",
}


def parse_line(text: str, now: Milliseconds, zone: tzinfo, *, day_first: bool = False) -> LineEntry:
    """What a one-line entry says (R51 to R53).

    The line is `channel result what happened > next step and its date #tag`; all but the channel may be left
    out, and whatever isn't understood stays in the content or in the step. Signals are proposals, to be
    confirmed; words of doubt in the same clause (`no budget`, 预算紧张) keep one from being proposed. Where
    no word tells the result, a customer who gave a signal was reached, or replied to a mail or on WeChat.
    """
    line = _Line(text)
    line.take_tags()
    arrow = max((match.start() for match in _ARROW.finditer(line.left)), default=len(text))
    draft: dict[str, object] = {}
    problems: list[str] = []
    channel = line.take_channel(arrow)
    minutes = line.take_duration(arrow)
    result = line.take_result(arrow)
    signals = line.find_signals(arrow)
    if not result and signals:
        result = _IMPLIED.get(channel, "")
    draft |= {"channel": channel} if channel else {}
    draft |= {"result": result} if result else {}
    draft |= {"content": line.rest(0, arrow) or line.result_words, "signals": signals}
    draft |= {"duration_minutes": minutes} if minutes else {}
    if not channel and text.strip():
        problems.append(
            _("Begin with the channel: phone, mail, wechat, visit, meeting, demo, quote, sample or note.")
        )
    if arrow < len(text):
        when = line.take_date(arrow + 1, now, zone, day_first)
        step = line.take_step(arrow + 1)
        draft |= {"next_step": step} if step else {}
        if when:
            draft |= {"next_due": when.at_ms, "next_due_all_day": when.all_day}
            if _is_past(when, now, zone):
                date = describe_exact(when.at_ms, when.all_day, zone)
                problems.append(_("{date} is past; give the next step a date to come.").format(date=date))
        elif not step:
            problems.append(_("Write the next step or its date after the >."))
    spans = tuple(sorted(line.spans, key=lambda span: (span.start, span.end)))
    return LineEntry(draft, tuple(line.tags), tuple(problems), spans)


def _is_past(when: When, now: Milliseconds, zone: tzinfo) -> bool:
    if when.all_day:
        return to_local(when.at_ms, zone).date() < to_local(now, zone).date()
    return when.at_ms < now // MINUTE * MINUTE


class _Line:
    """A line of which one thing after the other is taken out; each character keeps its place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.left = fold(text)
        """The folded text, blank where something was taken."""
        self.spans: list[Span] = []
        self.tags: list[str] = []
        self.result_words = ""
        self._taken: set[int] = set()

    def _take(self, kind: str, start: int, end: int, value: str) -> None:
        self.spans.append(Span(kind, start, end, value))
        self.left = self.left[:start] + " " * (end - start) + self.left[end:]
        self._taken.update(range(start, end))

    def rest(self, start: int, end: int) -> str:
        """What is left between two places, as it was typed but for blanks and lonely commas."""
        kept = "".join(" " if at in self._taken else self.text[at] for at in range(start, end))
        kept = re.sub(rf"\s+(?=[{_MARKS}])|(?<=[{_MARKS}])\s*[{_MARKS}]", "", " ".join(kept.split()))
        return kept.strip(f" {_MARKS}")

    def take_tags(self) -> None:
        """Take out `#tags`; a number alone (`#12`) is none."""
        for match in _TAG.finditer(self.left):
            name = self.text[match.start(1) : match.end()]
            if name not in self.tags:
                self.tags.append(name)
            self._take("tag", match.start(), match.end(), name)

    def take_channel(self, end: int) -> str:
        """Take out the word for the channel that begins the line; glued to other words it stays in."""
        start = self._first()
        match = _CHANNEL.match(self.left, start, end)
        result = _RESULT.match(self.left, start, end)
        if match is None or (result and result.end() > match.end()):
            return ""
        channel = match.lastgroup or ""
        after = match.end()
        glued = after < end and not self.left[after].isascii() and self.left[after] not in _MARKS
        if glued and not self._result_at(after, end) and not _DURATION.match(self.left, after, end):
            self.spans.append(Span("channel", start, after, channel))
        else:
            self._take("channel", start, after, channel)
        return channel

    def take_duration(self, end: int) -> int | None:
        """Take out how long it took, where nothing else can be meant: apart from words, or at the end."""
        for match in _DURATION.finditer(self.left, 0, end):
            before = self.left[: match.start()].rstrip(" ")
            after = self.left[match.end() : end].lstrip(" ")
            apart = len(before) < match.start() and (not before.isascii() or not after.isascii())
            alone = (
                not before.strip(_MARKS + " ")
                or before[-1] in _MARKS + "。.!！"
                or not after.strip(_MARKS + " ")
            )
            if (alone or apart) and not _SOON.search(self.left, 0, match.start()):
                minutes = _minutes(match)
                self._take("duration", match.start(), match.end(), str(minutes))
                return minutes
        return None

    def take_result(self, end: int) -> str:
        """Find what came of it; taken out when its clause says nothing else.

        Of several the last one counts, and those that have a clause to themselves before the others.
        """
        best: re.Match[str] | None = None
        best_whole = False
        found = [*_RESULT.finditer(self.left, 0, end), *_RESULT_ALONE.finditer(self.left, 0, end)]
        for match in sorted(found, key=lambda each: each.start()):
            opens, closes = self._edges(match, end)
            goes_on = match.start() == self._first() and match[0].isascii()
            counts = match.re is _RESULT or (opens and (closes or goes_on))
            if counts and (opens and closes) >= best_whole:
                best, best_whole = match, opens and closes
        if best is None:
            return ""
        result = best.lastgroup or ""
        if best_whole:
            self.result_words = self.text[best.start() : best.end()]
            self._take("result", best.start(), best.end(), result)
        else:
            self.spans.append(Span("result", best.start(), best.end(), result))
        return result

    def _edges(self, match: re.Match[str], end: int) -> tuple[bool, bool]:
        """Whether a clause begins and ends with these words; among Chinese words a blank ends one as well."""
        start, stop = match.span()
        before, after = self.left[:start].rstrip(" "), self.left[stop:end].lstrip(" ")
        words = match[0]
        opens = (
            not before or before[-1] in _CLAUSE_MARKS or _apart(before[-1], self.left[start - 1], words[0])
        )
        closes = not after or after[0] in _CLAUSE_MARKS or _apart(words[-1], self.left[stop], after[0])
        return opens, closes

    def find_signals(self, end: int) -> tuple[str, ...]:
        """The signals that the rest speaks of, clause by clause; no word is taken out."""
        found: set[str] = set()
        for start, stop in self._clauses(end):
            clause = REASSURING.sub(lambda match: " " * len(match[0]), self.left[start:stop])
            for signal, pattern in _SIGNALS.items():
                match = pattern.search(clause)
                if match and not _DOUBTS[signal].search(clause):
                    found.add(signal)
                    self.spans.append(Span("signal", start + match.start(), start + match.end(), signal))
        return tuple(signal for signal in SIGNALS if signal in found)

    def take_date(self, start: int, now: Milliseconds, zone: tzinfo, day_first: bool) -> When | None:
        """Take out the date of the next step."""
        blanked = "".join(" " if at in self._taken else self.text[at] for at in range(start, len(self.text)))
        found = find_when(blanked, now, zone, day_first=day_first)
        if found is None:
            return None
        first, last = start + found.start, start + found.end
        self._take("next_due", first, last, self.text[first:last])
        return found.when

    def take_step(self, start: int) -> str:
        """The next step: what is left behind the arrow."""
        step = self.rest(start, len(self.text))
        if step:
            left = self.left[start:]
            first = start + len(left) - len(left.lstrip())
            self.spans.append(Span("next_step", first, start + len(left.rstrip()), step))
        return step

    def _first(self) -> int:
        return len(self.left) - len(self.left.lstrip(f" {_MARKS}"))

    def _result_at(self, start: int, end: int) -> bool:
        return bool(_RESULT.match(self.left, start, end) or _RESULT_ALONE.match(self.left, start, end))

    def _clauses(self, end: int) -> Iterator[tuple[int, int]]:
        """The clauses of the content; a lone `没` or `no` belongs to what follows it."""
        start = 0
        for match in _CLAUSE_END.finditer(self.left, 0, end):
            if not _ONLY_DOUBT.match(self.left, start, match.start()):
                yield start, match.start()
                start = match.end()
        yield start, end


def _apart(before: str, between: str, after: str) -> bool:
    """Whether a blank stands between two characters of which one is Chinese."""
    return between == " " and not (before.isascii() and after.isascii())


def _minutes(match: re.Match[str]) -> int:
    """The minutes of a duration."""
    if match["minutes"] or match["han"]:
        return number(match["minutes"] or match["han"])
    if match["hours"]:
        return round(float(match["hours"]) * 60)
    return 30 if match["half"] else number(match["whole"]) * 60 + (30 if match["more"] else 0)
