"""A closed jury's tables for invented results: one award in any state a jury can leave it in."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from tolok.methodology.jury import Anchor, Criterion, Juror, Panel, Round
from tolok.model import Label

CATEGORY, CLUSTER = "active", "ministries"
A, B, C = "kementerian-awan", "kementerian-bukit", "kementerian-cahaya"
"""The nominees of the award: first, second and third by the data."""
HOSTILE_REASON = '<script>alert("alasan")</script> & pemenang menolak, lihat "berita acara"'
SIGNED = "Ibu <b>Ana</b> & Pak Budi"
START = datetime(2026, 2, 2, 2, tzinfo=UTC)
CRITERIA = (
    Criterion("use", Label("Kegunaan", "Use"), 3.0,
              (Anchor(1, Label("Sia-sia", "Of no use")), Anchor(10, Label("Berguna", "Of use")))),
    Criterion("craft", Label("Mutu", "Craft"), 1.0),
)  # fmt: skip
PANEL = Panel(
    jurors=(
        Juror("Prof. Durian Awan"),
        Juror("Bu Nangka Hujan", ("best",)),
        Juror("Pak <i>Salak</i>", (), "organiser"),
        Juror("Kak Rambutan"),
        Juror("Dr. Sawo"),
        Juror("Mas Kedondong"),
    ),
    rounds=(
        Round("first", "scores", START, START + timedelta(days=4)),
        Round("second", "scores", START + timedelta(days=7), START + timedelta(days=9)),
        Round("vote", "pairs", START + timedelta(days=10), START + timedelta(days=11)),
    ),
)


@dataclass(frozen=True)
class Judged:
    """How an award is left: status, winners, scores of the nominees after the last round, votes."""

    status: str
    winners: tuple[str, ...]
    tally_status: str = "clear"
    reasons: str = "leads_without_any_juror"
    scores: tuple[float | None, ...] = (6.8, 7.42, 5.1)
    chances: tuple[float | None, ...] = (0.12, 0.87, 0.01)
    votes: tuple[tuple[str, str, int, int], ...] = ()
    method: str = "mean"
    agreement: tuple[float | None, ...] = field(default=(0.31, 0.8, 0.76))


EVEN = Judged(
    "decided_by_data", (A,), "tied", "equal; changes_without_juror:4", (6.96, 6.96, 5.31),
    (0.55, 0.44, 0.004),
)  # fmt: skip
STATES = {
    "clear": Judged("clear", (B,)),
    "contested": Judged(
        "contested", (B,), "contested", "changes_without_juror:2; few_scores:1", method="additive",
        agreement=(0.7, None, None),
    ),
    "decided_by_data": EVEN,
    "decided_by_vote": Judged(
        "decided_by_vote", (A,), "contested", "changes_without_juror:1", votes=((A, B, 4, 1),)
    ),
    "shared": Judged("shared", (A, B), "tied", "within_error", (6.96, 6.91, 5.31),
                     (0.55, 0.44, 0.004), ((A, B, 2, 2),)),
    "overridden": Judged(
        "overridden", (C,), reasons=f"override:{HOSTILE_REASON}; leads_without_any_juror"
    ),
    "undecided": Judged("undecided", (), "", "not_comparable", (None,) * 3, (None,) * 3,
                        method="", agreement=(None, None, None)),
}  # fmt: skip
"""One award of each status."""


def jury_rules(rules, **panel):
    """Rules with the panel, a rubric for the first category, and changes of the panel."""
    active, *others = rules.categories
    edition = replace(rules.edition, jury=replace(PANEL, **panel))
    return replace(rules, edition=edition, categories=(replace(active, criteria=CRITERIA), *others))


def judge(made, case, *, ballots="coded"):
    """Put a jury's tables and winners for one award into invented tables."""
    award = {"category": CATEGORY, "cluster": CLUSTER}
    made["winners"] = [row for row in made["winners"] if not award.items() <= row.items()]
    made["winners"] += winner_rows(award, case, made)
    alpha, icc, kendall_w = case.agreement
    made["jury_awards"].append(
        award
        | {
            "method": case.method, "status": case.status, "tally_status": case.tally_status,
            "reasons": case.reasons, "juror_count": 5, "recused_count": 1, "alpha": alpha,
            "icc": icc, "kendall_w": kendall_w,
            "category_alpha": 0.72,
            "override_by": SIGNED if case.status == "overridden" else "",
        }
    )  # fmt: skip
    made["jury_nominees"] += [
        row for round_name in ("first", "second") for row in nominee_rows(award, case, round_name)
    ]
    made["jury_votes"] += [
        award | dict(zip(("first", "second", "first_count", "second_count"), vote, strict=True))
        for vote in case.votes
    ]
    if ballots != "none":
        jurors = [f"J{number}" for number in range(1, 6)]
        if ballots == "named":
            jurors = [juror.name for juror in PANEL.jurors[:5]]
        made["jury_scores"] += score_rows(award, jurors)
        made["jury_jurors"] += juror_rows(jurors)
    return made


def winner_rows(award, case, made):
    """The rows of winners.csv: one a winner, or one without anybody."""
    names = {row["institution_id"]: row["institution"] for row in made["institutions"]}
    figures = dict(zip((A, B, C), zip(case.scores, case.chances, strict=True), strict=True))
    return [
        award
        | {
            "institution_id": name, "institution": names.get(name, ""),
            "jury_score": figures.get(name, (None, None))[0],
            "chance_best": figures.get(name, (None, None))[1],
            "status": case.status, "reason": case.reasons,
        }
        for name in case.winners or ("",)
    ]  # fmt: skip


def nominee_rows(award, case, round_name):
    """The nominees after a round; the first round gave everybody half a point less."""
    less = 0.5 if round_name == "first" else 0.0
    top = max((score for score in case.scores if score is not None), default=0.0)
    for name, score, chance in zip((A, B, C), case.scores, case.chances, strict=True):
        yield award | {
            "round": round_name, "institution_id": name,
            "jury_score": None if score is None else score - less,
            "jury_rank": None if score is None else 1 + sum(
                other is not None and other > score for other in case.scores
            ),
            "chance_best": chance, "error_to_first": None if score is None else
            0.0 if score == top else 0.4, "score_count": 4 if name == C else 5,
            "leads_without_count": 5 if score == top else 0,
        }  # fmt: skip


def score_rows(award, jurors):
    """Scores that tell jurors apart; the fifth steps back from C, whole ballots of two rounds."""
    for at, juror in enumerate(jurors):
        for round_name in ("first", "second"):
            for place, name in enumerate((A, B, C)):
                if name == C and at == 4:
                    continue
                for criterion in CRITERIA:
                    yield award | {
                        "round": round_name, "juror": juror, "institution_id": name,
                        "criterion": criterion.name, "counts": round_name == "second",
                        "score": 9 - 2 * place - at % 2 - (criterion.name == "craft"),
                        "version": 1,
                    }  # fmt: skip


def juror_rows(jurors):
    """The jurors beside the panel; the second strays, one is too alone to be judged."""
    for at, juror in enumerate(jurors):
        yield {
            "category": CATEGORY, "juror": juror, "score_count": 3,
            "leniency": None if at == 4 else 0.4 - 0.3 * at,
            "residual": None if at == 4 else 1.3 if at == 1 else 0.5,
            "ratio": None if at == 4 else 2.6 if at == 1 else 1.0, "is_reviewed": at == 1,
        }  # fmt: skip
