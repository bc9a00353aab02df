"""Planning a panel, and seeing where a jury stands and what comes next."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tolok.errors import JuryFault
from tolok.jury.mixed import Variances
from tolok.jury.panel import PanelChances, PanelPlan, panel_chances, past_variances
from tolok.jury.rounds import phase_at
from tolok.jury.rules import may_tally
from tolok.jury.sheet import Row, Sheet, read_sheet
from tolok.methodology.rules import Rules, read_rules
from tolok.pipeline.jury.decided import is_decision_left_out
from tolok.pipeline.jury.desk import Desk, desk
from tolok.pipeline.reread import read_tables

ASSUMED = Variances(entry=1.0, juror=1.0, residual=1.0)
"""Without a past panel: nominees differ as much as a juror strays from what they deserve."""


@dataclass(frozen=True)
class Plan:
    """The chances of panels of several sizes, and the variances they were simulated from."""

    variances: Variances
    is_assumed: bool
    chances: PanelChances
    wanted: float

    @property
    def needed(self) -> Mapping[int, int]:
        """The fewest jurors for the wanted chance, by number of nominees; 0 where none do."""
        numbers = self.chances.needed(self.wanted).tolist()
        return dict(zip(self.chances.entries.tolist(), numbers, strict=True))


@dataclass(frozen=True)
class JurorState:
    """How far one juror is: the code, the name, what was declared, what was sent, what is in."""

    code: str
    juror: str
    has_declared: bool
    recused: tuple[str, ...]
    has_pack: bool
    ballots: Mapping[str, int]


@dataclass(frozen=True)
class State:
    """Where a jury stands: its phase, its jurors, and the command that comes next."""

    phase: str
    round: str
    is_open: bool
    is_closed: bool
    jurors: tuple[JurorState, ...]
    tallied: tuple[str, ...]
    next_step: str


def plan_panel(
    folder: Path, *, wanted: float, past: Path | None = None, asked: PanelPlan | None = None
) -> Plan:
    """The chance that panels of 3 to 15 jurors find the best of 3, 4 and 5 nominees.

    The spread of scores is that of the jury of a past edition, if one is given.

    Raises: JuryFault where the past edition has no published scores.
    """
    rules = read_rules(folder)
    asked = replace(asked or PanelPlan(), seed=rules.edition.jury.seed)
    variances = ASSUMED if past is None else past_variances(_past_sheets(past))
    return Plan(variances, past is None, panel_chances(variances, asked), wanted)


def jury_state(folder: Path, *, now: datetime) -> State:
    """Where the jury of an edition stands.

    Raises: NoJury; LedgerBroken; what reading the rules raises.
    """
    with desk(folder, now) as at:
        one = at.round_now
        return State(
            phase=phase_at(at.panel.rounds, now),
            round=one.name if one else "",
            is_open=at.standing.opening is not None,
            is_closed=at.standing.is_closed,
            jurors=tuple(_juror_state(at, code) for code in at.names),
            tallied=tuple(at.standing.tallied),
            next_step=next(_steps(at)),
        )


def _juror_state(at: Desk, code: str) -> JurorState:
    standing = at.standing
    return JurorState(
        code=code,
        juror=at.names[code],
        has_declared=code in standing.declared,
        recused=tuple(sorted(standing.recused(code))),
        has_pack=code in standing.packed,
        ballots={
            one.name: len(standing.ballots.get((one.name, code), ())) for one in at.panel.rounds
        },
    )


def _steps(at: Desk) -> Iterator[str]:
    """What the secretary may have to do next, the most urgent first, each with its command."""
    command, standing, one = f"tolok jury {at.workspace.folder}", at.standing, at.round_now
    if standing.is_closed and is_decision_left_out(
        at.workspace.folder, at.workspace.layout.results
    ):
        yield (
            "The jury has closed on other nominees than these, so its winners are not in the "
            "results. Take back what changed the nominees, or begin anew: "
            f"`{command} open --again`."
        )
    if standing.is_closed:
        yield f"The jury has closed: `tolok publish {at.workspace.folder}` shows the winners."
    if standing.opening is None:
        yield f"Begin the record and make the declaration forms: `{command} open`."
    undeclared = [code for code in at.names if code not in standing.declared]
    if undeclared and not standing.packed:
        yield f"Declarations of {', '.join(undeclared)} are missing: `{command} import FILE...`."
    if not standing.packed:
        yield f"Make the evidence packs: `{command} packs`."
    for ended in at.panel.rounds:
        if ended.name not in standing.tallied and may_tally(at.act(one=ended)):
            yield f"Count the round {ended.name}: `{command} tally`."
    if one is None:
        yield f"Record the winners: `{command} close`."
    elif not any(name == one.name for name, _ in standing.issued):
        yield f"Make the ballots of the round {one.name}: `{command} ballots`."
    else:
        waiting = [code for code in at.names if (one.name, code) not in standing.ballots]
        yield (
            f"Round {at.told(one)}: ballots of {', '.join(waiting) or 'nobody'} are missing: "
            f"`{command} import FILE...`."
        )


def _past_sheets(folder: Path) -> list[Sheet]:
    rules = read_rules(folder)
    rows: list[dict[str, Any]] = read_tables(folder / "results", ("jury_scores",))[
        "jury_scores"
    ].to_pylist()
    sheets = [sheet for sheet in _sheets(rules, rows) if min(sheet.is_counted.shape) > 1]
    if not sheets:
        problem = "has no published scores of a jury."
        remedy = 'Its rules may say `ballots = "none"`; then leave --past out.'
        raise JuryFault(str(folder), problem, remedy)
    return sheets


def _sheets(rules: Rules, rows: Sequence[Mapping[str, Any]]) -> Iterator[Sheet]:
    weights = {
        category.name: {criterion.name: criterion.weight for criterion in category.criteria}
        for category in rules.categories
    }
    awards: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["counts"]:
            score = (row["juror"], row["institution_id"], row["criterion"], float(row["score"]))
            awards[row["category"], row["cluster"]].append(score)
    for (category, _), scores in sorted(awards.items()):
        yield read_sheet(scores, weights[category])
