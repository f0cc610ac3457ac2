"""The watched folder as a user runs it: started, fed, and ended with ctrl+c."""

from __future__ import annotations

import json
from pathlib import Path

import pexpect
from application import leadtui, run


def test_a_folder_is_watched_until_ctrl_c(tmp_path: Path) -> None:
    folder, database = tmp_path / "inbox", tmp_path / "leads.db"
    folder.mkdir()
    (folder / "there.csv").write_text("Company,Email\nNova,li@nova.example\n", encoding="utf-8")
    command, *words = leadtui("import", "--watch", folder, "--db", database)
    watch = pexpect.spawn(command, words, timeout=60, encoding="utf-8", dimensions=(24, 200))
    watch.expect_exact("Watching")
    watch.expect_exact("there.csv: 1 new")
    draft = folder / ".late.vcf"
    draft.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nTEL:13812345678\nEND:VCARD\n", encoding="utf-8")
    draft.rename(folder / "late.vcf")
    watch.expect_exact("late.vcf: 1 new")
    watch.sendintr()
    watch.expect_exact("Stopped watching")
    watch.expect(pexpect.EOF)
    watch.close()
    assert watch.exitstatus == 0
    assert sorted(path.name for path in (folder / "done").iterdir()) == ["late.vcf", "there.csv"]
    listed = json.loads(run("inbox", "--view", "all", "--db", database, "--json").stdout)
    assert sorted(lead["contact"] or lead["company"] for lead in listed["leads"]) == ["Ann Lee", "Nova"]
