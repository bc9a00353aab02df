"""The jury as a machine: whatever comes in whatever order, nothing is lost or counts twice.

The real office works on real files: ballots come in time, late, doubled, spoilt, together and by
the wrong juror; jurors step back; rounds open and close by the clock.
"""

import json
import random
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.jury_cases import (
    BODIES,
    DAY,
    FIRST,
    HOUR,
    NAMES,
    SECOND,
    filled,
    ready_edition,
    sha256,
)

from tolok.errors import FaultsFound
from tolok.jury.declaration import Tie
from tolok.jury.ledger import canonical_sha256, read_ledger
from tolok.pipeline.jury.closing import close_jury
from tolok.pipeline.jury.counting import tallied_scores
from tolok.pipeline.jury.desk import NotAllowed, desk
from tolok.pipeline.jury.issuing import issue_ballots
from tolok.pipeline.jury.paths import JuryPaths
from tolok.pipeline.jury.receiving import import_returned
from tolok.pipeline.jury.tallying import tally_round

TIED, EMPLOYER = NAMES[2], "agencies-a"
ROUNDS = {"first": FIRST, "second": SECOND}
JURORS = st.sampled_from(NAMES)
SEEDS = st.integers(0, 2**20)


def on_sheet(category, sheet):
    """The scores of a sheet by juror, category, entry and criterion."""
    return {
        (sheet.jurors[j], category, sheet.entries[e], sheet.criteria[c]): int(sheet.score[j, e, c])
        for j, e, c in np.argwhere(~np.isnan(sheet.score))
    }


class Jury(RuleBasedStateMachine):
    """A jury of five in two rounds; `counted` are the accepted files, `seen` all that ever came."""

    ready = None

    @initialize()
    def open(self):
        if Jury.ready is None:
            home = Path(tempfile.mkdtemp())
            ties = {TIED: [Tie(EMPLOYER, "employer", None, "works there")]}
            Jury.ready = ready_edition(home / "edition", home / "in", ties=ties, rounds=2)
        self.home = Path(tempfile.mkdtemp())
        self.folder = self.home / "edition"
        shutil.copytree(Jury.ready, self.folder)
        self.now = FIRST
        self.issued, self.tallied = {"first"}, set()
        self.counted, self.scores = defaultdict(list), {}
        self.back, self.stepped = defaultdict(set), defaultdict(set)
        self.seen, self.sent = [], 0
        with desk(self.folder, self.now) as at:
            self.codes = dict(at.codes)

    @property
    def round(self):
        """The name of the round that is open, or None."""
        return next((n for n, at in ROUNDS.items() if at <= self.now < at + DAY), None)

    @rule(hours=st.sampled_from([1, 2, 8]))
    def wait(self, hours):
        self.now += hours * HOUR

    @rule()
    def wait_until_a_round_opens_or_closes(self):
        instants = (instant for at in ROUNDS.values() for instant in (at, at + DAY))
        self.now = next((one for one in instants if one > self.now), self.now)

    @rule()
    def go_to_the_second_round(self):
        if self.now < FIRST + DAY:
            self.now = FIRST + DAY
            tally_round(self.folder, now=self.now)
            issue_ballots(self.folder, now=self.now, file_format="json")
            self.tallied.add("first")
            self.issued.add("second")
            self.now = SECOND

    @rule()
    def issue(self):
        coming = next((name for name, at in ROUNDS.items() if self.now < at + DAY), None)
        is_allowed = coming == "first" or (coming == "second" and "first" in self.tallied)
        try:
            issued = issue_ballots(self.folder, now=self.now, file_format="json")
        except NotAllowed:
            assert not is_allowed
        else:
            assert is_allowed
            assert issued.without == {}
            self.issued.add(str(coming))

    @rule(name=JURORS, seed=SEEDS, steps_back=st.sampled_from([*BODIES[:3], "", ""]))
    def vote(self, name, seed, steps_back):
        ballot = self._ballot(name, seed, steps_back)
        if ballot:
            self._send([(name, ballot)])

    @rule(names=st.lists(JURORS, min_size=2, max_size=3), seed=SEEDS)
    def vote_together(self, names, seed):
        files = [(name, self._ballot(name, seed + at)) for at, name in enumerate(names)]
        if all(ballot for _, ballot in files):
            self._send(files)

    @rule(seed=SEEDS)
    def send_again(self, seed):
        if not self.seen:
            return
        path = self.seen[seed % len(self.seen)]
        is_known = self._counts(path)
        lines = self._lines()
        try:
            (received,) = import_returned(self.folder, [path], now=self.now)
        except FaultsFound:
            assert not is_known
            assert self._lines() == lines + 1
        else:
            assert received.kind == ("known" if is_known else "ballot")
            if not is_known:  # it was refused in a call with another file, and is sound by itself
                self._accept(self._owner(path), path)

    @rule(name=JURORS, seed=SEEDS, other=JURORS)
    def spoil(self, name, seed, other):
        ballot = self._ballot(name, seed)
        if not ballot:
            return
        document = json.loads(ballot.read_text("utf-8"))
        kind = seed % 3
        if kind == 0:
            document["juror"] = self.codes[other]
        elif kind == 1:
            document["lock_hash"] = "0" * 64
        else:
            document["answers"] = document["answers"][1:]
        ballot.write_text(json.dumps(document), "utf-8")
        if kind == 0 and other == name:
            return
        sound = self._ballot(other, seed + 1)
        files = [ballot, sound] if sound and kind == 1 else [ballot]
        self._refused(files)

    @rule()
    def tally(self):
        due = [name for name, at in ROUNDS.items() if at + DAY <= self.now]
        try:
            tallied = tally_round(self.folder, now=self.now)
        except NotAllowed:
            assert not due
        else:
            assert tallied.round in due
            self.tallied.add(tallied.round)

    @invariant()
    def the_ledger_holds_every_ballot_once(self):
        with desk(self.folder, self.now) as at:
            held = {
                key: [cast.file_sha256 for cast in casts]
                for key, casts in at.standing.ballots.items()
            }
            for (name, code), casts in at.standing.ballots.items():
                for cast in casts:
                    path = at.paths.ballot(name, code, cast.version)
                    assert (
                        canonical_sha256(json.loads(path.read_text("utf-8"))) == cast.ballot_sha256
                    )
        assert held == dict(self.counted)
        files = [one for casts in held.values() for one in casts]
        assert len(files) == len(set(files))

    @invariant()
    def no_file_that_came_is_lost(self):
        kept = {path.stem for path in (JuryPaths(self.folder).private / "received").iterdir()}
        assert {sha256(path) for path in self.seen} <= kept

    @invariant()
    def what_counts_is_the_last_ballot_without_ties(self):
        with desk(self.folder, self.now) as at:
            last = at.panel.rounds[-1]
            tallies = tallied_scores(at, last)
        for award, tally in tallies.items():
            found = on_sheet(award[0], tally.sheet) if tally.sheet else {}
            assert found == {
                (code, category, body, criterion): score
                for code, scores in self.scores.items()
                for (category, body, criterion), score in scores.items()
                if (category, body.rsplit("-", 1)[0]) == award and body not in self._tied(code)
            }

    def teardown(self):
        if not hasattr(self, "folder"):
            return
        self.now = max(self.now, SECOND + 2 * DAY)
        for _ in ROUNDS:
            tally_round(self.folder, now=self.now)
        closed = close_jury(self.folder, now=self.now)
        self._decided_where_scored(closed.winners)
        assert close_jury(self.folder, now=self.now) == closed
        self._refused_when_closed()
        shutil.rmtree(self.home)

    def _decided_where_scored(self, winners):
        """A winner where a juror scored a whole award, none where nobody scored a nominee."""
        for row in winners:
            bodies = {f"{row['cluster']}-{letter}" for letter in "abc"}
            judged = [
                bodies
                & {body for category, body, _ in scores if category == row["category"]}
                - self._tied(code)
                for code, scores in self.scores.items()
            ]
            if bodies in judged:
                assert row["status"] != "undecided"
                assert row["institution_id"] in bodies
            if set().union(*judged) != bodies:
                assert (row["status"], row["institution_id"]) == ("undecided", "")

    def _refused_when_closed(self):
        lines = self._lines()
        for path in self.seen[:1]:
            try:
                import_returned(self.folder, [path], now=self.now)
            except FaultsFound:
                lines += 1
        assert self._lines() == lines

    def _tied(self, code):
        declared = {EMPLOYER} if code == self.codes[TIED] else set()
        return declared | self.back[code]

    def _ballot(self, name, seed, steps_back=""):
        """A ballot file of the round at hand, unlike any that counts.

        None where there is no round any more, or where the juror has stepped back so far that the
        file would be one that counts already: send_again sends those.
        """
        if self.now >= SECOND + DAY:
            return None
        code, draw = self.codes[name], random.Random(seed)
        back = {steps_back} - {"", *self._tied(code)} | self.stepped[self._coming(), code]
        self.sent += 1
        into = self.home / f"{self.sent}"
        into.mkdir()
        path = filled(
            self.folder, into, name, lambda _entry, _question: draw.randint(1, 10),
            now=self.now, recused=sorted(back),
        )  # fmt: skip
        return None if self._counts(path) else path

    def _counts(self, path):
        return any(sha256(path) == kept for files in self.counted.values() for kept in files)

    def _coming(self):
        return next((name for name, at in ROUNDS.items() if self.now < at + DAY), None)

    def _send(self, files):
        names = [name for name, _ in files]
        is_sound = self.round in self.issued and len(set(names)) == len(names)
        paths = [path for _, path in files]
        if not is_sound:
            self._refused(paths)
            return
        received = import_returned(self.folder, paths, now=self.now)
        self.seen += paths
        assert [one.kind for one in received] == ["ballot"] * len(files)
        for name, path in files:
            self._accept(name, path)

    def _accept(self, name, path):
        code = self.codes[name]
        document = json.loads(path.read_text("utf-8"))
        self.counted[self.round, code].append(sha256(path))
        answers = document["answers"]
        gone = {
            one["about"] for one in answers if one["question"] == "recused" and one.get("value")
        }
        self.back[code] |= gone
        self.stepped[self.round, code] |= gone
        self.scores[code] = {
            (one["category"], one["about"], one["question"]): one["value"]
            for one in answers
            if one["question"] not in ("recused", "note", "")
            and one["value"] is not None
            and one["about"] not in gone
        }

    def _owner(self, path):
        code = json.loads(path.read_text("utf-8"))["juror"]
        return next(name for name, own in self.codes.items() if own == code)

    def _refused(self, paths):
        lines, before = self._lines(), dict(self.counted)
        with pytest.raises(FaultsFound):
            import_returned(self.folder, paths, now=self.now)
        self.seen += paths
        assert lines < self._lines() <= lines + len(paths)
        assert dict(self.counted) == before

    def _lines(self):
        return len(read_ledger(JuryPaths(self.folder).ledger.read_text("utf-8")))


TestJury = Jury.TestCase
TestJury.settings = settings(
    max_examples=20,
    stateful_step_count=24,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
