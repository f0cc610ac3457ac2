"""Leads, their activities and tags, the journal, and what is derived from them."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TEXTS = """number source_channel source_detail lead_type company industry company_size customer_type
contact title role phone mobile other_phones email other_emails wechat website address city state postal_code
country need need_clarity scenario potential timing remark notes currency budget_fit tier_chosen
tier_reason""".split()
_MORE_TEXTS = (
    """status_reason status_note owner created_by next_step external_system external_id batch_id""".split()
)
_FLAGS = """asked_for_material signal_intent signal_budget signal_decision_maker signal_timeline signal_demo
signal_contract signal_referral next_due_all_day""".split()
_NUMBERS = """budget_min budget_max bant_budget bant_authority bant_need bant_timing screened_at next_due
snoozed_until acknowledged_at deleted_at""".split()


def _lead() -> str:
    columns = [
        "seq INTEGER PRIMARY KEY AUTOINCREMENT",
        "id TEXT NOT NULL UNIQUE",
        *(f"{name} TEXT NOT NULL DEFAULT ''" for name in _TEXTS),
        "status TEXT NOT NULL DEFAULT 'new'",
        *(f"{name} TEXT NOT NULL DEFAULT ''" for name in _MORE_TEXTS),
        *(f"{name} INTEGER NOT NULL DEFAULT 0" for name in _FLAGS),
        *(f"{name} INTEGER" for name in _NUMBERS),
        "acquired_at INTEGER NOT NULL",
        "created_at INTEGER NOT NULL",
        "custom TEXT NOT NULL DEFAULT '{}'",
        "open INTEGER NOT NULL DEFAULT 1",
        "score INTEGER NOT NULL DEFAULT 0",
        "score_behaviour INTEGER NOT NULL DEFAULT 0",
        "score_fit INTEGER NOT NULL DEFAULT 0",
        "tier TEXT NOT NULL DEFAULT 'C'",
        "tier_source TEXT NOT NULL DEFAULT ''",
        "priority TEXT NOT NULL DEFAULT ''",
        "stage TEXT NOT NULL DEFAULT ''",
        "response_due INTEGER",
        "due_at INTEGER",
        "due_kind TEXT NOT NULL DEFAULT ''",
        "wake_at INTEGER NOT NULL DEFAULT 0",
        "first_contact_at INTEGER",
        "last_activity_at INTEGER",
        "rank INTEGER NOT NULL DEFAULT 0",
    ]
    return f"CREATE TABLE lead ({', '.join(columns)})"


def upgrade() -> None:
    op.execute(_lead())
    op.execute("CREATE INDEX ix_inbox ON lead (rank, open, wake_at, status, tier, due_at, owner)")
    op.execute("CREATE INDEX ix_due ON lead (due_at) WHERE open = 1 AND due_at IS NOT NULL")
    op.execute("CREATE INDEX ix_unplanned ON lead (rank) WHERE open = 1 AND due_kind = 'no_next_step'")
    op.execute("CREATE INDEX ix_number ON lead (number)")
    op.execute("CREATE INDEX ix_external ON lead (external_id, external_system) WHERE external_id <> ''")
    op.execute("CREATE INDEX ix_batch ON lead (batch_id) WHERE batch_id <> ''")
    op.execute(
        """CREATE TABLE activity (
            id TEXT PRIMARY KEY NOT NULL, lead_id TEXT NOT NULL REFERENCES lead (id), at INTEGER NOT NULL,
            kind TEXT NOT NULL DEFAULT 'follow_up', channel TEXT NOT NULL DEFAULT '',
            result TEXT NOT NULL DEFAULT '', content TEXT NOT NULL DEFAULT '',
            feedback TEXT NOT NULL DEFAULT '', sentiment TEXT NOT NULL DEFAULT '',
            need_priority TEXT NOT NULL DEFAULT '', duration_minutes INTEGER,
            next_step TEXT NOT NULL DEFAULT '', next_due INTEGER, next_due_all_day INTEGER NOT NULL DEFAULT 0,
            signals TEXT NOT NULL DEFAULT '', attachment TEXT NOT NULL DEFAULT '',
            author TEXT NOT NULL DEFAULT '', deleted_at INTEGER)"""
    )
    op.execute("CREATE INDEX ix_activity ON activity (lead_id, at)")
    op.execute("CREATE INDEX ix_activity_at ON activity (at)")
    op.execute(
        """CREATE TABLE tag (
            id TEXT PRIMARY KEY NOT NULL, lead_id TEXT NOT NULL REFERENCES lead (id),
            name TEXT NOT NULL DEFAULT '') WITHOUT ROWID"""
    )
    op.execute("CREATE INDEX ix_tag_lead ON tag (lead_id, name)")
    op.execute("CREATE INDEX ix_tag_name ON tag (name, lead_id)")
    op.execute(
        """CREATE TABLE custom_field (
            id TEXT PRIMARY KEY NOT NULL, entity TEXT NOT NULL DEFAULT 'lead', key TEXT NOT NULL DEFAULT '',
            label TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL DEFAULT 'text',
            choices TEXT NOT NULL DEFAULT '[]')"""
    )
    op.execute(
        """CREATE TABLE saved_view (
            id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL DEFAULT '', filter TEXT NOT NULL DEFAULT '')"""
    )
    op.execute(
        """CREATE TABLE import_batch (
            id TEXT PRIMARY KEY NOT NULL, file TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL,
            author TEXT NOT NULL DEFAULT '', rows INTEGER NOT NULL DEFAULT 0,
            created INTEGER NOT NULL DEFAULT 0, updated INTEGER NOT NULL DEFAULT 0,
            unchanged INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0)"""
    )
    op.execute("CREATE TABLE import_mapping (header TEXT PRIMARY KEY NOT NULL, mapping TEXT NOT NULL)")
    op.execute(
        """CREATE TABLE match_key (
            key INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (key, seq)) WITHOUT ROWID"""
    )
    op.execute(
        """CREATE TABLE journal_state (
            one INTEGER PRIMARY KEY CHECK (one = 1), replica TEXT NOT NULL, clock INTEGER NOT NULL DEFAULT 0,
            entry INTEGER, applying INTEGER NOT NULL DEFAULT 0, refreshed INTEGER NOT NULL DEFAULT 0,
            rules TEXT NOT NULL DEFAULT '', search_version INTEGER NOT NULL DEFAULT 0)"""
    )
    op.execute(
        """CREATE TABLE journal_entry (
            no INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL,
            author TEXT NOT NULL, replica TEXT NOT NULL, clock INTEGER NOT NULL, undoes TEXT,
            undone INTEGER NOT NULL DEFAULT 0, first_change INTEGER NOT NULL DEFAULT 0,
            last_change INTEGER NOT NULL DEFAULT 0)"""
    )
    op.execute("CREATE INDEX ix_entry_id ON journal_entry (id)")
    op.execute("CREATE INDEX ix_entry_clock ON journal_entry (clock)")
    op.execute(
        """CREATE TABLE journal_change (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, entry INTEGER NOT NULL, record TEXT NOT NULL,
            row TEXT NOT NULL, field TEXT, old, new, base INTEGER)"""
    )
    # The births of leads and activities are the bulk of the journal; they are found through their entries.
    op.execute(
        """CREATE INDEX ix_change ON journal_change (row, field)
           WHERE field IS NOT NULL OR old IS NOT NULL OR record NOT IN ('lead', 'activity')"""
    )
    op.execute(
        """CREATE INDEX ix_gone_child ON journal_change (json_extract(old, '$.lead_id'))
           WHERE field IS NULL AND old IS NOT NULL AND record IN ('activity', 'tag')"""
    )
