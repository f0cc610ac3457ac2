"""A workbook that is protected with a password is told to be so, whatever its name ends in."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from cli_run import Run
from protected import compound_file, protected_ods, protected_xls, protected_xlsx

from leadtui.capture.columns.plan import read_plan
from leadtui.capture.files.compound import look_into
from leadtui.errors import LeadTUIError

Make = Callable[[Path], Path]
MAKES: tuple[Make, ...] = (protected_xlsx, protected_xls, protected_ods)


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods", "csv"])
@pytest.mark.parametrize("make", MAKES)
def test_a_password_is_told(run: Run, tmp_path: Path, make: Make, ending: str) -> None:
    path = make(tmp_path / f"book.{ending}")
    ran = run("import", str(path))
    told = f"{path} is protected by a password: save it without one, and import that."
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err.replace("\n", " ")
    assert run("inbox", "--view", "all", "--json").json["total"] == 0


@pytest.mark.parametrize(
    ("stream", "program"), [("WordDocument", "Word"), ("PowerPoint Document", "PowerPoint")]
)
def test_what_another_program_keeps_in_such_a_file_is_told(tmp_path: Path, stream: str, program: str) -> None:
    path = compound_file(tmp_path / "letter.xls", {stream: b"Dear Li Wei"})
    with pytest.raises(LeadTUIError, match=f"is a {program} file"):
        read_plan(path)


@pytest.mark.parametrize("ending", ["xls", "ods", "xlsb", "csv", "data"])
def test_a_workbook_is_read_whatever_its_name_ends_in(tmp_path: Path, ending: str) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx")) as book:
        book.add_worksheet().write_column("A1", ["Company", "Nova"])
    path = tmp_path / f"book.{ending}"
    shutil.move(tmp_path / "book.xlsx", path)
    plan = read_plan(path)
    assert (plan.headers, plan.samples, plan.table.format) == (("Company",), (("Nova",),), "xlsx")


@pytest.mark.parametrize("cut", [b"", struct.pack("<HH", 0x0809, 16), struct.pack("<HHHH", 0x0809, 16, 6, 5)])
def test_a_stream_that_breaks_off_is_no_protected_one(tmp_path: Path, cut: bytes) -> None:
    path = tmp_path / "broken.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0".ljust(512, b"\0") + cut)
    assert look_into(path) == (False, "")
    with pytest.raises(LeadTUIError, match="damaged"):
        read_plan(path)
