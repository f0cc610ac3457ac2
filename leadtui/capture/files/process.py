"""A second Python process that works for this one: told once what to do, and read from until it is done."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import leadtui

_PIPE = 1 << 20
_MOST_MEMORY = 4 << 30

_expecting: dict[str, subprocess.Popen[bytes]] = {}
"""The processes that wait for a task, by module."""


@contextmanager
def expecting(module: str) -> Iterator[None]:
    """Inside, a process of a module loads what it needs while its task is still being found out; the next
    `start` gives it the task."""
    if process := _run(module):
        _expecting[module] = process
    try:
        yield
    finally:
        if unused := _expecting.pop(module, None):
            stop(unused)


def start(module: str, task: object) -> subprocess.Popen[bytes] | None:
    """Run a module of ours with a pickled task; None when no process can be started.

    It has a session of its own, so that ctrl+c is ours alone, and nothing that it complains of reaches the
    screen.
    """
    process = _expecting.pop(module, None) or _run(module)
    if process is None:
        return None
    assert process.stdin is not None
    with suppress(BrokenPipeError), process.stdin as stdin:
        stdin.write(pickle.dumps(task))
    return process


def _run(module: str) -> subprocess.Popen[bytes] | None:
    package = str(Path(leadtui.__file__).parents[1])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        return subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pipesize=_PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            start_new_session=True,
        )
    except OSError:
        return None


def limit_memory() -> None:
    """Let this process ask for no more than a very large workbook needs: one stray cell in a far corner makes
    the reader ask for hundreds of gigabytes. Without effect where the system has no such limit."""
    try:
        import resource
    except ImportError:
        return
    with suppress(ValueError, OSError):
        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = _MOST_MEMORY if hard == resource.RLIM_INFINITY else min(_MOST_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process, whatever it is doing."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    process.wait()
