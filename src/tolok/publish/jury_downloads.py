"""The tables of a closed jury that people take away, as CSV; none without one."""

from collections.abc import Iterable, Iterator
from dataclasses import fields

from tolok.publish.award_rows import JuryJurorRow, JuryNomineeRow, JuryScoreRow, JuryVoteRow
from tolok.publish.csv_text import csv_text
from tolok.publish.links import jury_csv_path
from tolok.publish.results import Results

DECISIONS_CSV = "assets/downloads/jury/decisions.csv"
NOMINEES_CSV = "assets/downloads/jury/nominees.csv"
VOTES_CSV = "assets/downloads/jury/votes.csv"
JURORS_CSV = "assets/downloads/jury/jurors.csv"
_OF_WINNER = ("institution_id", "institution", "jury_score", "chance_best", "status", "reason")
_OF_AWARD = (
    "method", "tally_status", "juror_count", "recused_count", "alpha", "icc", "kendall_w",
)  # fmt: skip


def jury_downloads(results: Results) -> Iterator[tuple[str, str]]:
    """Each download as its address in the site and its text."""
    jury = results.jury
    if not jury.awards:
        return
    yield DECISIONS_CSV, _decisions(results)
    yield NOMINEES_CSV, _rows(jury.nominees, JuryNomineeRow)
    if jury.votes:
        yield VOTES_CSV, _rows(jury.votes, JuryVoteRow)
    if jury.jurors:
        yield JURORS_CSV, _rows(jury.jurors, JuryJurorRow)
    for (category, cluster), scores in jury.scores_of.items():
        yield jury_csv_path(category, cluster), _rows(scores, JuryScoreRow)


def _decisions(results: Results) -> str:
    """A row a winner, and one an award without any."""
    rows: list[list[object]] = []
    for row in results.winners:
        key = (row.category, row.cluster)
        found = results.jury.award_of.get(key)
        facts = [getattr(found, name) if found else None for name in _OF_AWARD]
        rows.append([*key, *(getattr(row, name) for name in _OF_WINNER), *facts])
    return csv_text(("category", "cluster", *_OF_WINNER, *_OF_AWARD), rows)


def _rows(rows: Iterable[object], kind: type[object]) -> str:
    header = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # rows are dataclasses
    return csv_text(header, ([getattr(row, name) for name in header] for row in rows))
