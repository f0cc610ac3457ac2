"""The table of the real files: every figure is the one that is expected, or explained."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def test_every_real_file_yields_what_is_expected(shared_data: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "benchmarks/real_files.py"],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "LEADTUI_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 figures wrong" in ran.stdout
