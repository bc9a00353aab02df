"""The demo's jury: invented jurors who receive, fill in and return real forms, round by round."""

import csv
import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tolok.forms.write import write_ballot, write_declaration
from tolok.jury.ballot import Ballot, BallotForm, Entry
from tolok.jury.count import Award
from tolok.jury.declaration import Tie
from tolok.methodology.jury import Round
from tolok.methodology.template import TomlValue
from tolok.pipeline.jury.closing import close_jury
from tolok.pipeline.jury.counting import standing_scores, tallied_scores
from tolok.pipeline.jury.desk import Desk, desk, write_private
from tolok.pipeline.jury.evidence import make_packs
from tolok.pipeline.jury.issuing import FORMATS, forms_of, issue_ballots
from tolok.pipeline.jury.opening import declaration_form, open_jury, printed
from tolok.pipeline.jury.paths import JuryPaths
from tolok.pipeline.jury.receiving import import_returned
from tolok.pipeline.jury.tallying import tally_round
from tolok.pipeline.progress import Progress, silent
from tolok.simulate.jury import (
    Discussion,
    SimulatedJuror,
    Sitting,
    invent_panel,
    simulate_choice,
    simulate_scores,
    simulated_tie,
    write_jury,
)

QUALITY_OF = {
    "most-active": "activity",
    "most-engaging": "engagement",
    "best-use-of-images": "images",
    "best-use-of-videos": "videos",
    "best-account": "overall",
}
"""Which true quality each category of the demo is about."""
_OPENS_AT = datetime(2026, 2, 2, 2, tzinfo=UTC)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_ROUNDS = (("first", "scores", 0, 4), ("second", "scores", 7, 2), ("vote", "pairs", 10, 1))
"""Name, kind, days after the first opens, days that it is open."""


@dataclass(frozen=True)
class Played:
    """What the simulated jury came to, beside the truth: how many winners are the true best."""

    awards: int
    found_best: int
    statuses: Mapping[str, int]


def panel_tables(seed: int) -> dict[str, list[Mapping[str, TomlValue]]]:
    """What edition.toml says of the demo's jury: its members and its rounds."""
    return {
        "jury.juror": [{"name": juror.name} for juror in invent_panel(seed)],
        "jury.round": [
            {
                "name": name,
                "kind": kind,
                "opens_at": _OPENS_AT + after * _DAY,
                "closes_at": _OPENS_AT + (after + days) * _DAY,
            }
            for name, kind, after, days in _ROUNDS
        ],
    }


@dataclass(frozen=True)
class Cast:
    """The invented jurors by name, and the true qualities by quality and institution_id."""

    seed: int
    jurors: Mapping[str, SimulatedJuror]
    truth: Mapping[str, Mapping[str, float]]

    def quality(self, category: str, institution_id: str) -> float:
        """How good an institution truly is in a category."""
        return self.truth[QUALITY_OF[category]][institution_id]


def play_jury(folder: Path, brought: Path, seed: int, *, progress: Progress = silent) -> Played:
    """The jury of a simulated edition, from opening to winners, as its secretary would run it.

    The forms that jurors return stand in brought/jury/, their true severity in brought/jury.csv.
    """
    key = hashlib.sha256(f"simulated jury {seed}".encode()).hexdigest()
    write_private(f"{key}\n", JuryPaths(folder).key)
    cast = Cast(seed, {one.name: one for one in invent_panel(seed)}, _truth(brought / "truth.csv"))
    now = _OPENS_AT - 7 * _DAY
    open_jury(folder, now=now)
    with desk(folder, now) as at:
        rounds, forms = at.panel.rounds, _declare(at, brought, cast)
    import_returned(folder, forms, now=now + _HOUR)
    make_packs(folder, now=now + _DAY, progress=progress)
    for done, one in enumerate(rounds):
        progress("jury", done, len(rounds))
        issue_ballots(folder, now=one.opens_at - _HOUR)
        with desk(folder, one.opens_at) as at:
            files = _vote(at, one, brought / "jury" / one.name, cast)
        if files:
            import_returned(folder, files, now=one.opens_at + _HOUR)
            tally_round(folder, now=one.closes_at)
    winners = close_jury(folder, now=rounds[-1].closes_at + _HOUR).winners
    progress("jury", len(rounds), len(rounds))
    with desk(folder, rounds[-1].closes_at + _HOUR) as at:
        return _beside_truth(at, winners, cast)


def _truth(path: Path) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for quality in QUALITY_OF.values():
                found[quality][row["institution_id"]] = float(row[quality])
    return found


def _declare(at: Desk, brought: Path, cast: Cast) -> list[Path]:
    """The declarations as they come back: one juror works for a body that is nominated."""
    competing = {
        "/".join(award): [entry.institution_id for entry in entries]
        for award, entries in at.awards.items()
    }
    panel = tuple(cast.jurors.values())
    tied, employer = simulated_tie(panel, competing, cast.seed)
    write_jury(brought / "jury.csv", panel, (tied, employer))
    home = brought / "jury" / "declarations"
    home.mkdir(parents=True, exist_ok=True)
    for code, name in at.names.items():
        ties = [Tie(employer, "employer", None, "works there")] if name == tied.name else []
        form, paper = declaration_form(at, code), printed(at, None)
        write_declaration(form, paper, home / f"{code}.xlsx", ties=ties, is_signed=True)
    return [home / f"{code}.xlsx" for code in at.names]


def _vote(at: Desk, one: Round, home: Path, cast: Cast) -> list[Path]:
    """The ballots of a round as they come back, in every format that is taken."""
    home.mkdir(parents=True, exist_ok=True)
    before = at.panel.rounds[at.panel.rounds.index(one) - 1]
    own, opinion = standing_scores(at, before), _opinions(at, before)
    files = []
    for place, (code, form) in enumerate(forms_of(at, one).items()):
        juror, path = cast.jurors[at.names[code]], home / f"{code}.{FORMATS[place % len(FORMATS)]}"
        if form.pairs:
            filled = _chosen(form, juror, cast)
        elif form.entries:
            earlier = own.get(code) if one != at.panel.rounds[0] else None
            filled = _scored(form, juror, cast, earlier, opinion)
        else:
            continue
        write_ballot(form, form.code(at.key), printed(at, None), path, filled=filled)
        files.append(path)
    return files


def _opinions(at: Desk, one: Round) -> dict[Award, dict[str, float]]:
    """The panel's opinion of each nominee after a round of scores, if that is tallied."""
    if one.name not in at.standing.tallied:
        return {}
    return {
        award: dict(zip(found.entries, found.tally.score.tolist(), strict=True))
        for award, tally in tallied_scores(at, one).items()
        if (found := tally.decision)
    }


def _scored(
    form: BallotForm,
    juror: SimulatedJuror,
    cast: Cast,
    earlier: Ballot | None,
    opinion: Mapping[Award, Mapping[str, float]],
) -> Ballot:
    """What a juror gives each nominee of a ballot, award by award."""
    scores: dict[Entry, dict[str, int]] = {}
    for award in dict.fromkeys((entry.category, entry.cluster) for entry in form.entries):
        entries = [one for one in form.entries if (one.category, one.cluster) == award]
        truth = {e.institution_id: cast.quality(e.category, e.institution_id) for e in entries}
        discussion = None
        if earlier is not None:
            own = {e.institution_id: earlier.scores[e] for e in entries if e in earlier.scores}
            discussion = Discussion(own, opinion.get(award, {}))
        sitting = Sitting(cast.seed, award[0], 1 if earlier is None else 2)
        given = simulate_scores(juror, truth, form.criteria[award[0]], sitting, discussion)
        scores |= {entry: given[entry.institution_id] for entry in entries}
    return Ballot(form.round, form.juror, scores)


def _chosen(form: BallotForm, juror: SimulatedJuror, cast: Cast) -> Ballot:
    """Whom a juror holds for the better one of each pair."""
    choices = {}
    for pair in form.pairs:
        two = (pair.first, pair.second)
        truth = {name: cast.quality(pair.category, name) for name in two}
        is_first = simulate_choice(juror, truth, two, Sitting(cast.seed, pair.category, 3))
        choices[pair] = pair.first if is_first else pair.second
    return Ballot(form.round, form.juror, choices=choices)


def _beside_truth(at: Desk, winners: Sequence[Mapping[str, object]], cast: Cast) -> Played:
    """How many awards went to the truly best of their nominees."""
    found = 0
    for (category, cluster), entries in at.awards.items():
        won = {
            row["institution_id"]
            for row in winners
            if (row["category"], row["cluster"]) == (category, cluster)
        }
        names = [entry.institution_id for entry in entries]
        best = max(names, key=lambda name: cast.quality(category, name), default="")
        found += best in won
    awards = sum(bool(entries) for entries in at.awards.values())
    statuses = Counter(str(row["status"]) for row in winners)
    return Played(awards, found, dict(sorted(statuses.items())))
