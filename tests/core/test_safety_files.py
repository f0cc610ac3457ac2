"""Files that were made to break an import, or that an import could break, are refused in a sentence."""

from __future__ import annotations

import bz2
import csv
import gzip
import os
import sys
from contextlib import closing
from pathlib import Path

import pytest
from bringing import import_file
from exports import export_to
from whole_file import contents

from leadtui.capture.batch.result import ImportResult
from leadtui.capture.columns.plan import ReadOptions, read_plan
from leadtui.capture.words.fields import FIELDS, OWN_FIELDS
from leadtui.clock import FixedClock
from leadtui.errors import LeadTUIError, UsageError
from leadtui.settings import Settings
from leadtui.text import one_line
from leadtui.workspace import Workspace

TEXT = "Name,Company,Email\nAna,Nova,a@b.example\nBob,Acme,\n"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="there is no such thing there")


def bring(workspace: Workspace, path: Path, **more: str) -> ImportResult:
    return import_file(workspace, read_plan(path, ReadOptions(fields=tuple(more.items()))))


def leads(workspace: Workspace, *names: str) -> list[tuple[object, ...]]:
    with workspace.read() as connection:
        return connection.execute(f"SELECT {', '.join(names)} FROM lead ORDER BY seq").fetchall()


@POSIX
@pytest.mark.parametrize("kind", ["pipe", "zeros", "nothing", "terminal", "folder"])
def test_what_is_no_file_is_told_at_once(tmp_path: Path, kind: str) -> None:
    path = {"zeros": Path("/dev/zero"), "nothing": Path("/dev/null"), "terminal": Path("/dev/tty")}.get(
        kind, tmp_path / kind
    )
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    with pytest.raises(LeadTUIError, match=r"\.$"):
        read_plan(path)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("gzip", gzip.compress(TEXT.encode(), mtime=0)),
        ("bzip2", bz2.compress(TEXT.encode())),
        ("JSON", b'{"view": "all", "total": 1, "leads": ['),
        ("JSON", b"[]"),
        ("PNG", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("damaged spreadsheet", b"PK\x03\x04" + bytes(100)),
        ("empty", b""),
        ("empty", b" \r\n \n"),
    ],
)
def test_files_of_another_kind_are_named(tmp_path: Path, kind: str, content: bytes) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(content)
    with pytest.raises(LeadTUIError, match=kind):
        read_plan(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_way_to_write_a_line_is_read(
    workspace: Workspace, tmp_path: Path, encoding: str, end: str
) -> None:
    path = tmp_path / "file.csv"
    text = TEXT + "王芳,上海启明,w@q.example\n张伟,北京新科,z@x.example\n" * (encoding == "gb18030")
    path.write_bytes(text.replace("\n", end).encode(encoding))
    result = bring(workspace, path)
    assert (result.created, result.skipped) == (4 if encoding == "gb18030" else 2, 0)
    assert leads(workspace, "contact", "company")[:2] == [("Ana", "Nova"), ("Bob", "Acme")]


def test_lone_surrogates_and_nuls_are_no_text(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(b"Name,Company\nAna\0,No\0va\n" + b"B\xed\xa0\x80b,Acme\n" + b"C\xff\xfed,Orbit\n")
    assert bring(workspace, path).created == 3
    path.write_bytes("\ufeffName,Company\nA\ud800na,Halden\n".encode("utf-16-le", "surrogatepass"))
    assert bring(workspace, path).created == 1
    assert leads(workspace, "contact")[0] == ("Ana",)
    assert leads(workspace, "contact")[-1] == ("A\ufffdna",)


def test_five_thousand_columns(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    before = contents(workspace.path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Name", "Email", *(f"Extra {number}" for number in range(5000))])
        writer.writerow(["Ana", "a@b.example", *(f"v{number}" for number in range(5000))])
    assert bring(workspace, path).created == 1
    with workspace.read() as connection:
        assert connection.execute("SELECT count(*) FROM custom_field").fetchone() == (5000,)
    workspace.undo()
    assert contents(workspace.path) == before


def test_a_cell_of_ten_megabytes_gives_up_its_row_alone(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_text(f'Name,Company\nAna,Nova\nBob,"{"x" * 10_000_000}"\nCid,Acme\n', encoding="utf-8")
    result = bring(workspace, path)
    assert (result.created, result.skipped) == (2, 1)
    assert leads(workspace, "contact") == [("Ana",), ("Cid",)]


def test_one_note_with_many_semicolons_makes_no_table(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(f'Company,Remark\nNova,"{"a;" * 40}"\n', encoding="utf-8")
    assert bring(workspace, path).plan.table.delimiter == ","


LONG = 20_000
CELLS = {
    "spaces": "1" + " " * LONG + "2",
    "wide spaces": "1" + "\u3000" * LONG + "2",
    "spaces before a break": "a" + " " * LONG + "x\ny",
    "breaks": "1" + "\n" * LONG + "2",
    "digits": "1" * LONG,
    "brackets": "(" * LONG,
    "dashes": "- " * LONG,
    "signs": "@" * LONG,
    "dots": "a@" + "b." * LONG,
    "apostrophes": "'" * LONG,
    "legal forms": "有限公司" * LONG,
    "extensions": "1 ext. " * LONG,
    "colours": "\x1b[" * LONG,
}


def test_no_cell_makes_an_import_stand_still_or_fall(workspace: Workspace, tmp_path: Path) -> None:
    """Every kind of column gets every kind of endless cell: what takes the square of a length never ends."""
    fields = [name for name in (*FIELDS["lead"], *OWN_FIELDS["lead"]) if name not in {"deleted", "converted"}]
    path = tmp_path / "file.csv"
    for name, cell in CELLS.items():
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([f"H {field}" for field in fields])
            writer.writerow(["Plain"] * len(fields))
            writer.writerow([cell] * len(fields))
        result = bring(workspace, path, **{field: f"H {field}" for field in fields})
        assert result.rows == 2, name
        assert result.created + result.skipped + result.updated + result.unchanged == 2, name
    for company, contact, identity in leads(workspace, "company", "contact", "external_id"):
        assert max(map(len, map(str, (company, contact, identity)))) <= 2000


def test_an_endless_text_on_one_line() -> None:
    assert one_line("a" + " " * 1_000_000 + "b\tc").endswith("b c")


@pytest.mark.parametrize("place", ["source", "database", "folder"])
def test_the_skipped_rows_replace_nothing_that_is_needed(
    workspace: Workspace, tmp_path: Path, place: str
) -> None:
    path = tmp_path / "file.csv"
    path.write_text(f"{TEXT},,bad\n", encoding="utf-8")
    skipped = {"source": path, "database": workspace.path, "folder": tmp_path}[place]
    before = contents(workspace.path)
    with pytest.raises(UsageError, match="--skipped"):
        import_file(workspace, read_plan(path), skipped=skipped)
    assert path.read_text(encoding="utf-8") == f"{TEXT},,bad\n"
    assert contents(workspace.path) == before


@POSIX
def test_a_link_that_lies_in_wait_is_not_written_through(workspace: Workspace, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / f".out.csv.{os.getpid()}.part").symlink_to(victim)
    (tmp_path / f".file.skipped.csv.{os.getpid()}.part").symlink_to(victim)
    path = tmp_path / "file.csv"
    path.write_text(f"{TEXT},,bad\n", encoding="utf-8")
    assert bring(workspace, path).skipped == 1
    export_to(workspace, tmp_path / "out.csv")
    assert victim.read_text() == "mine"


def test_an_export_never_replaces_the_database(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "leads.csv"
    with closing(Workspace.open(path, Settings(), clock, "ana")) as workspace:
        before = path.read_bytes()
        with pytest.raises(UsageError, match="themselves"):
            export_to(workspace, path, replace=True)
    assert path.read_bytes() == before
