"""The ranking of each award as a picture of its own: to take away, and to show on other sites."""

from collections.abc import Iterator
from textwrap import wrap

from tolok.publish.colours import accents
from tolok.publish.language import Language
from tolok.publish.links import ranking_svg_path
from tolok.publish.ranking import Ranking, ranking_finding, ranking_of
from tolok.publish.render import environment
from tolok.publish.results import Results

WIDTH = 800
ROW = 26
_LANES = 20
"""Longer rankings are cut here; the page has the rest."""
_TITLE_CHARACTERS, _NAME_CHARACTERS = 62, 34
_LINE = 28


def build_ranking_svgs(results: Results) -> Iterator[tuple[str, str]]:
    """A picture an award and language; an award without a ranking has none."""
    for code in results.rules.edition.languages:
        language = Language(code, results.rules)
        for award in results.awards.values():
            ranking = ranking_of(award, results)
            if ranking.lanes:
                path = ranking_svg_path(award.category.name, award.cluster.name, code)
                label = f"{award.category.label[code]}, {award.cluster.label[code]}"
                yield path, ranking_svg(ranking, label, results, language)


def ranking_svg(ranking: Ranking, label: str, results: Results, language: Language) -> str:
    """The picture: the finding, a lane an institution with its interval, and the source."""
    edition = results.rules.edition
    title = wrap(ranking_finding(ranking, language), _TITLE_CHARACTERS)
    lanes = ranking.lanes[: max(_LANES, ranking.cut)]
    top = 40 + _LINE * len(title) + 30
    key = "award.ranking_subtitle_interval" if ranking.has_intervals else "award.ranking_subtitle"
    return (
        environment()
        .get_template("ranking.svg")
        .render(
            width=WIDTH,
            height=top + ROW * len(lanes) + 70,
            top=top,
            row=ROW,
            line=_LINE,
            title=title,
            label=label,
            subtitle=language.words(
                key, n=len(ranking.lanes), window=language.formats.window(edition.window)
            ),
            lanes=[
                (lane, lane.short if len(lane.short) <= _NAME_CHARACTERS else _cut(lane.short))
                for lane in lanes
            ],
            cut=ranking.cut,
            ticks=[(at, language.formats.figure(mark)) for at, mark in ranking.ticks],
            left_out=len(ranking.lanes) - len(lanes),
            accent=accents(edition.accent)[0],
            edition=edition,
            lock_hash=results.lock_hash or results.manifest.lock_hash,
            lang=language,
            t=language.words,
            f=language.formats,
        )
    )


def _cut(name: str) -> str:
    return f"{name[: _NAME_CHARACTERS - 1].rstrip()}…"
