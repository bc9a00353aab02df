"""What the jury said of one award, as its page shows it: chart, tables, votes, jurors."""

from dataclasses import dataclass

from tolok.publish.award_rows import JuryNomineeRow
from tolok.publish.awards import Award
from tolok.publish.chances import chance
from tolok.publish.charts import Scale, dots, scale_of
from tolok.publish.jury_agreement import Agreement, agreement_of
from tolok.publish.jury_case import JuryCase, jury_case
from tolok.publish.jury_marks import Marks, juror_order, marks_of
from tolok.publish.jury_rubric import Question, questions_of
from tolok.publish.language import Language
from tolok.publish.links import institution_path, jury_csv_path
from tolok.publish.results import Results


@dataclass(frozen=True)
class JuryLane:
    """One nominee in the chart: jurors' scores, the jury's after the first round and the last."""

    name: str
    path: str
    is_winner: bool
    dots: str
    first: float | None
    last: float | None
    score: str
    share: float | None
    chance: str


@dataclass(frozen=True)
class JuryLine:
    """One nominee in the tables; a cell that is not known is empty."""

    name: str
    path: str
    is_winner: bool
    rounds: tuple[str, ...]
    chance: str
    score_count: int
    leads_without: str
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class JurorLine:
    """One juror: a weighted score a nominee, and how he or she stands beside the panel."""

    juror: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class SpreadLine:
    """One juror of the category beside the panel."""

    juror: str
    score_count: int
    leniency: str
    residual: str
    is_reviewed: bool


@dataclass(frozen=True)
class JuryView:
    """What an award page says of its jury. `download` is empty where ballots are not published."""

    finding: str
    unit: str
    method: str
    lanes: tuple[JuryLane, ...]
    ticks: tuple[tuple[float, float], ...]
    lines: tuple[JuryLine, ...]
    rounds: tuple[int, ...]
    has_moves: bool
    has_criteria: bool
    questions: tuple[Question, ...]
    votes: tuple[tuple[str, int, str, int], ...]
    agreement: Agreement | None
    jurors: tuple[JurorLine, ...]
    spreads: tuple[SpreadLine, ...]
    juror_count: int
    recused_count: int
    download: str


def jury_view(award: Award, results: Results, language: Language) -> JuryView | None:
    """The jury's section on an award page; None where no jury has decided the award."""
    case = jury_case(award, results, language)
    if case is None:
        return None
    marks = marks_of(results.jury.scores_of.get(award.key, ()), award.category.criteria)
    scale = _scale(case)
    short = results.short
    return JuryView(
        finding=_finding(case),
        unit=case.unit,
        method=case.row.method,
        lanes=tuple(_lane(row, case, marks, scale) for row in case.final),
        ticks=tuple((scale.at(mark), mark) for mark in scale.ticks(9)),
        lines=tuple(_line(row, case, marks) for row in case.final),
        rounds=tuple(range(1, len(case.rounds) + 1)),
        has_moves=len(case.rounds) > 1,
        has_criteria=bool(marks.cells),
        questions=questions_of(award.category, language),
        votes=tuple(
            (short(row.first), row.first_count, short(row.second), row.second_count)
            for row in case.votes
        ),
        agreement=agreement_of(case.row, language),
        jurors=_jurors(case, marks),
        spreads=_spreads(case),
        juror_count=case.row.juror_count,
        recused_count=case.row.recused_count,
        download=jury_csv_path(*award.key) if marks.rows else "",
    )


def _scale(case: JuryCase) -> Scale:
    """The jury's scale, or one that holds the scores where they are not in its points."""
    panel = case.results.rules.edition.jury
    if case.unit == "points":
        return Scale(float(panel.lowest_score), float(panel.highest_score))
    found = [row for _, rows in case.rounds for row in rows.values()]
    return scale_of([row.jury_score for row in found if row.jury_score is not None])


def _finding(case: JuryCase) -> str:
    """The sentence over the chart; nothing where the scores made no order."""
    leaders = [row for row in case.final if row.jury_rank == 1]
    if not leaders:
        return ""
    key = "jury.finding" if len(leaders) == 1 else "jury.finding.joint"
    names = case.names([row.institution_id for row in leaders])
    return case.language.words(key, names=names, score=case.points(leaders[0].jury_score))


def _lane(row: JuryNomineeRow, case: JuryCase, marks: Marks, scale: Scale) -> JuryLane:
    name = row.institution_id
    before = case.rounds[0][1].get(name) if len(case.rounds) > 1 else None
    has_dots = case.unit == "points"
    return JuryLane(
        name=case.results.short(name),
        path=institution_path(name),
        is_winner=name in case.winners,
        dots=dots(marks.spread(name), scale) if has_dots else "",
        first=None if before is None else _at(before.jury_score, scale),
        last=_at(row.jury_score, scale),
        score=_number(row.jury_score, case),
        share=row.chance_best,
        chance=chance(row.chance_best, case.language, is_short=True),
    )


def _at(score: float | None, scale: Scale) -> float | None:
    return None if score is None else scale.at(score)


def _number(score: float | None, case: JuryCase) -> str:
    return "" if score is None else case.language.formats.number(score, 2)


def _line(row: JuryNomineeRow, case: JuryCase, marks: Marks) -> JuryLine:
    name = row.institution_id
    after = [rows.get(name) for _, rows in case.rounds]
    words, count = case.language.words, case.row.juror_count
    return JuryLine(
        name=case.results.short(name),
        path=institution_path(name),
        is_winner=name in case.winners,
        rounds=tuple(_number(one.jury_score if one else None, case) for one in after),
        chance=chance(row.chance_best, case.language, is_short=True),
        score_count=row.score_count,
        leads_without=""
        if row.jury_score is None
        else words("jury.of", part=row.leads_without_count, whole=count),
        criteria=tuple(
            _number(marks.mean(name, one.name), case) for one in case.award.category.criteria
        ),
    )


def _jurors(case: JuryCase, marks: Marks) -> tuple[JurorLine, ...]:
    names = [row.institution_id for row in case.final]
    return tuple(
        JurorLine(juror, tuple(_number(marks.weighted(juror, name), case) for name in names))
        for juror in marks.jurors
    )


def _spreads(case: JuryCase) -> tuple[SpreadLine, ...]:
    """The jurors of the category beside each other: a single award has too few scores for it."""
    rows = case.results.jury.jurors_of.get(case.award.category.name, [])
    formats = case.language.formats
    return tuple(
        SpreadLine(
            juror=row.juror,
            score_count=row.score_count,
            leniency="" if row.leniency is None else formats.signed(row.leniency),
            residual="" if row.residual is None else formats.number(row.residual),
            is_reviewed=row.is_reviewed,
        )
        for row in sorted(rows, key=lambda row: juror_order(row.juror))
    )
