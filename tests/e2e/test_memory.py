"""The memory that scoring takes is bounded by its setting: a process that goes over is ended."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.edition_cases import make_edition

from tolok.simulate import SimulationPlan

BOUND_MB = 520
"""Of the whole process, its libraries included, of which the engine may have a quarter."""


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """Posts few enough to be scored quickly, comments too many for the bound."""
    folder = tmp_path_factory.mktemp("memory") / "edition"
    make_edition(folder, SimulationPlan(institutions=24, posts=20_000, comments=2_500_000))
    return folder


def resident_mb(process):
    """The memory that a process holds now; 0 where it has ended."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    except OSError:
        return 0
    sizes = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
    return int(sizes[0]) / 1024 if sizes else 0


def scored_within(edition, memory_limit):
    """Whether an edition is scored by a process that is ended as soon as it exceeds the bound."""
    command = [
        sys.executable, "-m", "tolok", "score", str(edition),
        "--threads", "2", "--memory-limit", memory_limit,
    ]  # fmt: skip
    said = edition / "said.txt"
    with said.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=file) as process:
        while process.poll() is None:
            if resident_mb(process) > BOUND_MB:
                process.kill()
                return False
            time.sleep(0.02)
    assert process.returncode == 0, said.read_text("utf-8")
    return True


def test_small_limit_keeps_scoring_within_its_bound(edition):
    assert scored_within(edition, "128MB")
    results = edition / "results"
    bounded = {path.name: path.read_bytes() for path in results.iterdir()}
    assert not scored_within(edition, "8GB")  # the bound is one that can be exceeded
    assert {path.name: path.read_bytes() for path in results.iterdir()} == bounded
