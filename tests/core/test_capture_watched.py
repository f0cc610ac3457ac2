"""The watched folder: what is complete comes in once and is put away, what is on its way is left alone."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_run import Ran, Run, runner

from leadtui.capture.columns.plan import FilePlan
from leadtui.capture.files import watched
from leadtui.capture.files.watched import WatchedFolder
from leadtui.clock import FixedClock
from leadtui.errors import UsageError

ROWS = "Company,Email\nNova,li@nova.example\n,bad\n"


class Seconds:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "inbox"
    path.mkdir()
    return path


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_a_file_is_complete_when_its_size_has_settled(folder: Path) -> None:
    seconds = Seconds()
    watch = WatchedFolder(folder, seconds)
    path = folder / "a.csv"
    path.write_text("Company\n")
    assert watch.complete() == []
    seconds.now = 1.9
    assert watch.complete() == []
    path.write_text("Company\nNova\n")
    seconds.now = 2.5
    assert watch.complete() == []
    seconds.now = 4.4
    assert watch.complete() == []
    seconds.now = 4.6
    assert watch.complete() == [path]


@pytest.mark.parametrize(
    "name", [".a.csv", "~$a.xlsx", "a.csv.part", "a.csv.crdownload", "a.tmp", "a.skipped.csv", "a.md", "a"]
)
def test_files_on_their_way_and_files_of_ours_are_left_alone(folder: Path, name: str) -> None:
    seconds = Seconds()
    watch = WatchedFolder(folder, seconds)
    (folder / name).write_text("Company\nNova\n")
    (folder / "sub.csv").mkdir()
    (folder / "empty.csv").touch()
    for seconds.now in (0.0, 5.0, 10.0):
        assert watch.complete() == []


def test_the_oldest_comes_first(folder: Path) -> None:
    seconds = Seconds()
    watch = WatchedFolder(folder, seconds)
    for age, name in ((30, "b.csv"), (10, "a.csv"), (20, "c.VCF")):
        (folder / name).write_text("x")
        os.utime(folder / name, (1_700_000_000 - age, 1_700_000_000 - age))
    watch.complete()
    seconds.now = 3.0
    assert names(watch.complete()) == ["b.csv", "c.VCF", "a.csv"]


def test_names_that_are_taken_get_a_number(folder: Path) -> None:
    watch = WatchedFolder(folder)
    for expected in ("a.csv", "a-2.csv", "a-3.csv"):
        (folder / "a.csv").write_text("x")
        assert watch.done(folder / "a.csv") == folder / "done" / expected
    (folder / "a.csv").write_text("x")
    moved = watch.failed(folder / "a.csv", "it is no table")
    assert (moved.parent / "a.csv.txt").read_text() == "it is no table\n"


def test_a_file_that_can_not_be_moved_is_not_taken_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = Seconds()
    watch = WatchedFolder(folder, seconds)
    path = folder / "a.csv"
    path.write_text("x")
    watch.complete()
    seconds.now = 3.0
    assert watch.complete() == [path]

    def refuse(source: Path, target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(watched.shutil, "move", refuse)
    assert watch.done(path) == path
    seconds.now = 6.0
    assert watch.complete() == []
    path.write_text("xy")
    for seconds.now in (9.0, 12.0):
        found = watch.complete()
    assert found == [path]


def test_what_is_no_folder_is_told(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        WatchedFolder(tmp_path / "nowhere")
    (folder / "done").write_text("a file")
    with pytest.raises(UsageError, match="can't be moved"):
        WatchedFolder(folder)


# The command

Step = Callable[[], object]


@pytest.fixture
def watch(
    folder: Path, capsys: pytest.CaptureFixture[str], clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ran]:
    """Runs the command, with a step before each look."""
    run = runner(capsys, clock)
    monkeypatch.setattr(watched, "_SETTLED", 0.0)

    def watching(*steps: Step, words: tuple[str, ...] = ()) -> Ran:
        def looks(path: Path, **options: object) -> Iterator[set[object]]:
            for step in (*steps, lambda: None, lambda: None):
                step()
                yield set()

        monkeypatch.setattr("watchfiles.watch", looks)
        return run("import", "--watch", str(folder), *words)

    return watching


def test_files_come_in_and_are_put_away(folder: Path, watch: Callable[..., Ran]) -> None:
    (folder / "there.csv").write_text(ROWS)
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04rest")
    ran = watch(lambda: None, lambda: None, lambda: (folder / "late.csv").write_text("Company\nKestrel\n"))
    assert ran.code == 0, ran.err
    told = ran.out.splitlines()[1:-1]
    assert sorted(line.split(" ", 1)[1].partition(":")[0] for line in told) == [
        "broken.xlsx", "late.csv", "there.csv",
    ]  # fmt: skip
    assert any("1 new, 1 skipped" in line for line in told)
    assert any("failed: " in line and "damaged" in line for line in told)
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert found == [
        "done/late.csv",
        "done/there.csv",
        "failed/broken.xlsx",
        "failed/broken.xlsx.txt",
        "failed/there.skipped.csv",
    ]


def test_json_lines(folder: Path, watch: Callable[..., Ran]) -> None:
    (folder / "a.csv").write_text(ROWS)
    (folder / "b.csv").write_text("Colour\nred\n")
    told = [json.loads(line) for line in watch(words=("--json",)).out.splitlines()]
    by_name = {Path(each["file"]).name: each for each in told}
    assert by_name["a.csv"]["created"] == 1 and by_name["a.csv"]["error"] is None
    assert by_name["a.csv"]["moved_to"] == str(folder / "done" / "a.csv")
    assert "says who a lead is" in by_name["b.csv"]["error"]


def test_the_options_of_an_import_count(folder: Path, watch: Callable[..., Ran], run_inbox: Run) -> None:
    (folder / "a.csv").write_text("Firm name of theirs,Email\nNova,li@nova.example\n")
    watch(words=("--source", "expo", "--map", "company=Firm name of theirs"))
    (lead,) = run_inbox("inbox", "--view", "all", "--json").json["leads"]
    assert (lead["source"], lead["company"]) == ("expo", "Nova")


@pytest.fixture
def run_inbox(capsys: pytest.CaptureFixture[str], clock: FixedClock) -> Run:
    return runner(capsys, clock)


def test_ctrl_c_ends_it_and_leaves_the_file(folder: Path, watch: Callable[..., Ran]) -> None:
    path = folder / "a.csv"
    path.write_text(ROWS)
    ran = watch(lambda: None, lambda: os.kill(os.getpid(), signal.SIGINT))
    assert ran.code == 0
    assert "Stopped" in ran.out
    assert path.exists()


def test_a_database_that_is_busy_leaves_the_file(
    folder: Path, watch: Callable[..., Ran], run_inbox: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leadtui.capture.batch import importing
    from leadtui.errors import DatabaseBusy

    def busy(*args: object, **options: object) -> None:
        raise DatabaseBusy("the file is busy")

    path = folder / "a.csv"
    path.write_text(ROWS)
    monkeypatch.setattr(importing, "import_file", busy)
    ran = watch(lambda: None, lambda: None)
    assert ran.err.count("busy") == 1
    assert path.exists()


def test_something_unexpected_ends_one_file_and_not_the_watch(
    folder: Path, watch: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    from leadtui.capture.batch import importing

    real = importing.import_file

    def broken(workspace: object, plans: list[FilePlan], **options: object) -> object:
        if plans[0].path.name == "a.csv":
            raise ZeroDivisionError
        return real(workspace, plans, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "import_file", broken)
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text("Company\nNova\n")
    ran = watch()
    assert ran.code == 0
    assert "ZeroDivisionError" in (folder / "failed" / "a.csv.txt").read_text()
    assert (folder / "done" / "b.csv").exists()


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ((), "--watch"),
        (("--watch", "{folder}", "x.csv"), "--watch"),
        (("--watch", "{folder}", "--dry-run"), "dry"),
    ],
)
def test_what_does_not_go_together_is_told(
    folder: Path, run_inbox: Run, words: tuple[str, ...], hint: str
) -> None:
    ran = run_inbox("import", *(word.format(folder=folder) for word in words))
    assert ran.code == 2 and hint in ran.err


def test_a_file_that_changes_meanwhile_is_taken_again(
    folder: Path, watch: Callable[..., Ran], run_inbox: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from leadtui.capture.batch import importing

    path, real = folder / "a.csv", importing.import_file
    path.write_text("Company,Email\nNova,li@nova.example\n")
    more = iter(["Kestrel,k@kestrel.example\n"])

    def slow(*args: object, **options: object) -> object:
        result = real(*args, **options)  # type: ignore[arg-type]
        with path.open("a") as file:
            file.write(next(more, ""))
        return result

    monkeypatch.setattr(importing, "import_file", slow)
    watch(lambda: None, lambda: None, lambda: None)
    assert (folder / "done" / "a.csv").exists()
    assert run_inbox("inbox", "--view", "all", "--json").json["total"] == 2
