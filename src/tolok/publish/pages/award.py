"""One award: its nominees, the ranking of its cluster, who is not ranked, and its rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from markupsafe import Markup

from tolok.methodology.category import Category
from tolok.publish.award_rows import NomineeRow
from tolok.publish.awards import Award
from tolok.publish.cards import DECIDED_BY_DATA, Card, Standing, card_of
from tolok.publish.chances import chance
from tolok.publish.changes import changes_of
from tolok.publish.documents.certificate import certificates_of
from tolok.publish.doubt import doubt_of
from tolok.publish.flags import award_flags
from tolok.publish.flip import flip_tables
from tolok.publish.jury_view import jury_view
from tolok.publish.language import Language
from tolok.publish.links import (
    award_path,
    cluster_path,
    institution_path,
    ranking_csv_path,
    ranking_svg_path,
    web_address,
)
from tolok.publish.page import Page
from tolok.publish.ranking import Ranking, ranking_finding, ranking_of
from tolok.publish.results import Results
from tolok.publish.rows import BestPostRow, ScoreRow
from tolok.publish.size import size_view
from tolok.publish.switchboard import switchboard_of
from tolok.publish.unknown import MUCH_MISSING
from tolok.publish.weights import dropped_share, weights_of

PATH = "awards/{category}-{cluster}.html"
_POSTS_SHOWN = 3
_VISIBLE = 0.05
"""Chances are told in tenths: a smaller difference cannot be seen."""


@dataclass(frozen=True)
class NomineeView:
    """One nominee with what speaks for it."""

    row: NomineeRow
    standing: Standing
    path: str
    posts: tuple[BestPostRow, ...]
    missing_share: float | None
    is_winner: bool


@dataclass(frozen=True)
class TableRow:
    """One institution in the full table: its points by indicator, None where there are none."""

    name: str
    path: str
    row: ScoreRow
    chance_first: str
    chance_nominee: str
    missing_share: float | None
    points: tuple[float | None, ...]


@dataclass(frozen=True)
class Unranked:
    """One institution that has no rank in this award, and why."""

    name: str
    path: str
    reasons: tuple[str, ...]


def build(results: Results, language: Language) -> Iterator[Page]:
    """A page an award."""
    for award in results.awards.values():
        label = award.category.label[language.code]
        yield Page(
            path=award_path(award.category.name, award.cluster.name),
            title=f"{label}, {award.cluster.label[language.code]}",
            context=_context(award, results, language),
        )


def _context(award: Award, results: Results, language: Language) -> dict[str, object]:
    category, cluster = award.category, award.cluster
    ranking = ranking_of(award, results)
    card = card_of(award, results, language)
    weights = weights_of(award, results, language)
    return {
        "card": card,
        "category": category,
        "gate": language.gate(category),
        "is_decided_by_data": card.state in DECIDED_BY_DATA,
        "cluster_label": cluster.label[language.code],
        "cluster_path": cluster_path(cluster.name),
        "winners": _winners(award, results),
        "jury": jury_view(award, results, language),
        "nominees": _nominees(award, card, results),
        "is_order_open": _order_is_open([lane.row for lane in ranking.lanes]),
        "ranking": ranking,
        "finding": ranking_finding(ranking, language),
        "flips": flip_tables(award, results, language),
        "flags": award_flags(award, results, language),
        "sizes": size_view(award, results, language),
        "board": switchboard_of(award, results, language),
        "doubt": doubt_of(award, results, language),
        "table": _table(category, ranking, results, language),
        "unranked": _unranked(award, results, language),
        "weights": weights,
        "is_explained": any(weight.explained is not None for weight in weights),
        "is_changed": any(weight.is_changed for weight in weights),
        "dropped_share": dropped_share(weights),
        "terms": _terms(award, ranking),
        "changes": _changes(ranking, results, language),
        "much_missing": _lanes_missing_much(ranking, results),
        "download": ranking_csv_path(category.name, cluster.name),
        "picture": ranking_svg_path(category.name, cluster.name, language.code),
        "embed": _embed(award, ranking, language),
        "certificates": certificates_of(award, results),
        "siblings": _siblings(award, results, language),
    }


def _winners(award: Award, results: Results) -> list[tuple[str, str]]:
    ids = [row.institution_id or "" for row in award.winners]
    return [(results.name(one), institution_path(one)) for one in ids]


def _siblings(award: Award, results: Results, language: Language) -> list[tuple[str, str, str]]:
    """The other awards of the cluster: label, page, and the jury's winners where it has decided."""
    cards = [
        card_of(other, results, language)
        for (_, cluster), other in results.awards.items()
        if cluster == award.cluster.name and other is not award
    ]
    return [
        (card.category, card.path, ", ".join(one.short for one in card.verdict.winners))
        if card.verdict
        else (card.category, card.path, "")
        for card in cards
    ]


def _nominees(award: Award, card: Card, results: Results) -> list[NomineeView]:
    crowned = {one.institution_id for one in card.verdict.winners} if card.verdict else set()
    return [
        NomineeView(
            row=row,
            standing=standing,
            path=institution_path(row.institution_id),
            posts=_posts(award.category, results.best_posts_of.get(row.institution_id, [])),
            missing_share=_much_missing(row.institution_id, results),
            is_winner=row.institution_id in crowned,
        )
        for row, standing in zip(award.nominees, card.nominees, strict=True)
    ]


def _order_is_open(ranked: Sequence[ScoreRow]) -> bool:
    """Whether somebody's chance of being first is visibly better than that of a nominee above."""
    return any(
        below.p_first - above.p_first > _VISIBLE
        for above, below in combinations(ranked, 2)
        if above.nominee and above.p_first is not None and below.p_first is not None
    )


def _terms(award: Award, ranking: Ranking) -> list[str]:
    """The words that need a meaning: those of uncertainty only where the page uses them."""
    is_used = {
        "interval": ranking.has_intervals,
        "chance": any(row.p_first is not None for row in award.nominees),
        "separable": any(row.separable_from_next is False for row in award.nominees),
    }
    return ["score", "points", *(name for name, used in is_used.items() if used)]


def _much_missing(institution_id: str, results: Results) -> float | None:
    """The share of posts with unknown interactions, where it is so large that it is told."""
    share = results.missing_share_of.get(institution_id)
    return share if share is not None and share > MUCH_MISSING else None


def _lanes_missing_much(ranking: Ranking, results: Results) -> list[tuple[str, str, float]]:
    """The ranked whose interactions are unknown for many posts: name, page and share."""
    shares = [(lane, _much_missing(lane.row.institution_id, results)) for lane in ranking.lanes]
    return [(lane.name, lane.path, share) for lane, share in shares if share is not None]


def _changes(
    ranking: Ranking, results: Results, language: Language
) -> list[tuple[str, str, tuple[str, ...]]]:
    """The ranked that changed inside the window: name, page, and what became of each."""
    told = (
        (lane.name, lane.path, changes_of(lane.row.institution_id, results, language))
        for lane in ranking.lanes
    )
    return [one for one in told if one[2]]


def _posts(category: Category, posts: list[BestPostRow]) -> tuple[BestPostRow, ...]:
    """The best posts of the kinds that the category is about, those far above the usual first."""
    kinds = category.gate.kinds
    fitting = [
        post for post in posts if (not kinds or post.kind in kinds) and web_address(post.url)
    ]
    fitting.sort(key=lambda post: (-(post.times_median or 0.0), post.platform, post.place))
    return tuple(fitting[:_POSTS_SHOWN])


def _table(
    category: Category, ranking: Ranking, results: Results, language: Language
) -> list[TableRow]:
    return [
        TableRow(
            name=lane.name,
            path=lane.path,
            row=lane.row,
            chance_first=chance(lane.row.p_first, language, is_short=True),
            chance_nominee=chance(lane.row.p_nominee, language, is_short=True),
            missing_share=_much_missing(lane.row.institution_id, results),
            points=tuple(
                row.points if row else None
                for row in (
                    results.indicator_of.get(
                        (category.name, lane.row.institution_id, indicator.name)
                    )
                    for indicator in category.indicators
                )
            ),
        )
        for lane in ranking.lanes
    ]


def _unranked(award: Award, results: Results, language: Language) -> list[Unranked]:
    rows = results.scores_by_award.get((award.category.name, award.cluster.name), [])
    unranked = [
        Unranked(
            name=results.name(row.institution_id),
            path=institution_path(row.institution_id),
            reasons=tuple(language.reasons(row.reason)),
        )
        for row in rows
        if row.rank is None
    ]
    return sorted(unranked, key=lambda entry: (entry.name.casefold(), entry.path))


def _embed(award: Award, ranking: Ranking, language: Language) -> str:
    """The code by which another site shows the ranking's picture; %base% is this site's address."""
    category, cluster = award.category, award.cluster
    page = f"%base%{language.code}/{award_path(category.name, cluster.name)}"
    picture = f"%base%{ranking_svg_path(category.name, cluster.name, language.code)}"
    label = f"{category.label[language.code]}, {cluster.label[language.code]}"
    text = f"{label}: {ranking_finding(ranking, language)}"
    return str(
        Markup('<a href="{}"><img src="{}" width="800" alt="{}"></a>').format(page, picture, text)
    )
