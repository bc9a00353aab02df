"""The demo: a simulated edition, brought in and worked through as an organiser would."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tolok.methodology.template import TomlValue, new_edition, write_edition
from tolok.pipeline.earlier import earlier_edition
from tolok.pipeline.importing import ImportOptions, import_files
from tolok.pipeline.jury.playing import Played, panel_tables, play_jury
from tolok.pipeline.locking import lock
from tolok.pipeline.machine import Machine
from tolok.pipeline.progress import Progress, silent
from tolok.pipeline.publish import Published, publish
from tolok.pipeline.score import ScoreSummary, score
from tolok.simulate import SimulationPlan, simulate_edition

_TITLE = {"id": "Penghargaan Simulasi 2025", "en": "Simulated Award 2025"}


@dataclass(frozen=True)
class Demo:
    """What the demo made: scores, winners, the site, and the file that keeps the truth."""

    scored: ScoreSummary
    played: Played
    published: Published
    truth: Path


@dataclass(frozen=True)
class Scenery:
    """How the demo is made: how much of the machine it takes, and with the year before or not.

    The year before of the same institutions stands in the edition's archive, to compare with.
    """

    machine: Machine = field(default_factory=Machine)
    with_earlier: bool = True


def run_demo(
    folder: Path,
    plan: SimulationPlan,
    *,
    now: datetime,
    scenery: Scenery | None = None,
    progress: Progress = silent,
) -> Demo:
    """A whole simulated edition: made, locked, imported, scored, judged and published.

    The exports stand in brought/, as an organiser would hold them, beside the true qualities of the
    invented institutions (truth.csv), which no later step reads.

    Raises: FolderInUse where the folder is not empty.
    """
    scenery = scenery or Scenery()
    new_edition(folder, template="gsm-2025")
    write_edition(folder, edition_values(plan), tables=panel_tables(plan.seed))
    brought = folder / "brought"
    simulate_edition(brought, plan, progress=_named("simulate", progress))
    shutil.rmtree(folder / "registry")
    shutil.copytree(brought / "registry", folder / "registry")
    lock(folder, now=now)
    import_files(folder, [brought / "exports"], ImportOptions(), progress=progress)
    scored = score(folder, machine=scenery.machine, progress=progress)
    played = play_jury(folder, brought, plan.seed, progress=progress)
    if scenery.with_earlier:
        earlier_edition(folder, plan, now=now, machine=scenery.machine, progress=progress)
    published = publish(folder, progress=progress)
    return Demo(scored, played, published, brought / "truth.csv")


def edition_values(plan: SimulationPlan) -> Mapping[str, TomlValue]:
    """What edition.toml says of a simulated edition."""
    return {
        "name": "simulated-2025",
        "title": _TITLE,
        "time_zone": plan.time_zone,
        "opens_on": plan.opens_on,
        "closes_on": plan.closes_on,
        "simulated": True,
        "organiser.name": "Panitia Simulasi",
        "organiser.contact": "koreksi@simulasi.example",
    }


def _named(stage: str, progress: Progress) -> Progress:
    """Progress whose steps carry the name of their stage."""
    return lambda step, done, total: progress(f"{stage} {step}", done, total)
