"""On which leads and opportunities a playbook or a text is of use: by tier, stage, status, industry, node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from leadtui.details import LeadFacts
from leadtui.i18n import gettext as _
from leadtui.settings.checks import nearest
from leadtui.values import Status

NODES: tuple[str, ...] = (
    "first_contact",
    "second_contact",
    "need",
    "proposal",
    "quote",
    "contract",
    "return_visit",
)
"""Where a lead stands in the standard process (R10, R11, R61)."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "tiers": ("A", "B", "C"),
    "stages": ("awareness", "interest", "consideration"),
    "statuses": tuple(Status),
    "nodes": NODES,
    "industries": (),
    "opportunity": ("discovery", "proposal", "quotation", "negotiation", "contract"),
}
"""What each part of an occasion may hold; any text where nothing is listed."""


class Situation(NamedTuple):
    """What of a lead or an opportunity decides which playbooks and texts are of use."""

    tier: str
    stage: str
    status: str
    node: str
    industry: str
    opportunity: str = ""
    """The stage of an opportunity, whose grade is its tier; empty for a lead."""


class Occasion(NamedTuple):
    """The leads that something is for; an empty part means all of them."""

    tiers: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    opportunity: tuple[str, ...] = ()
    """Stages of opportunities: what has some is for opportunities, everything else is for leads."""

    def fits(self, lead: Situation) -> bool:
        """Whether all parts allow the lead; an industry fits when one of the words stands in the lead's."""
        if bool(self.opportunity) != bool(lead.opportunity):
            return False
        pairs = (
            (self.tiers, lead.tier),
            (self.stages, lead.stage),
            (self.statuses, lead.status),
            (self.nodes, lead.node),
            (self.opportunity, lead.opportunity),
        )
        industry = lead.industry.casefold()
        return all(not words or value in words for words, value in pairs) and (
            not self.industries or any(word.casefold() in industry for word in self.industries)
        )

    @property
    def holds_new_leads(self) -> bool:
        """Whether it can fit a lead that nobody has worked on yet."""
        pairs = ((self.statuses, Status.NEW), (self.nodes, "first_contact"))
        return all(not words or value in words for words, value in pairs)

    @property
    def narrowness(self) -> int:
        """How many parts narrow it down: what says more of the lead comes first."""
        return sum(map(bool, self))


def node_of(facts: LeadFacts) -> str:
    """Where in the standard process a lead stands, from what is known of it."""
    if facts.status == Status.CONVERTED:
        return "return_visit"
    if facts.touches.first_contact_at is None:
        return "first_contact"
    if "contract" in facts.signals:
        return "contract"
    if facts.signals & {"budget", "demo"}:
        return "quote"
    if facts.need_clarity == "concrete" or "intent" in facts.signals:
        return "proposal"
    return "need" if facts.touches.last_inbound_at is not None else "second_contact"


def read_occasion(value: object, report: Callable[[str, str], None]) -> Occasion:
    """The section `[for]` of a file; what can't be taken is reported by its dotted name and left out."""
    if not isinstance(value, Mapping):
        report("for", _("must be a section, [{name}]").format(name="for"))
        return Occasion()
    parts: dict[str, tuple[str, ...]] = {}
    for name, words in value.items():
        if name not in WORDS:
            hint = nearest(str(name), tuple(WORDS))
            report(
                f"for.{name}", _("there is no setting {name}; {hint}").format(name=f"for.{name}", hint=hint)
            )
            continue
        listed = words if isinstance(words, list) else [words]
        parts[name] = tuple(filter(None, (_word(name, word, report) for word in listed)))
    return Occasion(**parts)


def _word(name: str, word: object, report: Callable[[str, str], None]) -> str:
    known = WORDS[name]
    text = str(word).strip()
    found = next((one for one in known if one.casefold() == text.casefold()), "" if known else text)
    if not found or not isinstance(word, str):
        hint = nearest(text, known)
        report(
            f"for.{name}", _("for.{name} can't be '{word}'; {hint}").format(name=name, word=text, hint=hint)
        )
        return ""
    return found
