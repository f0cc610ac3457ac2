"""Everything out and back, row for row, with history and undo; nothing that a hostile file says is done."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from archives import AWKWARD, archive, filled, restored
from cli_run import Run, runner
from whole_file import contents, is_whole

from leadtui.archive.attached import attached_file
from leadtui.archive.tables import archived_tables, columns_of, lines_of, row_of
from leadtui.clock import FixedClock
from leadtui.errors import Cancelled, LeadTUIError, UsageError
from leadtui.followup.activities import log_follow_up
from leadtui.qualify.leads import edit_leads
from leadtui.settings import Settings
from leadtui.store.migrate import build
from leadtui.workspace import Workspace


@pytest.fixture
def source(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    with closing(filled(tmp_path / "old", clock)) as workspace:
        yield workspace


def everything(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of a file, whatever tables it has."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [*archived_tables(connection), "match_key", "record_key"]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in tables}


def test_every_row_of_every_table_comes_back(source: Workspace, tmp_path: Path, clock: FixedClock) -> None:
    result = restored(archive(source, tmp_path / "all.zip"), tmp_path / "new" / "leads.db", clock)
    assert (result.leads, result.kept, result.unknown) == (41, None, ())
    assert is_whole(tmp_path / "new" / "leads.db")
    before, after = everything(source.path), everything(tmp_path / "new" / "leads.db")
    assert before.keys() == after.keys()
    for table in before:
        assert after[table] == before[table], table
    assert sum(map(len, before.values())) > 300
    assert contents(tmp_path / "new" / "leads.db")["search"] == contents(source.path)["search"]
    assert {path.name for path in (tmp_path / "new").iterdir()} == {"leads.db"}


def test_history_and_undo_go_on_where_they_stood(
    source: Workspace, tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "new" / "leads.db"
    restored(archive(source, tmp_path / "all.zip"), path, clock)
    with closing(Workspace.open(path, Settings(), clock, "ana")) as workspace:
        assert not workspace.maintain()
        for label in ("Owner", "Delete for good", "Save view", "Customer", "New lead"):
            undone = workspace.undo()
            assert undone is not None and undone.label == label
        assert workspace.redo() is not None
        with workspace.act("New lead") as act:
            number = act.lead_number(act.next_lead_seq())
        with source.act("New lead") as act:
            assert act.lead_number(act.next_lead_seq()) == number


def test_what_stood_there_is_kept(source: Workspace, tmp_path: Path, clock: FixedClock) -> None:
    path = archive(source, tmp_path / "all.zip")
    with source.act("Owner") as act:
        act.connection.execute("UPDATE lead SET company = 'later'")
    result = restored(path, source.path, clock)
    assert result.kept is not None
    with closing(sqlite3.connect(result.kept)) as kept, closing(sqlite3.connect(source.path)) as now:
        assert kept.execute("SELECT count(*) FROM lead WHERE company = 'later'").fetchone() == (41,)
        assert now.execute("SELECT count(*) FROM lead WHERE company = 'later'").fetchone() == (0,)


def test_settings_and_attached_files_come_along(source: Workspace, tmp_path: Path, clock: FixedClock) -> None:
    files = tmp_path / "files"
    (files / ".ssh").mkdir(parents=True)
    (files / "quote 报价.pdf").write_bytes(b"%PDF quote")
    (files / "gone.pdf").write_bytes(b"%PDF gone")
    (files / ".ssh" / "key").write_text("secret")
    (source.path.parent / "config.toml").write_text('[user]\nname = "ana"\n')
    with source.act("Follow up") as act:
        (lead,) = act.connection.execute("SELECT id FROM lead WHERE open = 1 LIMIT 1").fetchone()
        for name in ("quote 报价.pdf", "gone.pdf", ".ssh/key", "never.pdf"):
            draft = {"channel": "mail", "result": "replied", "content": "x", "attachment": str(files / name)}
            log_follow_up(act, [lead], draft)
    path = archive(source, tmp_path / "all.zip")
    with zipfile.ZipFile(path) as opened:
        assert [name for name in opened.namelist() if name.startswith("attachments/")] == [
            "attachments/00001-gone.pdf",
            "attachments/00002-quote 报价.pdf",
        ]
    (files / "gone.pdf").unlink()
    result = restored(path, tmp_path / "new" / "leads.db", clock)
    assert result.settings == tmp_path / "new" / "config.toml"
    assert 'name = "ana"' in result.settings.read_text()
    assert result.attachments == tmp_path / "new" / "attachments"
    assert [file.name for file in result.attachments.iterdir()] == ["gone.pdf"]
    with closing(sqlite3.connect(tmp_path / "new" / "leads.db")) as connection:
        named = {text for (text,) in connection.execute("SELECT attachment FROM activity")}
    assert {str(files / "quote 报价.pdf"), "attachments/gone.pdf"} <= named
    again = restored(path, tmp_path / "new" / "leads.db", clock)
    assert (again.settings, [file.name for file in result.attachments.iterdir()]) == (None, ["gone.pdf"])


def test_undo_goes_on_with_what_was_done_last_when_attached_files_moved(
    source: Workspace, tmp_path: Path, clock: FixedClock
) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "quote.pdf").write_bytes(b"%PDF quote")
    (source.path.parent / "attachments").mkdir()
    (source.path.parent / "attachments" / "quote.pdf").write_bytes(b"%PDF another one")
    ours = str(files / "quote.pdf")
    quotes = {"ours": ours, "theirs": "attachments/quote.pdf", "taken back": ours}
    with source.act("Follow up") as act:
        (lead,) = act.connection.execute("SELECT id FROM lead WHERE open = 1 LIMIT 1").fetchone()
        for content, name in quotes.items():
            draft = {"channel": "mail", "result": "replied", "content": content, "attachment": name}
            log_follow_up(act, [lead], draft)
    with source.act("Delete for good") as act:
        act.connection.execute("DELETE FROM activity WHERE content = 'taken back'")
    path = archive(source, tmp_path / "all.zip")
    shutil.rmtree(files)
    restored(path, tmp_path / "new" / "leads.db", clock)
    with closing(Workspace.open(tmp_path / "new" / "leads.db", Settings(), clock, "ana")) as workspace:
        undone = workspace.undo()
        assert undone is not None and undone.label == "Delete for good"
        with workspace.read() as connection:
            named = connection.execute("SELECT content, attachment FROM activity WHERE attachment <> ''")
            found = {content: attached_file(text, workspace.path.parent) for content, text in named}
        assert {content: file and file.read_bytes() for content, file in found.items()} == {
            "ours": b"%PDF quote",
            "theirs": b"%PDF another one",
            "taken back": b"%PDF quote",
        }
        undone = workspace.undo()
        assert undone is not None and undone.label == "Follow up"


@pytest.mark.parametrize("text", ["https://x.example/a.pdf", "a.pdf", "~nobody/x", "\0", "/", ".hidden", ""])
def test_only_whole_paths_of_files_are_taken_along(text: str) -> None:
    assert attached_file(text, Path("/")) is None


def test_restored_files_are_found_where_their_activities_name_them(
    source: Workspace, tmp_path: Path, clock: FixedClock
) -> None:
    files, beside = tmp_path / "files", tmp_path / ".new"
    for folder, text in (("a", "one"), ("b", "two"), ("c", "three")):
        (files / folder).mkdir(parents=True)
        (files / folder / "报价.pdf").write_text(text)
    (beside / "attachments").mkdir(parents=True)
    (beside / "attachments" / "报价.pdf").write_text("of somebody else")
    with source.act("Follow up") as act:
        (lead,) = act.connection.execute("SELECT id FROM lead WHERE open = 1 LIMIT 1").fetchone()
        for folder in "abc":
            attachment = f" {files / folder}/报价.pdf "
            log_follow_up(
                act,
                [lead],
                {"channel": "mail", "result": "replied", "content": folder, "attachment": attachment},
            )
    path = archive(source, tmp_path / "all.zip")
    shutil.rmtree(files)
    restored(path, beside / "leads.db", clock)

    def texts(database: Path) -> list[str]:
        with closing(sqlite3.connect(database)) as connection:
            named = connection.execute(
                "SELECT attachment FROM activity WHERE attachment <> '' ORDER BY content"
            )
            found = [attached_file(text, database.parent) for (text,) in named]
        return [file.read_text() if file else "" for file in found]

    assert texts(beside / "leads.db") == ["one", "two", "three"]
    assert (beside / "attachments" / "报价.pdf").read_text() == "of somebody else"
    with closing(Workspace.open(beside / "leads.db", source.settings, clock, "ana")) as there:
        again = archive(there, tmp_path / "again.zip")
    shutil.rmtree(beside)
    restored(again, tmp_path / "third" / "leads.db", clock)
    assert texts(tmp_path / "third" / "leads.db") == ["one", "two", "three"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are kept elsewhere there")
def test_an_archive_and_what_it_becomes_are_private(
    source: Workspace, tmp_path: Path, clock: FixedClock
) -> None:
    path = archive(source, tmp_path / "all.zip")
    restored(path, tmp_path / "new" / "leads.db", clock)
    for file in (path, tmp_path / "new" / "leads.db"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_archive_is_whole_or_not_there(source: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.zip"):
        archive(source, tmp_path / "all.tar")
    with source.act("Many") as act:
        views = ((str(number),) for number in range(1500))
        act.connection.executemany("INSERT INTO saved_view (id, name) VALUES (?, 'x')", views)
    with pytest.raises(Cancelled):
        archive(source, tmp_path / "all.zip", cancelled=lambda: True)
    assert not (tmp_path / "all.zip").exists()
    (tmp_path / "all.zip").write_text("mine")
    with pytest.raises(LeadTUIError, match="exists already"):
        archive(source, tmp_path / "all.zip")
    assert zipfile.is_zipfile(archive(source, tmp_path / "all.zip", replace=True))


def test_a_table_of_another_program_is_left_out_and_told(
    source: Workspace, tmp_path: Path, clock: FixedClock
) -> None:
    with closing(sqlite3.connect(source.path)) as connection:
        connection.execute('CREATE TABLE "my ""own" (a, b BLOB)')
        connection.execute('INSERT INTO "my ""own" VALUES (1.5, ?)', (b"\x00\xff",))
        connection.commit()
    result = restored(archive(source, tmp_path / "all.zip"), tmp_path / "new" / "leads.db", clock)
    assert result.unknown == ('my "own',)


def test_values_of_every_kind_are_given_back() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (a, b, c, d, e)")
        row = (2**63 - 1, 1e-300, AWKWARD, b"\x00\xff", None)
        connection.execute("INSERT INTO t VALUES (?, ?, ?, ?, ?)", row)
        columns = columns_of(connection, "t")
        (line,) = lines_of(connection, "t", columns)
        assert line.count(b"\n") == 1
        assert row_of(line, columns) == row


def test_an_archive_of_an_older_schema_is_brought_up_to_date(tmp_path: Path, clock: FixedClock) -> None:
    now = clock.now()
    lead = {
        "seq": 7,
        "id": "a",
        "number": "L-000001",
        "company": "Nova",
        "acquired_at": now,
        "created_at": now,
    }
    state = {"one": 1, "replica": "01a1fdb2-dcc0-7001-a660-a6f40a33c86c", "clock": now << 16}
    tag = {"id": "t", "lead_id": "a", "name": "key"}

    def fill(connection: sqlite3.Connection) -> None:
        for table, row in (("tag", tag), ("lead", lead), ("journal_state", state)):
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", [*row.values()])

    build(tmp_path / "leads.db", 1, fill)
    with closing(Workspace.open(tmp_path / "leads.db", Settings(), clock, "ana")) as workspace:
        assert workspace.maintain()
        with workspace.read() as connection:
            assert connection.execute("SELECT company, seq FROM lead").fetchall() == [("Nova", 7)]
            assert connection.execute("SELECT name, customer_id FROM tag").fetchall() == [("key", None)]
        with workspace.act("Owner") as act:
            edit_leads(act, ["a"], {"owner": "ben"})
        assert workspace.undo() is not None


def test_the_commands(tmp_path: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]) -> None:
    run: Run = runner(capsys, clock)
    run("add", "--company", "Nova", "--source", "expo")
    path = str(tmp_path / "all.zip")
    assert "add --all" in run("export", path).err
    assert run("export", "--all", path, "--view", "open").code == 2
    assert run("export", "--all", path, "--json").json == {
        "file": path, "leads": 1, "rows": run("export", "--all", path, "--force", "--json").json["rows"],
        "attachments": 0,
    }  # fmt: skip
    assert "exists already" in run("export", "--all", path).err
    database = str(tmp_path / "other.db")
    assert "Restored 1 lead" in run("restore", path, "--db", database).out
    assert run("inbox", "--db", database, "--json").json["leads"][0]["company"] == "Nova"
    ran = run("restore", path, "--db", database, "--json").json
    assert (ran["leads"], ran["left_out"], ran["settings"]) == (1, [], None)
    assert Path(ran["kept"]).exists()
    assert run("undo", "--db", database).code == 0
