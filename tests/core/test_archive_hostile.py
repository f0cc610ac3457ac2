"""A file that is no whole archive changes nothing, and nothing that a hostile one says is done."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from archives import archive, filled, restored

from leadtui.clock import FixedClock
from leadtui.errors import LeadTUIError
from leadtui.store.opening import SCHEMA_VERSION
from leadtui.workspace import Workspace


@pytest.fixture
def source(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    with closing(filled(tmp_path / "old", clock)) as workspace:
        yield workspace


def changed(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The archive with other members."""
    with zipfile.ZipFile(path) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    change(members)
    other = path.with_name("changed.zip")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return other


def told(members: dict[str, bytes], change: Callable[[dict[str, Any]], None]) -> None:
    """Change what the manifest says."""
    manifest = json.loads(members["manifest.json"])
    change(manifest)
    members["manifest.json"] = json.dumps(manifest).encode()


def _no_manifest(members: dict[str, bytes]) -> None:
    del members["manifest.json"]


def _no_leads(members: dict[str, bytes]) -> None:
    del members["tables/lead.jsonl"]


def _other_bytes(members: dict[str, bytes]) -> None:
    members["tables/tag.jsonl"] = members["tables/tag.jsonl"].replace(b"key", b"KEY")


def _newer(members: dict[str, bytes]) -> None:
    told(members, lambda manifest: manifest.update(schema=SCHEMA_VERSION + 1))


def _newer_form(members: dict[str, bytes]) -> None:
    told(members, lambda manifest: manifest.update(version=2))


def _of_another(members: dict[str, bytes]) -> None:
    told(members, lambda manifest: manifest.update(format="other"))


def _twice(members: dict[str, bytes]) -> None:
    told(members, lambda manifest: manifest["tables"].append(manifest["tables"][0]))


def _strange(members: dict[str, bytes]) -> None:
    told(members, lambda manifest: manifest["tables"][0].update(rows="many"))


def _broken_json(members: dict[str, bytes]) -> None:
    members["manifest.json"] = b'{"format": "leadtui-archive", ' + b"[" * 5000


def _other_columns(members: dict[str, bytes]) -> None:
    _forge(members, "tag", b'{"id": "x"}\n')


def _no_parent(members: dict[str, bytes]) -> None:
    _forge(members, "tag", b'{"id": "x", "lead_id": "nowhere", "customer_id": null, "name": "x"}\n')


def _no_value(members: dict[str, bytes]) -> None:
    _forge(members, "tag", b'{"id": ["x"], "lead_id": null, "customer_id": null, "name": "x"}\n')


def _too_large(members: dict[str, bytes]) -> None:
    _forge(members, "saved_view", b" " * (80 << 20))


def _forge(members: dict[str, bytes], table: str, data: bytes) -> None:
    """Other rows, and a manifest that tells of them."""
    members[f"tables/{table}.jsonl"] = data

    def change(manifest: dict[str, Any]) -> None:
        (entry,) = [entry for entry in manifest["tables"] if entry["name"] == table]
        entry.update(bytes=len(data), sha256=sha256(data).hexdigest(), rows=data.count(b"\n"))

    told(members, change)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_no_manifest, "is no archive of LeadTUI"),
        (_of_another, "is no archive of LeadTUI"),
        (_newer, "newer LeadTUI"),
        (_newer_form, "newer LeadTUI"),
        (_no_leads, "damaged"),
        (_other_bytes, "damaged"),
        (_twice, "damaged"),
        (_strange, "damaged"),
        (_broken_json, "damaged"),
        (_other_columns, "damaged"),
        (_no_parent, "damaged"),
        (_no_value, "damaged"),
        (_too_large, "damaged"),
    ],
)
def test_what_is_no_whole_archive_changes_nothing(
    source: Workspace,
    tmp_path: Path,
    clock: FixedClock,
    change: Callable[[dict[str, bytes]], None],
    sentence: str,
) -> None:
    path = changed(archive(source, tmp_path / "all.zip"), change)
    before = source.path.read_bytes()
    with pytest.raises(LeadTUIError, match=sentence):
        restored(path, source.path, clock)
    assert source.path.read_bytes() == before
    left = {file.name for file in source.path.parent.iterdir()}
    assert left <= {"leads.db", "leads.db-journal", "backups"}


def test_an_archive_that_was_cut_off_changes_nothing(
    source: Workspace, tmp_path: Path, clock: FixedClock
) -> None:
    whole = archive(source, tmp_path / "all.zip").read_bytes()
    for size in (10, len(whole) // 2, len(whole) - 1):
        (tmp_path / "half.zip").write_bytes(whole[:size])
        with pytest.raises(LeadTUIError, match=r"half\.zip is damaged"):
            restored(tmp_path / "half.zip", tmp_path / "new.db", clock)
    flipped = bytearray(whole)
    flipped[len(whole) // 3] ^= 0xFF
    (tmp_path / "half.zip").write_bytes(flipped)
    with pytest.raises(LeadTUIError, match=r"half\.zip is damaged"):
        restored(tmp_path / "half.zip", tmp_path / "new.db", clock)
    assert not (tmp_path / "new.db").exists()


def test_a_file_never_leaves_its_folder(source: Workspace, tmp_path: Path, clock: FixedClock) -> None:
    def change(members: dict[str, bytes]) -> None:
        members["../../evil"] = b"evil"
        entry = {"file": "../../evil", "bytes": 4, "sha256": sha256(b"evil").hexdigest()}
        paths = ("../../../evil.sh", "/nowhere/..", "C:\\x\\evil.exe", "/nowhere/.profile", "\0", "")
        entries = [{**entry, "path": path} for path in paths]
        names = [f"evil{number}" for number in range(len(paths))]
        members.update(dict.fromkeys(names, b"evil"))
        entries = [{**entry, "file": name} for entry, name in zip(entries, names, strict=True)]
        told(
            members, lambda manifest: manifest.update(attachments=[*entries, {**entry, "path": "/nowhere/x"}])
        )

    result = restored(
        changed(archive(source, tmp_path / "all.zip"), change), tmp_path / "new" / "leads.db", clock
    )
    assert result.attachments == tmp_path / "new" / "attachments"
    for file in result.attachments.iterdir():
        assert file.read_bytes() == b"evil" and not file.name.startswith(".")
    assert not list(tmp_path.glob("evil*")) and not (tmp_path.parent / "evil").exists()
