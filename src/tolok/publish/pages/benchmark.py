"""The open benchmark of accounts: what is usual by platform, cluster and size, and where one is."""

from collections.abc import Iterator
from dataclasses import dataclass

from tolok.publish.benchmark import MEASURES, Benchmark, Group, MeasureStrip
from tolok.publish.language import Language
from tolok.publish.page import Page
from tolok.publish.results import Results
from tolok.publish.size import band_label

PATH = "benchmark.html"


@dataclass(frozen=True)
class Line:
    """One group of a platform's table: whom it holds, and its middles by measure."""

    label: str
    group: Group
    is_part: bool


@dataclass(frozen=True)
class Board:
    """One platform: its strips with a finding, and its table."""

    platform: str
    finding: str
    count: int
    strips: tuple[MeasureStrip, ...]
    lines: tuple[Line, ...]


def build(results: Results, language: Language) -> Iterator[Page]:
    """The page."""
    benchmark, edition = Benchmark(results), results.rules.edition
    boards = [_board(platform, benchmark, language) for platform in benchmark.platforms]
    yield Page(
        path=PATH,
        title=language.words("benchmark.title"),
        context={
            "boards": boards,
            "account_count": len(benchmark.entries),
            "measures": [(at, MEASURES[at]) for at in benchmark.measures],
            "clusters": [(one.name, one.label[language.code]) for one in edition.clusters],
            "bands": [(code, band_label(code, language)) for code in edition.size_bands.codes],
        },
    )


def _board(platform: str, benchmark: Benchmark, language: Language) -> Board:
    groups = benchmark.groups(platform)
    pace = groups[0].middles[0]
    name = language.platform(platform)
    finding = (
        language.words("benchmark.finding.few", platform=name, n=groups[0].count)
        if pace is None
        else language.words(
            "benchmark.finding", platform=name, pace=language.formats.figure(pace.median)
        )
    )
    return Board(
        platform=platform,
        finding=finding,
        count=groups[0].count,
        strips=tuple(benchmark.strips(platform)),
        lines=tuple(_line(group, language) for group in groups),
    )


def _line(group: Group, language: Language) -> Line:
    """The label of a group: its cluster, its size, or both; a part of a cluster is indented."""
    cluster = language.cluster(group.cluster) if group.cluster else ""
    band = band_label(group.band, language) if group.band else ""
    label = band or cluster or language.words("benchmark.all")
    if band and not cluster:
        label = language.words("benchmark.all_of_size", band=band)
    return Line(label=label, group=group, is_part=bool(cluster and band))
