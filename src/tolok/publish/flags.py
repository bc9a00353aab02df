"""What is pointed out to people: the flags of an award or an institution, and the posts to see.

A flag takes nothing from a score, and where there is none no evidence was found: nothing more.
"""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tolok.methodology.flags import FLAGS
from tolok.publish.awards import Award
from tolok.publish.language import Language
from tolok.publish.links import institution_path
from tolok.publish.results import Results
from tolok.publish.rows import FlagRow

TOP = 10
"""Of an award's ranking the first so many are shown with their flags, and every nominee."""
_RATIOS = ("comments_per_like", "likes_per_view")
_SCORES = ("burst", "like_burst")


@dataclass(frozen=True)
class FlagView:
    """One flag in words: its kind, what was found, the account, and the posts to look at first.

    links are (address, date, id of the post); the address is empty where it is unknown.
    """

    kind: str
    text: str
    platform: str
    handle: str
    marked_count: int
    left_out: bool
    links: tuple[tuple[str, date, str], ...]


@dataclass(frozen=True)
class FlaggedRank:
    """One institution of an award: its rank with and without flagged posts, and its flags."""

    name: str
    path: str
    rank: int | None
    rank_without: int | None
    left_out_count: int
    flags: tuple[FlagView, ...]

    @property
    def is_moved(self) -> bool:
        """Whether the rank is another where flagged posts are left out."""
        return self.rank != self.rank_without

    @property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """How many flags there are of each kind, in the order of the kinds."""
        return tuple(Counter(flag.kind for flag in self.flags).items())


@dataclass(frozen=True)
class KindCount:
    """One kind of flag: its flags, the institutions that have it, and if it leaves posts out."""

    kind: str
    flag_count: int
    institution_count: int
    leaves_out: bool


@dataclass(frozen=True)
class AwardFlags:
    """The nominees and the first of an award's ranking with their flags, by rank."""

    rows: tuple[FlaggedRank, ...]

    @property
    def flagged(self) -> tuple[FlaggedRank, ...]:
        """Those with a flag."""
        return tuple(row for row in self.rows if row.flags)

    @property
    def moved_count(self) -> int:
        """How many have another rank without flagged posts."""
        return sum(row.is_moved for row in self.rows)

    @property
    def flag_count(self) -> int:
        """All flags of all of them."""
        return sum(len(row.flags) for row in self.rows)

    @property
    def kinds(self) -> tuple[KindCount, ...]:
        """Every kind that was found, the most frequent first."""
        found: dict[str, list[int]] = {}
        for row in self.rows:
            for kind, count in row.kinds:
                found.setdefault(kind, []).append(count)
        leaving = {flag.kind for row in self.rows for flag in row.flags if flag.left_out}
        counts = (
            KindCount(kind, sum(each), len(each), kind in leaving) for kind, each in found.items()
        )
        return tuple(sorted(counts, key=lambda one: (-one.flag_count, one.kind)))


def award_flags(award: Award, results: Results, language: Language) -> AwardFlags:
    """The flags of an award's nominees and of the first TOP of its ranking, by rank."""
    category = award.category.name
    nominees = {row.institution_id for row in award.nominees}
    scores = results.scores_by_award.get((category, award.cluster.name), [])
    rows = [
        _flagged_rank(category, score.institution_id, results, language)
        for score in scores
        if score.rank is not None and (score.rank <= TOP or score.institution_id in nominees)
    ]
    return AwardFlags(
        tuple(sorted(rows, key=lambda row: (row.rank or 0, row.name.casefold(), row.path)))
    )


def institution_flags(
    institution_id: str, results: Results, language: Language
) -> tuple[FlagView, ...]:
    """The flags of an institution's accounts, kinds in their order."""
    rows = results.flags_of.get(institution_id, [])
    ordered = sorted(rows, key=lambda row: (FLAGS.index(row.flag), row.platform, row.account_id))
    return tuple(_view(row, results, language) for row in ordered)


def _flagged_rank(
    category: str, institution_id: str, results: Results, language: Language
) -> FlaggedRank:
    ranks = results.flagged_rank_of.get((category, institution_id))
    score = results.score_of[category, institution_id]
    return FlaggedRank(
        name=results.short(institution_id),
        path=institution_path(institution_id),
        rank=score.rank,
        rank_without=ranks.rank_without if ranks else score.rank,
        left_out_count=ranks.left_out_count if ranks else 0,
        flags=institution_flags(institution_id, results, language),
    )


def _view(row: FlagRow, results: Results, language: Language) -> FlagView:
    handles = {
        account.account_id: account.handle
        for account in results.accounts_of.get(row.institution_id, [])
    }
    handle = handles.get(row.account_id)
    evidence = results.flag_evidence_of.get((row.institution_id, row.account_id, row.flag), [])
    return FlagView(
        kind=language.words(f"flag.{row.flag}"),
        text=_text(row, language),
        platform=language.platform(row.platform),
        handle=f"@{handle}" if handle else row.account_id,
        marked_count=row.marked_count,
        left_out=row.left_out,
        links=tuple((post.url or "", post.published_on, post.post_id) for post in evidence),
    )


def _text(row: FlagRow, language: Language) -> str:
    """What was found, in one sentence with its threshold and the number of cases behind it."""
    write = _writer(row.flag, language)
    side = (".low" if row.is_low else ".high") if row.flag in _RATIOS else ""
    days = {
        name: language.formats.day(day)
        for name, day in (("first", row.first_on), ("last", row.last_on))
        if day is not None
    }
    return language.words(
        f"flag.{row.flag}.text{side}",
        value=write(row.value),
        threshold=write(row.threshold),
        n=row.unit_count,
        **days,
    )


def _writer(flag: str, language: Language) -> Callable[[float], str]:
    """How values of a kind are written: ratios per hundred, growth and shares in percent."""
    formats = language.formats
    if flag in _RATIOS:
        return lambda value: formats.figure(round(100 * value, 6))
    if flag in _SCORES:
        return formats.number
    if flag == "follower_jump":
        return lambda value: formats.share(math.expm1(value), 1)
    return lambda value: formats.share(value, 1)
