"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGES = ("leadtui", "screens", "widgets", "migrations")
SOURCES = sorted(path for package in PACKAGES for path in (REPOSITORY / package).rglob("*.py"))
OTHERS = sorted(path for folder in ("tests", "benchmarks") for path in (REPOSITORY / folder).rglob("*.py"))
MOST_LINES = 400


def name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def workers_without_group(source: str) -> Iterator[int]:
    """Lines of `@work` and `run_worker` without `group=`: workers of one group cancel each other."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                call = decorator if isinstance(decorator, ast.Call) else None
                if ast.unparse(call.func if call else decorator) == "work" and not _has_group(call):
                    yield decorator.lineno
        elif (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).endswith("run_worker")
            and not _has_group(node)
        ):
            yield node.lineno


def _has_group(call: ast.Call | None) -> bool:
    return call is not None and any(word.arg == "group" for word in call.keywords)


def prints(source: str) -> Iterator[int]:
    """Lines that print."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "sys.stdout.write"}:
            yield node.lineno


def reads(source: str) -> Iterator[int]:
    """Lines that open the file to read it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.withitem) and ast.unparse(node.context_expr).endswith("workspace.read()"):
            yield node.context_expr.lineno


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_workers_name_their_group(path: Path) -> None:
    assert list(workers_without_group(path.read_text("utf-8"))) == []


def test_a_worker_without_group_is_seen() -> None:
    assert list(workers_without_group("@work\nasync def load(): ...")) == [1]
    assert list(workers_without_group("@work(thread=True)\ndef load(): ...")) == [1]
    assert list(workers_without_group("self.run_worker(load())")) == [1]
    assert list(workers_without_group("@work(thread=True, group='load')\ndef load(): ...")) == []


READING = {"screens/work.py", "screens/export_file.py"}
"""They read in threads, or for a moment: a read that meets a write on the way to a frame fails at once."""


@pytest.mark.parametrize("path", [path for path in SOURCES if name(path).startswith("screens/")], ids=name)
def test_screens_read_through_one_door(path: Path) -> None:
    assert bool(list(reads(path.read_text("utf-8")))) == (name(path) in READING)


def test_a_read_is_seen() -> None:
    assert list(reads("with self.workspace.read() as connection:\n    rows(connection)")) == [1]


@pytest.mark.parametrize("path", [path for path in SOURCES if "/cli" not in path.as_posix()], ids=name)
def test_only_the_command_line_prints(path: Path) -> None:
    assert list(prints(path.read_text("utf-8"))) == []


def test_a_print_is_seen() -> None:
    assert list(prints("if x:\n    print(x)")) == [2]


@pytest.mark.parametrize("path", [*SOURCES, *OTHERS], ids=name)
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES, "one subject a file"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_modules_say_what_they_hold(path: Path) -> None:
    source = path.read_text("utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source))
