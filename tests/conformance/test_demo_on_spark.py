"""The demo as it is shipped, scored by both engines: `make test-spark` alone runs it."""

import shutil

import pytest
from tests.engine_cases import all_differences

from tolok.methodology.template import new_edition, write_edition
from tolok.pipeline.demo import edition_values
from tolok.pipeline.importing import ImportOptions, import_files
from tolok.pipeline.machine import Machine
from tolok.pipeline.score import compute
from tolok.pipeline.workspace import Workspace
from tolok.simulate import SimulationPlan, simulate_edition

WORKERS = {"spark.master": "local-cluster[2,1,3072]", "spark.driver.memory": "4g"}

pytestmark = pytest.mark.whole_demo


def test_demo_has_the_same_results_on_both_engines(tmp_path):
    plan = SimulationPlan()
    folder = tmp_path / "edition"
    new_edition(folder, template="gsm-2025")
    write_edition(folder, edition_values(plan))
    simulate_edition(folder / "brought", plan)
    shutil.rmtree(folder / "registry")
    shutil.copytree(folder / "brought" / "registry", folder / "registry")
    import_files(folder, [folder / "brought" / "exports"], ImportOptions())
    machines = (Machine(), Machine(engine="spark", spark=WORKERS))
    ours, theirs = (compute(Workspace(folder), machine=machine) for machine in machines)
    assert ours.record_counts["posts"] > 900_000
    assert all_differences(ours.tables, theirs.tables) == {}
    assert ours.record_counts == theirs.record_counts
