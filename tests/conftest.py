"""What all tests share: the real data, which never enter the repository."""

import os
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent

# Speed is the benchmarks' matter: a busy machine must not fail a property.
hypothesis.settings.register_profile("tolok", deadline=None, print_blob=True)
hypothesis.settings.load_profile("tolok")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real exports, reference figures and registers; the test skips without it."""
    folder = Path(os.environ.get("TOLOK_SHARED", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("real data are not part of the repository; set TOLOK_SHARED to their folder")
    return folder
