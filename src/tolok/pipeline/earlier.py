"""The edition before in the demo: the same invented institutions, a quarter, decided by the data.

It gives the demo something to compare with. The edition is simulated, scored in a folder that is
gone afterwards, and only what an archive holds is kept.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tolok.methodology.template import TomlValue, new_edition, write_edition
from tolok.pipeline.archive import Archived, archive
from tolok.pipeline.importing import ImportOptions, import_files
from tolok.pipeline.locking import lock
from tolok.pipeline.machine import Machine
from tolok.pipeline.progress import Progress, silent
from tolok.pipeline.score import score
from tolok.simulate import SimulationPlan, simulate_edition

_WEEKS, _ACTIVE_WEEKS, _PLATFORM_POSTS = 13, 7, 8
_SHARE, _LEAST = 5, 100
"""A quarter of the year at four fifths of its pace is a fifth of the posts; but so many an
institution at least, enough for places."""
_DRAWS = 100
_WEIGHT_SETS = 10
_Row = Mapping[str, str]


def earlier_edition(
    folder: Path,
    plan: SimulationPlan,
    *,
    now: datetime,
    machine: Machine | None = None,
    progress: Progress = silent,
) -> Archived:
    """The simulated edition of the year before a plan's, put into the archive of its edition.

    Its registry is that of before the renames, splits and merges of the later window.
    """
    earlier = plan_before(plan)
    year = earlier.opens_on.year
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-{year}-") as home:
        scored = Path(home) / "edition"
        new_edition(scored, template="gsm-2025")
        write_edition(scored, _values(earlier))
        brought = Path(home) / "brought"
        simulate_edition(brought, earlier, progress=_named(str(year), progress))
        write_registry_before(brought / "registry", scored / "registry")
        lock(scored, now=now)
        exports = _named(str(year), progress)
        import_files(scored, [brought / "exports"], ImportOptions(), progress=exports)
        score(scored, machine=machine, progress=exports, with_flips=False)
        return archive(folder, scored)


def plan_before(plan: SimulationPlan) -> SimulationPlan:
    """The plan of the same institutions in the last quarter of the year before."""
    closes_on = _year_before(plan.closes_on)
    least = min(plan.posts, _LEAST * plan.institutions)
    return replace(
        plan,
        posts=max(plan.posts // _SHARE, least),
        comments=plan.comments // _SHARE,
        opens_on=closes_on - timedelta(weeks=_WEEKS),
        closes_on=closes_on,
    )


def write_registry_before(simulated: Path, registry: Path) -> None:
    """The registry before anything in a simulated one was renamed, split or merged.

    Who came by a change is not there yet, who went by one stays, and an account belongs to its
    first owner all the time.
    """
    gone = {row["institution_id"] for row in _rows(simulated / "institutions.csv")
            if row["valid_from"]}  # fmt: skip
    institutions = [
        {**row, "valid_to": ""}
        for row in _rows(simulated / "institutions.csv")
        if row["institution_id"] not in gone
    ]
    owners: dict[str, _Row] = {}
    for row in sorted(_rows(simulated / "accounts.csv"), key=lambda row: row["valid_from"]):
        owners.setdefault(row["account_id"], row)
    accounts = [
        {**row, "valid_to": ""} for row in owners.values() if row["institution_id"] not in gone
    ]
    _write(registry / "institutions.csv", institutions)
    _write(registry / "accounts.csv", accounts)
    (registry / "lineage.csv").unlink(missing_ok=True)
    (registry / "unconfirmed.csv").unlink(missing_ok=True)


def _values(plan: SimulationPlan) -> dict[str, TomlValue]:
    year = plan.opens_on.year
    return {
        "name": f"simulated-{year}",
        "title": {"id": f"Penghargaan Simulasi {year}", "en": f"Simulated Award {year}"},
        "time_zone": plan.time_zone,
        "opens_on": plan.opens_on,
        "closes_on": plan.closes_on,
        "simulated": True,
        "decision": "first_rank",
        "eligibility.min_active_weeks": _ACTIVE_WEEKS,
        "eligibility.min_platform_posts": _PLATFORM_POSTS,
        "uncertainty.draws": _DRAWS,
        "uncertainty.weight_sets": _WEIGHT_SETS,
        "uncertainty.interaction_weights": ["1,1,1"],
        "uncertainty.giveaways": ["kept"],
    }


def _year_before(day: date) -> date:
    """The same day a year before; 28 February for a leap day."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year - 1, day=last)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _named(year: str, progress: Progress) -> Progress:
    """Progress whose steps carry the year."""
    return lambda step, done, total: progress(f"{year} {step}", done, total)
