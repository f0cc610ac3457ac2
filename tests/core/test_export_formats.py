"""What a spreadsheet, an address book and a calendar are given."""

from __future__ import annotations

import errno
import gc
import io
import json
import stat
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from exports import export_to
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component

from leadtui.clock import FixedClock, to_milliseconds
from leadtui.errors import LeadTUIError
from leadtui.exporting import as_workbook
from leadtui.exporting.export import FORMATS
from leadtui.exporting.table import COLUMNS
from leadtui.exporting.widths import text_width
from leadtui.followup.planning import plan
from leadtui.qualify.fields import FieldDefinition, define_fields
from leadtui.qualify.leads import add_tags
from leadtui.store.tables import Lead
from leadtui.workspace import Workspace

calamine = pytest.importorskip("python_calamine")
SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def add(workspace: Workspace, **values: Any) -> str:
    now = workspace.clock.now()
    with workspace.act("New lead") as act:
        lead_id = act.new_id()
        given = {"company": "Nova", "source_channel": "expo", "acquired_at": now, "created_at": now, **values}
        act.session.add(Lead(id=lead_id, number=f"L-{len(lead_id)}", **given))
    return lead_id


def sheet(path: Path, name: str = "leads") -> list[dict[str, Any]]:
    head, *rows = calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


def xml_of(path: Path, name: str = "xl/worksheets/sheet1.xml") -> str:
    with ZipFile(path) as book:
        return book.read(name).decode()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are kept elsewhere there")
@pytest.mark.parametrize("ending", FORMATS)
def test_every_file_is_private(workspace: Workspace, tmp_path: Path, ending: str) -> None:
    add(workspace)
    path = export_to(workspace, tmp_path / f"x{ending}").path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_cells_of_a_sheet_have_types(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.act("Fields") as act:
        define_fields(
            act, [FieldDefinition("renewal", "Renewal", "date"), FieldDefinition("vip", "V", "yes_no")]
        )
    custom = {"renewal": "2027-03-01", "vip": False, "seats": 12, "big": 10**17 + 1}
    lead = add(
        workspace, phone="+8613812345678", external_id="007", budget_max=123450, currency="CNY",
        signal_intent=1, custom=json.dumps(custom),
    )  # fmt: skip
    due = to_milliseconds(datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI))
    with workspace.act("Plan") as act:
        plan(act, [lead], "call", due, False)
    (row,) = sheet(export_to(workspace, tmp_path / "x.xlsx", zone=SHANGHAI).path)
    assert row["phone"] == "+8613812345678" and row["external_id"] == "007"
    assert row["budget_max"] == 1234.5 and row["budget_min"] == ""
    assert row["signal_intent"] is True and row["signal_budget"] is False
    assert row["next_due"] == datetime(2026, 11, 24, 9, 30)
    assert row['custom.renewal ["date", "Renewal"]'] == date(2027, 3, 1)
    assert row['custom.vip ["yes_no", "V"]'] is False and row["custom.seats"] == 12
    assert row["custom.big"] == str(10**17 + 1)
    xml = xml_of(tmp_path / "x.xlsx")
    assert '<pane ySplit="1" topLeftCell="A2"' in xml and '<autoFilter ref="A1:' in xml


def test_a_day_and_its_midnight_are_told_apart(workspace: Workspace, tmp_path: Path) -> None:
    midnight = to_milliseconds(datetime(2026, 11, 24, tzinfo=SHANGHAI))
    ids = [add(workspace, company=name) for name in ("Day", "Moment")]
    with workspace.act("Plan") as act:
        plan(act, ids[:1], "call", midnight, True)
        plan(act, ids[1:], "call", midnight, False)
    rows = sheet(export_to(workspace, tmp_path / "x.xlsx", zone=SHANGHAI).path)
    found = {row["company"]: row["next_due"] for row in rows}
    assert found == {"Day": date(2026, 11, 24), "Moment": "2026-11-24T00:00:00+08:00"}


def test_the_hour_that_autumn_repeats_keeps_its_offset(workspace: Workspace, tmp_path: Path) -> None:
    first = to_milliseconds(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    for number in range(3):
        add(workspace, company=f"N{number}", next_due=first + number * 3_600_000)
    rows = sheet(export_to(workspace, tmp_path / "x.xlsx", zone=BERLIN).path)
    assert {row["company"]: row["next_due"] for row in rows} == {
        "N0": "2026-10-25T02:30:00+02:00",
        "N1": "2026-10-25T02:30:00+01:00",
        "N2": datetime(2026, 10, 25, 3, 30),
    }


def test_no_text_becomes_a_formula_a_link_or_a_part_of_the_sheet(
    workspace: Workspace, tmp_path: Path
) -> None:
    names = (
        "=1+1",
        "'=1",
        "https://x.example",
        "<r><t>forged</t></r>",
        "a\nb",
        " x ",
        "_x0041_",
        "\ufffe",
        "@SUM(1)",
    )
    for name in names:
        add(workspace, company="Nova", need=name)
    path = export_to(workspace, tmp_path / "x.xlsx").path
    assert sorted(row["need"] for row in sheet(path)) == sorted(
        name.replace("\ufffe", "\ufffd") for name in names
    )
    xml = xml_of(path)
    assert "<f>" not in xml and "<hyperlink" not in xml and "<r><t>" not in xml


def test_a_text_that_no_cell_holds_is_cut_and_that_is_told(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, need="大" * 40_000)
    exported = export_to(workspace, tmp_path / "x.xlsx")
    assert exported.cut == 1
    (row,) = sheet(exported.path)
    assert row["need"] == "大" * 32_767
    assert export_to(workspace, tmp_path / "x.csv").cut == 0


class FullDisk(io.FileIO):
    """Takes the first bytes only."""

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > 600:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data) or 0


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".json", ".vcf"])
def test_a_full_disk_is_told_and_nothing_is_left(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    for number in range(20):
        add(workspace, company=f"N{number}")
    complaints: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    monkeypatch.setattr("leadtui.exporting.whole.open", FullDisk, raising=False)
    (tmp_path / "out").mkdir()
    with pytest.raises(LeadTUIError, match=r"can't be written: No space left"):
        export_to(workspace, tmp_path / "out" / f"x{ending}")
    gc.collect()
    assert (complaints, list((tmp_path / "out").iterdir())) == ([], [])


def test_a_full_sheet_is_followed_by_another(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_workbook, "ROW_LIMIT", 3)
    for number in range(4):
        add(workspace, company=f"N{number}")
    path = export_to(workspace, tmp_path / "x.xlsx").path
    found = [row["company"] for name in ("leads", "leads 2") for row in sheet(path, name)]
    assert sorted(found) == ["N0", "N1", "N2", "N3"]


def test_columns_are_as_wide_as_their_texts(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, company="上海启明科技有限公司", contact="Ann")
    xml = xml_of(export_to(workspace, tmp_path / "x.xlsx").path)
    place = COLUMNS.index("company") + 1
    assert f'<col min="{place}" max="{place}" width="21.7' in xml
    assert text_width("上海启明科技有限公司") == 20
    assert (text_width("e\u0301"), text_width("a\n大字"), text_width("")) == (1, 4, 0)


def cards(path: Path) -> list[Component]:
    return Component.from_ical(path.read_bytes(), multiple=True)


def test_a_lead_is_a_card(workspace: Workspace, tmp_path: Path) -> None:
    lead = add(
        workspace, company="Nova; Robotics, Ltd.", contact="Li Wei", title="CTO", phone="+8613812345678",
        other_phones="ext. 12", email="a@b.example", other_emails="c@d.example", wechat="nova_li",
        need="ERP\nbefore June", city="Suzhou", postal_code="215000",
    )  # fmt: skip
    with workspace.act("Tag") as act:
        add_tags(act, [lead], ["a,b", "重点"])
    path = export_to(workspace, tmp_path / "x.vcf").path
    text = path.read_bytes().decode()
    assert text.startswith("BEGIN:VCARD\r\nVERSION:4.0\r\n") and text.endswith("END:VCARD\r\n")
    lines = text.replace("\r\n ", "").split("\r\n")
    assert f"UID:urn:uuid:{lead}" in lines
    assert "FN:Li Wei" in lines and "N:Wei;Li;;;" in lines
    assert "ORG:Nova\\; Robotics\\, Ltd." in lines
    assert "TEL;VALUE=uri;TYPE=work:tel:+8613812345678" in lines
    assert "EMAIL;TYPE=work;PREF=1:a@b.example" in lines and "EMAIL;TYPE=work;PREF=2:c@d.example" in lines
    assert "NOTE:ERP\\nbefore June" in lines
    assert "ADR;TYPE=work:;;;Suzhou;;215000;" in lines
    assert "CATEGORIES:a\\,b,重点" in lines


@given(st.text(max_size=200), st.text(max_size=200))
def test_lines_of_a_card_are_folded_between_characters(company: str, need: str) -> None:
    from leadtui.exporting.as_cards import card
    from leadtui.exporting.reading import LeadValues
    from leadtui.text import clean

    columns = dict.fromkeys(
        "contact title phone mobile other_phones email other_emails wechat website address city state "
        "postal_code country remark notes".split(),
        "",
    )
    values = {**columns, "id": "1", "number": "L-1", "company": clean(company), "need": clean(need)}
    written = card(LeadValues(values, []), 0)
    for line in written.split(b"\r\n"):
        assert len(line) <= 75
        assert not line.decode().startswith("\ufffd")
    if clean(need):
        (note,) = [
            line for line in written.decode().replace("\r\n ", "").split("\r\n") if line[:5] == "NOTE:"
        ]
        assert "\n" not in note


def events(path: Path) -> dict[str, Component]:
    return {str(event["uid"]): event for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")}


def test_what_is_due_is_an_event_that_keeps_its_identity(
    workspace: Workspace, tmp_path: Path, clock: FixedClock
) -> None:
    first = add(workspace, company="上海启明科技有限公司" * 5, tier_chosen="A")
    second = add(workspace, company="Kestrel")
    with workspace.act("Plan") as act:
        plan(
            act, [first], "演示; call, again", to_milliseconds(datetime(2026, 11, 24, tzinfo=SHANGHAI)), True
        )
        plan(act, [second], "call", to_milliseconds(datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)), False)
    exported = export_to(workspace, tmp_path / "x.ics", zone=SHANGHAI, alarm_minutes=15)
    found = events(exported.path)
    assert exported.written == len(found)
    day, moment = found[f"{first}-next_step@leadtui"], found[f"{second}-next_step@leadtui"]
    assert day["dtstart"].dt == date(2026, 11, 24)
    assert str(day["summary"]) == "演示; call, again: " + "上海启明科技有限公司" * 5
    assert moment["dtstart"].dt == datetime(2026, 11, 24, 1, tzinfo=UTC)
    assert moment["dtstamp"].dt == datetime.fromtimestamp(clock.now() // 1000, UTC)
    assert [alarm["trigger"].dt.total_seconds() for alarm in day.walk("VALARM")] == [9 * 3600]
    assert [alarm["trigger"].dt.total_seconds() for alarm in moment.walk("VALARM")] == [-900]
    assert all(len(line) <= 75 for line in exported.path.read_bytes().split(b"\r\n"))
    assert f"{first}-first_contact@leadtui" in found

    clock.at += 60_000
    with workspace.act("Plan") as act:
        plan(act, [second], "call", to_milliseconds(datetime(2026, 11, 25, 9, tzinfo=SHANGHAI)), False)
    again = events(export_to(workspace, tmp_path / "y.ics", zone=SHANGHAI).path)
    assert again.keys() == found.keys()
    moved = again[f"{second}-next_step@leadtui"]
    assert moved["dtstart"].dt == datetime(2026, 11, 25, 1, tzinfo=UTC)
    assert moved["dtstamp"].dt > moment["dtstamp"].dt
    assert not moved.walk("VALARM")


def test_closed_leads_are_in_no_calendar(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, status="lost", status_reason="other", next_due=workspace.clock.now())
    exported = export_to(workspace, tmp_path / "x.ics")
    assert (exported.records, exported.written) == (1, 0)
    assert exported.path.read_bytes().endswith(b"END:VCALENDAR\r\n")


@pytest.mark.parametrize("ending", [".vcf", ".ics"])
def test_no_text_breaks_the_lines_of_a_card_or_a_calendar(
    workspace: Workspace, tmp_path: Path, ending: str
) -> None:
    hostile = "a\r\nEND:VCARD\rBEGIN:VEVENT\x0b\x85\u2028END:VEVENT\nb\x1b[31m"
    names = (
        "company",
        "contact",
        "title",
        "phone",
        "email",
        "website",
        "wechat",
        "address",
        "need",
        "next_step",
    )
    lead = add(workspace, **dict.fromkeys(names, hostile), next_due=workspace.clock.now() + 3_600_000)
    with workspace.act("Tag") as act:
        act.connection.execute("INSERT INTO tag (id, lead_id, name) VALUES ('t', ?, ?)", (lead, hostile))
    text = export_to(workspace, tmp_path / f"x{ending}").path.read_bytes().decode()
    lines = text.replace("\r\n ", "").split("\r\n")
    assert sum(line.startswith(("BEGIN:", "END:")) for line in lines) == {".vcf": 2, ".ics": 4}[ending]
    assert not [line for line in lines if not line.isprintable()]
