"""Customers, contacts and opportunities; tasks; activities and tags of any of them; leads that became one."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_PARENTS = """lead_id TEXT REFERENCES lead (id), customer_id TEXT REFERENCES customer (id),
contact_id TEXT REFERENCES contact (id), opportunity_id TEXT REFERENCES opportunity (id)"""

_PARTS = "('activity', 'tag', 'task', 'playbook_run', 'collaborator', 'objection')"
"""What belongs to leads, customers, contacts and opportunities."""

_PROFILE = """phone other_phones email other_emails wechat website address city state postal_code country
source_channel source_detail need remark notes owner created_by next_step external_system external_id batch_id
merged_into""".split()
_CUSTOMER = """number name industry company_size customer_type business_type currency budget_range
purchase_cycle focus approval_path behaviour_visits behaviour_interactions behaviour_content basic_difficulty
basic_remedy industry_difficulty industry_remedy behaviour_difficulty behaviour_remedy need_difficulty
need_remedy decision_difficulty decision_remedy""".split()
_CONTACT = "number name title department role mobile reports_to".split()
_OPPORTUNITY = """number name stage_note currency urgency budget_level competition decision_chain competitors
grade_chosen grade_reason plan_pains plan_advantages plan_negotiation plan_dates plan_approved_by
contract_delivery contract_payment contract_breach contract_legal lost_reason lost_note handover_note need
remark notes source_channel source_detail owner created_by next_step external_system external_id batch_id
merged_into""".split()


def _record(table: str, texts: list[str], *more: str) -> str:
    columns = [
        "seq INTEGER PRIMARY KEY AUTOINCREMENT",
        "id TEXT NOT NULL UNIQUE",
        *(f"{name} TEXT NOT NULL DEFAULT ''" for name in texts),
        *more,
        "next_due INTEGER",
        "next_due_all_day INTEGER NOT NULL DEFAULT 0",
        "snoozed_until INTEGER",
        "due_at INTEGER",
        "due_kind TEXT NOT NULL DEFAULT ''",
        "created_at INTEGER NOT NULL",
        "deleted_at INTEGER",
        "custom TEXT NOT NULL DEFAULT '{}'",
    ]
    return f"CREATE TABLE {table} ({', '.join(columns)})"


def upgrade() -> None:
    _create_records()
    _let_activities_and_tags_belong_to_them()
    _let_leads_become_them()
    _create_the_rest()


def _create_records() -> None:
    op.execute(
        _record(
            "customer",
            [*_CUSTOMER, *_PROFILE],
            "status TEXT NOT NULL DEFAULT 'active'",
            "lifecycle TEXT NOT NULL DEFAULT 'prospect'",
            "budget_min INTEGER",
            "budget_max INTEGER",
            "became_customer_at INTEGER",
            "profile_at INTEGER",
            "source_snapshot TEXT NOT NULL DEFAULT '{}'",
        )
    )
    op.execute(
        _record(
            "contact",
            [*_CONTACT, *_PROFILE],
            "status TEXT NOT NULL DEFAULT 'active'",
            "customer_id TEXT REFERENCES customer (id)",
        )
    )
    op.execute(
        _record(
            "opportunity",
            _OPPORTUNITY,
            "customer_id TEXT REFERENCES customer (id)",
            "contact_id TEXT REFERENCES contact (id)",
            "lead_id TEXT REFERENCES lead (id)",
            "stage TEXT NOT NULL DEFAULT 'discovery'",
            "probability INTEGER",
            "amount INTEGER",
            "expected_close INTEGER",
            "stage_at INTEGER",
            "graded_at INTEGER",
            "grade_a_at INTEGER",
            "grade TEXT NOT NULL DEFAULT ''",
            "report_submitted_at INTEGER",
            "plan_approved_at INTEGER",
            "won_at INTEGER",
            "lost_at INTEGER",
            "handed_over_at INTEGER",
        )
    )
    for table in ("customer", "contact", "opportunity"):
        op.execute(f"CREATE INDEX ix_{table}_number ON {table} (number)")
        op.execute(f"CREATE INDEX ix_{table}_due ON {table} (due_at) WHERE due_at IS NOT NULL")
    op.execute("CREATE INDEX ix_opportunity_stage ON opportunity (stage, next_due)")
    op.execute("CREATE INDEX ix_contact_customer ON contact (customer_id)")
    op.execute("CREATE INDEX ix_opportunity_customer ON opportunity (customer_id)")
    op.execute("CREATE INDEX ix_opportunity_contact ON opportunity (contact_id)")
    op.execute("CREATE INDEX ix_opportunity_lead ON opportunity (lead_id)")


def _let_activities_and_tags_belong_to_them() -> None:
    op.execute(
        f"""CREATE TABLE new_activity (
            id TEXT PRIMARY KEY NOT NULL, {_PARENTS}, at INTEGER NOT NULL,
            kind TEXT NOT NULL DEFAULT 'follow_up', channel TEXT NOT NULL DEFAULT '',
            result TEXT NOT NULL DEFAULT '', content TEXT NOT NULL DEFAULT '',
            feedback TEXT NOT NULL DEFAULT '', sentiment TEXT NOT NULL DEFAULT '',
            need_priority TEXT NOT NULL DEFAULT '', duration_minutes INTEGER,
            next_step TEXT NOT NULL DEFAULT '', next_due INTEGER, next_due_all_day INTEGER NOT NULL DEFAULT 0,
            signals TEXT NOT NULL DEFAULT '', attachment TEXT NOT NULL DEFAULT '',
            author TEXT NOT NULL DEFAULT '', deleted_at INTEGER)"""
    )
    kept = """id, lead_id, at, kind, channel, result, content, feedback, sentiment, need_priority,
        duration_minutes, next_step, next_due, next_due_all_day, signals, attachment, author, deleted_at"""
    op.execute(f"INSERT INTO new_activity ({kept}) SELECT {kept} FROM activity ORDER BY rowid")
    op.execute("DROP TABLE activity")
    op.execute("ALTER TABLE new_activity RENAME TO activity")
    op.execute("CREATE INDEX ix_activity ON activity (lead_id, at)")
    op.execute("CREATE INDEX ix_activity_at ON activity (at)")
    op.execute(
        """CREATE TABLE new_tag (
            id TEXT PRIMARY KEY NOT NULL, lead_id TEXT REFERENCES lead (id),
            customer_id TEXT REFERENCES customer (id), name TEXT NOT NULL DEFAULT '') WITHOUT ROWID"""
    )
    op.execute("INSERT INTO new_tag (id, lead_id, name) SELECT id, lead_id, name FROM tag")
    op.execute("DROP TABLE tag")
    op.execute("ALTER TABLE new_tag RENAME TO tag")
    op.execute("CREATE INDEX ix_tag_lead ON tag (lead_id, name)")
    op.execute("CREATE INDEX ix_tag_name ON tag (name, lead_id)")
    _find_by("activity", "customer", "contact", "opportunity")
    _find_by("tag", "customer")


def _let_leads_become_them() -> None:
    for name in ("customer_id", "contact_id", "opportunity_id", "merged_into", "department"):
        op.execute(f"ALTER TABLE lead ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
    for name in ("converted_at", "retry_at", "profile_at"):
        op.execute(f"ALTER TABLE lead ADD COLUMN {name} INTEGER")
    for name in ("customer_id", "merged_into"):
        op.execute(f"CREATE INDEX ix_lead_{name} ON lead ({name}) WHERE {name} <> ''")
    op.execute("ALTER TABLE import_batch ADD COLUMN record TEXT NOT NULL DEFAULT 'lead'")


def _create_the_rest() -> None:
    op.execute(
        f"""CREATE TABLE task (
            id TEXT PRIMARY KEY NOT NULL, {_PARENTS}, title TEXT NOT NULL DEFAULT '',
            channel TEXT NOT NULL DEFAULT '', due INTEGER, due_all_day INTEGER NOT NULL DEFAULT 0,
            template TEXT NOT NULL DEFAULT '', run_id TEXT NOT NULL DEFAULT '',
            owner TEXT NOT NULL DEFAULT '', author TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL,
            done_at INTEGER, cancelled_at INTEGER, deleted_at INTEGER) WITHOUT ROWID"""
    )
    op.execute(
        """CREATE TABLE playbook_run (
            id TEXT PRIMARY KEY NOT NULL, lead_id TEXT REFERENCES lead (id),
            opportunity_id TEXT REFERENCES opportunity (id), playbook TEXT NOT NULL DEFAULT '',
            author TEXT NOT NULL DEFAULT '', started_at INTEGER NOT NULL, paused_at INTEGER,
            pause_reason TEXT NOT NULL DEFAULT '', ended_at INTEGER) WITHOUT ROWID"""
    )
    op.execute(
        """CREATE TABLE collaborator (
            id TEXT PRIMARY KEY NOT NULL, lead_id TEXT REFERENCES lead (id),
            customer_id TEXT REFERENCES customer (id), name TEXT NOT NULL DEFAULT '',
            since INTEGER NOT NULL) WITHOUT ROWID"""
    )
    _find_by("task", "lead", "customer", "contact", "opportunity")
    _find_by("playbook_run", "lead", "opportunity")
    _find_by("collaborator", "lead", "customer")
    op.execute(
        """CREATE INDEX ix_task_due ON task (due)
           WHERE done_at IS NULL AND cancelled_at IS NULL AND deleted_at IS NULL"""
    )
    op.execute(
        """CREATE TABLE objection (
            id TEXT PRIMARY KEY NOT NULL, opportunity_id TEXT NOT NULL REFERENCES opportunity (id),
            at INTEGER NOT NULL, content TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT '',
            answered_at INTEGER, escalated_to TEXT NOT NULL DEFAULT '', author TEXT NOT NULL DEFAULT '',
            deleted_at INTEGER) WITHOUT ROWID"""
    )
    op.execute("CREATE INDEX ix_objection ON objection (opportunity_id, at)")
    op.execute(
        """CREATE TABLE conversion_mapping (
            id TEXT PRIMARY KEY NOT NULL, target TEXT NOT NULL DEFAULT '', field TEXT NOT NULL DEFAULT '',
            source TEXT NOT NULL DEFAULT '', choices TEXT NOT NULL DEFAULT '{}') WITHOUT ROWID"""
    )
    op.execute(
        """CREATE TABLE not_duplicate (
            id TEXT PRIMARY KEY NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL,
            author TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL) WITHOUT ROWID"""
    )
    op.execute(
        """CREATE TABLE record_key (
            key INTEGER NOT NULL, record TEXT NOT NULL, seq INTEGER NOT NULL,
            PRIMARY KEY (key, record, seq)) WITHOUT ROWID"""
    )
    op.execute("CREATE INDEX ix_record_key ON record_key (record, seq)")
    op.execute("CREATE VIRTUAL TABLE record_search USING fts5 (text, tokenize = 'ascii', detail = none)")
    op.execute("DROP INDEX IF EXISTS ix_gone_child")
    gone = f"field IS NULL AND old IS NOT NULL AND record IN {_PARTS}"
    op.execute(f"CREATE INDEX ix_gone ON journal_change (json_extract(old, '$.lead_id')) WHERE {gone}")


def _find_by(table: str, *parents: str) -> None:
    """Index the records that rows belong to; most rows belong to few of them."""
    for parent in parents:
        column = f"{parent}_id"
        op.execute(f"CREATE INDEX ix_{table}_{parent} ON {table} ({column}) WHERE {column} IS NOT NULL")
