"""What the user may set: every number of the rules, read from `config.toml` and never written back."""

from leadtui.settings.load import SettingsProblem, load_settings
from leadtui.settings.model import (
    Cadence,
    CustomField,
    Fields,
    Import,
    Limit,
    Look,
    Opportunity,
    Reminders,
    Response,
    Scoring,
    Screening,
    Settings,
    Sources,
    Team,
    Tiers,
    Titles,
    User,
    WorkHours,
)
from leadtui.settings.section import Section
from leadtui.settings.zone import zone

__all__ = [
    "Cadence",
    "CustomField",
    "Fields",
    "Import",
    "Limit",
    "Look",
    "Opportunity",
    "Reminders",
    "Response",
    "Scoring",
    "Screening",
    "Section",
    "Settings",
    "SettingsProblem",
    "Sources",
    "Team",
    "Tiers",
    "Titles",
    "User",
    "WorkHours",
    "load_settings",
    "zone",
]
