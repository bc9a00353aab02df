"""The import contracts hold, and each of them catches an import that it forbids."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FORBIDDEN = [
    ("errors.py", "import tolok.model", "Data flow down one road"),
    ("model.py", "from tolok.store import schema", "Data flow down one road"),
    ("attic.py", "import json", "Data flow down one road"),
    (
        "platforms/x/planted.py",
        "import tolok.platforms.youtube",
        "Platforms do not know each other",
    ),
    ("composite/planted.py", "import tolok.model", "Composite indicators know no edition"),
    ("scoring/planted.py", "import tolok.store", "Scoring and the jury are pure"),
    ("scoring/planted.py", "import tolok.metrics", "Scoring and the jury are pure"),
    ("jury/planted.py", "import tolok.scoring", "The jury does not see the scores"),
    ("jury/planted.py", "import tolok.store", "Scoring and the jury are pure"),
    (
        "simulate/planted.py",
        "import tolok.methodology",
        "The demo's generator knows only the model",
    ),
    ("publish/planted.py", "import duckdb", "Engines live in the store"),
    ("metrics/planted.py", "import pyspark", "Engines live in the store"),
    ("publish/planted.py", "import ibis", "SQL is compiled in the metrics and the store"),
    ("sources/planted.py", "import tomllib", "The methodology alone reads TOML"),
    ("publish/planted.py", "import django", "Django lives in the portal"),
]


def lint_imports(root):
    """What lint-imports says of the sources under root, and not of the installed package."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path):
    """The sources and the contracts, free to be broken."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src" / "tolok", tmp_path / "src" / "tolok", ignore=ignored)
    return tmp_path


def test_contracts_hold():
    result = lint_imports(ROOT)
    assert "BROKEN" not in result.stdout, result.stdout
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("module", "line", "contract"), FORBIDDEN)
def test_contract_catches_a_planted_import(copy, module, line, contract):
    with (copy / "src" / "tolok" / module).open("a", encoding="utf-8") as planted:
        planted.write(f"\n{line}\n")
    result = lint_imports(copy)
    assert result.returncode == 1
    assert f"{contract} BROKEN" in result.stdout
