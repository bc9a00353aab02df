"""A simulated edition for tests: made and brought in as the demo does it, with fewer draws."""

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tolok.methodology.template import TomlValue, new_edition, write_edition
from tolok.pipeline.demo import edition_values
from tolok.pipeline.importing import ImportOptions, import_files
from tolok.pipeline.jury.playing import panel_tables, play_jury
from tolok.pipeline.locking import lock
from tolok.pipeline.publish import publish
from tolok.pipeline.score import score
from tolok.publish.documents import paper
from tolok.simulate import SimulationPlan, simulate_edition

FEW_DRAWS = {
    "draws": "60",
    "weight_sets": "5",
    "normalisation": '["robust_z"]',
    "trim_share": '["0.1"]',
    "audience_exponent": '["fitted"]',
    "interaction_weights": '["1,1,1", "1,2,3"]',
    "giveaways": '["kept", "dropped"]',
}


def take_few_draws(folder: Path) -> None:
    """Make the doubt of an edition that is not locked yet quick to compute."""
    rules = folder / "edition.toml"
    head, section, text = rules.read_text("utf-8").partition("[uncertainty]")
    for key, value in FEW_DRAWS.items():
        text, count = re.subn(rf"(?m)^{key} = .*$", f"{key} = {value}", text)
        assert count, key
    rules.write_text(head + section + text, "utf-8")


def make_edition(
    folder: Path,
    plan: SimulationPlan,
    tables: Mapping[str, Sequence[Mapping[str, TomlValue]]] | None = None,
) -> None:
    """A simulated edition with few draws: rules, locked, and its posts in the store."""
    new_edition(folder, template="gsm-2025")
    write_edition(folder, edition_values(plan), tables=tables)
    take_few_draws(folder)
    brought = folder / "brought"
    simulate_edition(brought, plan)
    shutil.rmtree(folder / "registry")
    shutil.copytree(brought / "registry", folder / "registry")
    lock(folder, now=datetime(2025, 1, 1, tzinfo=UTC))
    import_files(folder, [brought / "exports"], ImportOptions())


def make_judged_edition(folder: Path) -> None:
    """A simulated edition of 24 institutions, as the demo makes it, with fewer draws."""
    plan = SimulationPlan(institutions=24, posts=3000, comments=200)
    make_edition(folder, plan, panel_tables(plan.seed))
    score(folder)
    play_jury(folder, folder / "brought", plan.seed)
    publish(folder)


@contextmanager
def pages_alone() -> Iterator[None]:
    """Documents are empty files inside: for tests of pages, which need not wait for typesetting."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paper, "typeset", lambda *_, **__: b"")
        yield
