"""The jobs of a size: ours, its rivals, and the limits of the machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.doubt import DoubtByLoop, DoubtByTolok
from benchmarks.metrics import MetricsByHand, MetricsByTolok, StoredCaptionFeatures
from benchmarks.scale.data import Data, edition_of, edition_of_exports, made, scored_of
from benchmarks.scale.imports import CaptionFeatures, ImportByHand, ImportByTolok, ReadBytes
from benchmarks.scale.site import (
    ReadAndWrite,
    RoadByTolok,
    ScoreByTolok,
    SiteByTolok,
    WriteBytes,
    site_of,
)
from benchmarks.scale.spark import DUCKDB, RIVAL, SPARK, ImportBySpark, TablesBy, starts
from benchmarks.timing import APART, BEFORE, Comparison
from tolok.pipeline.workspace import Workspace
from tolok.store.layout import read_parts

LIMITS = ("the bytes", "simdjson")
"""Rivals that do nothing but what cannot be left out."""
LIKE_OURS = ("SQL", "Polars", "pandas")
"""Rivals beside which the text features of our import matter: they make none, or at each run."""
GOALS = {
    "import (less text features) / SQL": 1.15,
    "metrics / SQL on stored hashes": 1.25,
    "posts (first run) / SQL": 1.1,
    "posts / SQL": 0.5,
    "uncertainty / loop": 0.5,
}
"""Ratios of CPU seconds that we aim to stay under; never a test."""
_PANDAS_ROWS = 0.9
"""Millions of rows up to which pandas takes part: it holds all of them in memory."""
_WEEK_DRAWS = 100

Rivals = dict[str, Callable[[], Any]]


@dataclass(frozen=True)
class Job:
    """Ours, and beside it rivals, limits and shares by name.

    `more` tells what a row says beyond the usual.
    """

    ours: Callable[[], Any]
    rivals: Rivals
    more: Callable[[Comparison], Mapping[str, float]] = lambda _: {}


def import_job(data: Data) -> Job:
    """From canonical NDJSON to the store."""
    made(data)
    rivals: Rivals = {"SQL": ImportByHand(data), APART: CaptionFeatures(data)}
    if find_spec("polars"):
        from benchmarks.scale.by_polars import ImportByPolars  # noqa: PLC0415 -- may be absent

        rivals["Polars"] = ImportByPolars(data)
    if data.rows <= _PANDAS_ROWS and find_spec("pandas"):
        from benchmarks.scale.by_pandas import ImportByPandas  # noqa: PLC0415 -- may be absent

        rivals["pandas"] = ImportByPandas(data)
    if find_spec("simdjson"):
        from benchmarks.scale.by_simdjson import ParseBySimdjson  # noqa: PLC0415 -- may be absent

        rivals["simdjson"] = ParseBySimdjson(tuple(data.files))
    return Job(ImportByTolok(data), rivals | {"the bytes": ReadBytes(tuple(data.files))})


def metrics_job(data: Data) -> Job:
    """From the store to every metric; the rivals from captions as they are."""
    return _metrics_of(data, edition_of(made(data)))


def posts_job(data: Data) -> Job:
    """The same of as many posts, and hardly a comment."""
    return _metrics_of(data, edition_of_exports(replace(data, comments_a_post=0)))


def _metrics_of(data: Data, folder: Path) -> Job:
    layout = Workspace(folder).layout
    parts = [part for name in ("observations", "comments") for part in read_parts(layout, name)]
    rivals: Rivals = {
        "SQL": MetricsByHand(folder, with_captions=True),
        "SQL on stored hashes": MetricsByHand(folder),
        BEFORE: StoredCaptionFeatures(folder),
    }
    if find_spec("polars"):
        from benchmarks.scale.metrics_by_polars import (  # noqa: PLC0415 -- may be absent
            MetricsByPolars,
        )

        rivals["Polars"] = MetricsByPolars(folder)
    if data.rows <= _PANDAS_ROWS and find_spec("pandas"):
        from benchmarks.scale.metrics_by_pandas import (  # noqa: PLC0415 -- may be absent
            MetricsByPandas,
        )

        rivals["pandas"] = MetricsByPandas(folder)
    return Job(MetricsByTolok(folder), rivals | {"the bytes": ReadBytes(tuple(map(Path, parts)))})


def score_job(data: Data) -> Job:
    """From the store to results."""
    layout = Workspace(edition_of(made(data))).layout
    parts = [part for name in ("observations", "comments") for part in read_parts(layout, name)]
    return Job(ScoreByTolok(data), {"the bytes": ReadBytes(tuple(map(Path, parts)))})


def uncertainty_job(data: Data) -> Job:
    """All categories in 100 draws of weeks."""
    folder = scored_of(made(data))
    return Job(DoubtByTolok(folder, _WEEK_DRAWS), {"loop": DoubtByLoop(folder, _WEEK_DRAWS)})


def site_job(data: Data) -> Job:
    """From results to the published site."""
    return Job(SiteByTolok(data), {"the bytes": WriteBytes(site_of(made(data)))})


def road_job(data: Data) -> Job:
    """From NDJSON to the published site."""
    files = tuple(made(data).files)
    least = ReadAndWrite(ReadBytes(files), WriteBytes(data.edition / "site"))
    return Job(RoadByTolok(data), {"the bytes": least})


def spark_job(data: Data) -> Job:
    """From the store to every table that is handed on to scores and pages, on two engines."""
    folder = edition_of(made(data))
    rivals: Rivals = {RIVAL: TablesBy(folder, SPARK)}
    return Job(TablesBy(folder, DUCKDB), rivals, starts)


def spark_import_job(data: Data) -> Job:
    """From canonical NDJSON to the store, by ourselves and by Spark."""
    made(data)
    return Job(ImportByTolok(data), {RIVAL: ImportBySpark(data)})


JOBS: Mapping[str, Callable[[Data], Job]] = {
    "import": import_job,
    "road": road_job,
    "metrics": metrics_job,
    "posts": posts_job,
    "score": score_job,
    "uncertainty": uncertainty_job,
    "site": site_job,
    "spark": spark_job,
    "spark-import": spark_import_job,
}
"""In the order in which all are run: the road leaves an edition to those after it."""
