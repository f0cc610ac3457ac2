"""The sections of the settings, with the documents' numbers as defaults.

The name of a value's type (`Points`, `Hours`) says what the file may hold there: see `checks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from leadtui.settings.section import Section

Points: TypeAlias = int
"""0 to 100."""
Count: TypeAlias = int
Days: TypeAlias = int
"""0 switches a limit off."""
Hours: TypeAlias = float
"""0 switches a limit off."""
Amount: TypeAlias = int
"""In whole units of the currency, not in cents."""
ClockTime: TypeAlias = str
"""`09:30`."""
Dates: TypeAlias = tuple[str, ...]
"""`2026-10-01`."""
Weekdays: TypeAlias = tuple[str, ...]
"""`mon` to `sun`."""
Words: TypeAlias = tuple[str, ...]
Reasons: TypeAlias = tuple[str, ...]
Text: TypeAlias = str
Language: TypeAlias = str
"""`en`, `zh_CN`, or empty for the system's."""
ZoneName: TypeAlias = str
"""`Asia/Shanghai`, or empty for the system's."""
Region: TypeAlias = str
"""`CN`, `US`: two letters."""
Currency: TypeAlias = str
"""`CNY`, `EUR`: three letters."""
OverCap: TypeAlias = str
AfterAction: TypeAlias = str
Profile: TypeAlias = str
TeamRole: TypeAlias = str
FieldKey: TypeAlias = str
FieldKind: TypeAlias = str

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "OverCap": ("cap", "scale"),
        "AfterAction": ("next", "stay"),
        "Profile": ("solo", "team"),
        "FieldKind": ("text", "number", "date", "choice", "yes_no"),
        "TeamRole": ("owner", "admin"),
    }
)
"""The words of the types that know only a few."""

_NO_MINOR_UNIT = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())
_THOUSANDTHS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())


def minor_units(currency: str) -> int:
    """How many minor units one unit of `currency` has: 100 for CNY, 1 for JPY, 1000 for KWD."""
    if currency in _NO_MINOR_UNIT:
        return 1
    return 1000 if currency in _THOUSANDTHS else 100


class User(Section):
    """Who works with this file."""

    name: Text = ""
    profile: Profile = "solo"
    """Alone, one confirms one's own decisions; in a team they wait for the supervisor (C19)."""
    supervisor: Text = ""


class Look(Section):
    """What the screen does."""

    language: Language = ""
    timezone: ZoneName = ""
    bell: bool = True
    toast: bool = True
    ascii: bool = False
    after_action: AfterAction = "next"
    """Where the cursor goes after an act: to the next lead, or nowhere."""


class Scoring(Section):
    """The points of a score (R39 to R42) and where its bands begin (C3)."""

    page_view: Points = 5
    white_paper: Points = 10
    webinar: Points = 15
    reply: Points = 10
    behaviour_cap: Points = 40
    size_large: Points = 20
    size_medium: Points = 15
    size_small: Points = 10
    role_decision_maker: Points = 30
    role_influencer: Points = 20
    role_user: Points = 10
    budget_full: Points = 20
    budget_partial: Points = 10
    fit_cap: Points = 60
    over_cap: OverCap = "cap"
    """What becomes of fit points above the cap: cut off, or all scaled down (C1)."""
    high: Points = 80
    medium: Points = 50
    consideration: Points = 70
    interest: Points = 40
    medium_employees: Count = 50
    """From how many employees on a company is medium."""
    large_employees: Count = 250


class Tiers(Section):
    """When a tier is suggested (C5)."""

    a_score: Points = 80
    b_score: Points = 50
    a_needs_timing: bool = False
    """Suggest A only for a purchase that is known to be within three months (R30)."""
    bant_strong: Points = 7
    """From which of its ten points on a BANT answer stands for a feature that nothing else tells (C24)."""


class Titles(Section):
    """Words of job titles that tell a role where none is given. Chinese words match anywhere in a title."""

    decision_makers: Words = (
        "ceo", "cto", "cfo", "coo", "cio", "cmo", "cpo", "cso", "ciso", "chro", "chief", "president",
        "vice president", "vp", "svp", "evp", "founder", "cofounder", "co-founder", "owner", "proprietor",
        "partner", "managing director", "director", "general manager", "gm", "head of", "chairman",
        "chairwoman", "chairperson",
        "总裁", "董事", "总经理", "副总", "总监", "创始人", "老板", "合伙人", "首席", "厂长", "院长", "校长",
        "行长", "社长", "店长", "负责人", "法人", "老总",
    )  # fmt: skip
    influencers: Words = (
        "manager", "mgr", "lead", "leader", "supervisor", "team lead", "architect", "consultant", "advisor",
        "adviser", "product owner", "business partner", "controller", "superintendent",
        "经理", "主管", "主任", "部长", "科长", "处长", "组长", "课长", "顾问", "架构师", "班长", "队长",
    )  # fmt: skip
    assistants: Words = (
        "assistant", "secretary", "intern", "trainee", "receptionist", "clerk",
        "助理", "秘书", "实习", "前台", "文员",
    )  # fmt: skip
    """They win over the words above: the assistant of a director decides nothing."""


class Limit(Section):
    """How long a first contact may take: `soft` to be good, `hard` to be in time."""

    soft_hours: Hours = 24
    hard_hours: Hours = 24


class Response(Section):
    """First-contact limits; the stricter of tier and priority holds (C4, C6)."""

    a: Limit = Limit(soft_hours=2, hard_hours=2)
    b: Limit = Limit(soft_hours=4, hard_hours=24)
    c: Limit = Limit(soft_hours=24, hard_hours=24)
    high: Limit = Limit(soft_hours=2, hard_hours=2)
    medium: Limit = Limit(soft_hours=4, hard_hours=24)
    low: Limit = Limit(soft_hours=24, hard_hours=24)
    entry_days: Days = 1
    """Within how many working days a lead is to be entered (R16)."""


class Cadence(Section):
    """How often a lead is touched, by tier (R32 to R34) and by nurture stage (R47, R49, C8, C9)."""

    a_days: Days = 1
    b_days: Days = 3
    c_days: Days = 7
    awareness_mail_days: Days = 30
    interest_mail_days: Days = 14
    interest_call_days: Days = 14
    consideration_call_days: Days = 7
    consideration_visit_days: Days = 90


class Reminders(Section):
    """When an open lead asks for attention by itself (R59, R60, C8)."""

    silence_a_days: Days = 3
    silence_b_days: Days = 3
    silence_c_days: Days = 7
    no_answer_hours: Hours = 48
    profile_days: Days = 90
    """After how many days without a change a profile is to be looked at again (R64)."""


class WorkHours(Section):
    """Office hours; when switched on, limits run only during them."""

    enabled: bool = False
    weekdays: Weekdays = ("mon", "tue", "wed", "thu", "fri")
    start: ClockTime = "09:00"
    end: ClockTime = "18:00"
    holidays: Dates = ()
    extra_days: Dates = ()
    """Days that are worked although their weekday is off."""


class Screening(Section):
    """The daily screening (R26) and its reasons (R24, R28; C10)."""

    hour: ClockTime = "10:00"
    strict: bool = False
    """Let nobody pass whose need is vague (R27)."""
    invalid_reasons: Reasons = (
        "wrong_contact", "need_mismatch", "incomplete", "no_budget", "no_plan", "not_target",
        "false_information",
    )  # fmt: skip
    watch_reasons: Reasons = ("vague_need", "unverified_contact", "no_timing")
    loss_reasons: Reasons = (
        "price", "no_budget", "need_changed", "competitor", "long_decision", "unclear_need", "other",
    )  # fmt: skip


class Duplicates(Section):
    """From which likelihood in percent on two leads are called the same, and perhaps the same."""

    likely: Points = 75
    possible: Points = 40


class Sources(Section):
    """Where leads come from (R18), in groups (R19)."""

    online: Words = (
        "website", "platform", "social", "official_account", "short_video", "content", "search",
        "advertising", "email", "webinar",
    )  # fmt: skip
    offline: Words = ("expo", "telephone", "partner", "store", "referral")
    internal: Words = ("past_customer", "past_lead", "employee")

    @property
    def all(self) -> tuple[str, ...]:
        """Every source, group after group."""
        return self.online + self.offline + self.internal

    def group(self, source: str) -> str:
        """`online`, `offline` or `internal`; empty for a source in none of them."""
        for name in ("online", "offline", "internal"):
            if source in getattr(self, name):
                return name
        return ""


class Import(Section):
    """What a file leaves unsaid."""

    default_region: Region = "CN"
    """The country of phone numbers without a country code."""
    currency: Currency = "CNY"


class Opportunity(Section):
    """When a budget counts (R70), what an opportunity is worth (R79 to R82, C17), what it asks for when."""

    minimum_amount: Amount = 100_000
    medium_amount: Amount = 300_000
    """From which amount on a budget is medium."""
    high_amount: Amount = 1_000_000
    points_high: Points = 25
    points_medium: Points = 15
    points_low: Points = 5
    regrade_days: Days = 7
    """How often it is graded again (R84)."""
    report_hours: Hours = 24
    """Within which time an opportunity of grade A has its project report (R67)."""
    objection_hours: Hours = 24
    """Within which time an objection is answered (R66)."""
    handover_days: Days = 1
    """Within how many working days it is handed over after it was won (R68)."""


class Team(Section):
    """What the user may do with leads of others (R100, C20), and when leads in the pool are tried again."""

    role: TeamRole = "admin"
    """`admin`, as is everybody who works alone, or `owner`: then only their own leads go back to the pool."""
    retry_days: Days = 90
    """How long a lead in the pool rests (R107)."""
    retry_lost_days: Days = 180
    """How long a lost lead rests; with 0 it is not tried again."""
    claims_a_day: Count = 0
    """How many leads one may claim from the pool a day; 0 for any number."""
    claims_held: Count = 0
    """How many open leads one may hold after a claim; 0 for any number."""
    claim_again_days: Days = 0
    """How long one may not claim a lead that one let go."""


class CustomField(Section):
    """A field of the user's own (R113)."""

    key: FieldKey = ""
    label: Text = ""
    kind: FieldKind = "text"
    choices: Words = ()


Fields: TypeAlias = tuple[CustomField, ...]
Keys: TypeAlias = Mapping[str, str]


class Settings(Section):
    """Everything that the user may set; `Settings()` is the documents' way."""

    user: User = User()
    look: Look = Look()
    scoring: Scoring = Scoring()
    tiers: Tiers = Tiers()
    titles: Titles = Titles()
    response: Response = Response()
    cadence: Cadence = Cadence()
    reminders: Reminders = Reminders()
    work_hours: WorkHours = WorkHours()
    screening: Screening = Screening()
    duplicates: Duplicates = Duplicates()
    sources: Sources = Sources()
    import_: Import = Import()
    opportunity: Opportunity = Opportunity()
    team: Team = Team()
    keys: Keys = MappingProxyType({})
    """Command id to key, as written; judged by `leadtui.commands`."""
    fields: Fields = ()

    @property
    def minimum_amount(self) -> int:
        """The minimum budget of an opportunity in minor units."""
        return self.opportunity.minimum_amount * minor_units(self.import_.currency)
