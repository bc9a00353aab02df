"""Sizes as pages show them: the rank by the score beside that by the raw rate, and the bands."""

from dataclasses import dataclass

from tolok.publish.awards import Award
from tolok.publish.language import Language
from tolok.publish.links import institution_path
from tolok.publish.results import Results
from tolok.publish.rows import InstitutionRow, SizeRow


@dataclass(frozen=True)
class SizeLane:
    """One ranked institution of an award, with its size band in words."""

    row: SizeRow
    name: str
    path: str
    band: str


@dataclass(frozen=True)
class SizeView:
    """The sizes of an award's ranked institutions, best first, with a finding and its reason.

    `has_rates` is false where no raw rate is known: the bands then stand alone.
    """

    lanes: tuple[SizeLane, ...]
    has_rates: bool
    finding: str
    why: str


def size_view(award: Award, results: Results, language: Language) -> SizeView | None:
    """The sizes beside an award's ranks.

    Missing: None where nobody is ranked, or neither a raw rate nor a follower is known.
    """
    rows = results.sizes_by_award.get((award.category.name, award.cluster.name), [])
    lanes = tuple(
        SizeLane(
            row=row,
            name=results.name(row.institution_id),
            path=institution_path(row.institution_id),
            band=band_label(row.size_band, language),
        )
        for row in rows
        if row.rank is not None
    )
    has_rates = any(lane.row.raw_rank is not None for lane in lanes)
    if not has_rates and all(lane.row.size_band is None for lane in lanes):
        return None
    return SizeView(
        lanes=lanes,
        has_rates=has_rates,
        finding=_finding(lanes, results, language),
        why=_why(award, language, has_rates=has_rates),
    )


def band_label(code: str | None, language: Language) -> str:
    """A size band in words: its code names the first number inside and the first beyond.

    Missing: the word for unknown followers.
    """
    if code is None:
        return language.words("size.band.unknown")
    low, _, high = code.partition("-")
    if low == "0":
        every = language.words("size.band.every")
        return language.words("size.band.first", high=int(high)) if high else every
    if high:
        return language.words("size.band.middle", low=int(low), high=int(high))
    return language.words("size.band.last", low=int(low))


def bands_of(
    cluster: str, results: Results, language: Language
) -> list[tuple[str, list[InstitutionRow]]]:
    """The institutions of a cluster by size band, smallest first; unknown followers last."""
    rows = results.institutions_of.get(cluster, [])
    codes = [*results.rules.edition.size_bands.codes, None]
    by_band = [(code, [row for row in rows if row.size_band == code]) for code in codes]
    return [(band_label(code, language), members) for code, members in by_band if members]


def sizes_of_institution(
    institution_id: str, results: Results, language: Language
) -> list[tuple[str, SizeRow]]:
    """The awards that an institution is ranked in: the category's label, and its sizes there."""
    found = {row.category: row for row in results.sizes if row.institution_id == institution_id}
    return [
        (category.label[language.code], found[category.name])
        for category in results.rules.categories
        if category.name in found and found[category.name].rank is not None
    ]


def band_place(institution_id: str, category: str, results: Results) -> tuple[int, int] | None:
    """The rank of an institution among those of its size in a category, and how many they are.

    Missing: None where it is not ranked, or its followers are unknown.
    """
    row = results.size_of.get((category, institution_id))
    if row is None or row.band_rank is None:
        return None
    rows = results.sizes_by_award[category, row.cluster]
    alike = [one for one in rows if one.size_band == row.size_band and one.band_rank is not None]
    return row.band_rank, len(alike)


def _finding(lanes: tuple[SizeLane, ...], results: Results, language: Language) -> str:
    """Who is first by the score, and who would be by the raw rate."""
    by_score = [lane.row.institution_id for lane in lanes if lane.row.rank == 1]
    by_rate = [lane.row.institution_id for lane in lanes if lane.row.raw_rank == 1]
    first, other = (", ".join(results.short(one) for one in who) for who in (by_score, by_rate))
    if not by_rate:
        return language.words("size.finding.bands")
    if by_score == by_rate:
        return language.words("size.finding.same", name=first)
    return language.words("size.finding.other", name=first, other=other)


def _why(award: Award, language: Language, *, has_rates: bool) -> str:
    indicator = award.category.engagement
    if not has_rates or indicator is None:
        return language.words("size.why.bands")
    adjusted = indicator.model != "level" and indicator.is_size_adjusted
    return language.words("size.why.adjusted" if adjusted else "size.why.unadjusted")
