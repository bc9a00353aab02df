"""Likes, comments and shares of one institution apart: P, C and V of the research standard."""

from dataclasses import dataclass

from tolok.methodology.formula import FORMULAS, Formula
from tolok.publish.language import Language
from tolok.publish.results import Results
from tolok.publish.rows import FormulaRow


@dataclass(frozen=True)
class ResponseLine:
    """One of P1 to V3: its value on each platform, or why there is none, and the rank of all.

    `cells` are texts, each with whether it is a value. `rank` is None where there is none.
    """

    label: str
    cells: tuple[tuple[str, bool], ...]
    rank: int | None


@dataclass(frozen=True)
class Responses:
    """The lines of an institution, with the platforms that are their columns."""

    platforms: tuple[str, ...]
    lines: tuple[ResponseLine, ...]


def responses_of(institution_id: str, results: Results, language: Language) -> Responses | None:
    """The responses to all of an institution's posts, whatever their kind.

    Missing: None where no category without a limit of kinds measures engagement, and where the
    institution has no post on a platform that any of the lines is offered on.
    """
    rows = results.formulas_of.get(institution_id, [])
    stated = {row.category for row in rows}
    whole = [c.name for c in results.rules.categories if c.name in stated and not c.gate.kinds]
    found = {(r.formula, r.platform or ""): r for r in rows if r.category in whole[:1]}
    parts = [formula for formula in FORMULAS if formula.is_part]
    names = {name for name, _ in found} & {formula.name for formula in parts}
    there = {platform for name, platform in found if name in names and platform}
    platforms = [name for name in results.rules.edition.platforms if name in there]
    if not platforms:
        return None
    return Responses(
        platforms=tuple(language.platform(platform) for platform in platforms),
        lines=tuple(_line(part, found, platforms, language) for part in parts),
    )


def _line(
    formula: Formula,
    found: dict[tuple[str, str], FormulaRow],
    platforms: list[str],
    language: Language,
) -> ResponseLine:
    whole = found.get((formula.name, ""))
    return ResponseLine(
        label=formula.label[language.code],
        cells=tuple(
            _cell(formula, found.get((formula.name, platform)), language) for platform in platforms
        ),
        rank=whole.rank if whole else None,
    )


def _cell(formula: Formula, row: FormulaRow | None, language: Language) -> tuple[str, bool]:
    """A value in its unit, or why there is none; a platform without a row does not offer it."""
    if row is None:
        return language.missing("not_offered"), False
    if row.value is None:
        return language.missing(row.missing), False
    if formula.statistic == "share_with_one":
        return language.formats.share(row.value), True
    return language.formats.figure(row.value), True
