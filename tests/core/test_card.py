"""What is known of one lead."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

from leadtui.clock import FixedClock
from leadtui.followup.card import lead_detail
from leadtui.qualify.fields import FieldDefinition, define_fields
from leadtui.qualify.leads import create_lead
from leadtui.settings import CustomField, Settings
from leadtui.workspace import Workspace


def test_custom_fields_have_the_labels_of_their_definitions(tmp_path: Path, clock: FixedClock) -> None:
    settings = Settings(fields=(CustomField(key="staff", label="Staff in the plant", kind="number"),))
    workspace = Workspace.open(tmp_path / "leads.db", settings, clock, "ana")
    with workspace.act("New lead") as act:
        define_fields(act, [FieldDefinition("letter", "Wants the newsletter", "yes_no")])
        custom = {"old_key": "left over", "letter": "yes", "staff": "1,200", "empty": ""}
        lead = create_lead(act, {"company": "Nova", "source_channel": "expo", "custom": custom})
    with workspace.read() as connection:
        detail = lead_detail(connection, lead, settings, clock.now(), UTC)
    workspace.close()
    assert detail is not None
    assert detail.custom_texts == (
        ("Staff in the plant", "1200"),
        ("Wants the newsletter", "yes"),
        ("old key", "left over"),
    )
