"""The page of simulated juries: verdicts follow the figures, and every table is there."""

from pathlib import Path

import numpy as np
import pytest
from benchmarks.jury_validity.compare import best_of, difference, over_sizes
from benchmarks.jury_validity.deciding import BASES, EDGES, Decided, classes, decisions
from benchmarks.jury_validity.finding import (
    FAST,
    METHODS,
    Case,
    Found,
    found_all,
    found_fast,
)
from benchmarks.jury_validity.page import Results, page
from benchmarks.jury_validity.verdict import of_decisions, of_tallies, of_votes
from benchmarks.jury_validity.voting import (
    JURORS_VOTING,
    KINDS,
    found_by_votes,
)
from benchmarks.jury_validity.world import (
    ENTRIES,
    JURORS,
    MISSING,
    WORLDS,
)

from tolok.jury.decision import STATES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "jury-validity.md"


def test_ahead_is_who_leads_beyond_the_errors_panel_by_panel():
    rng = np.random.default_rng(0)
    luck = (rng.random(400) < 0.5).astype(float)
    worse = luck.copy()
    worse[:40] = 0.0
    other = (rng.random(400) < 0.5).astype(float)
    assert best_of({"one": luck, "two": worse}) == ["one"]
    assert best_of({"one": luck, "two": luck}) == ["one", "two"]
    assert best_of({"one": luck, "two": other}) == ["one", "two"]
    away = difference(np.array([1.0, 1.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0, 1.0]))
    assert (away.value, away.error) == (0.25, 0.25)


def flat(share):
    """Everything found by every tally in every case with the same share."""
    cases = [
        Case(world.name, missing, jurors, entries)
        for world in WORLDS
        for missing in MISSING
        for jurors in JURORS
        for entries in ENTRIES
    ]
    return {(case, name): np.full(4, share) for case in cases for name in METHODS}


def test_verdicts_name_the_worlds_in_which_a_tally_is_ahead_or_behind():
    found = flat(0.5)
    nobody = "`mean` in 0, `additive` in 0, `z` in 0 of 240 cases."
    nothing = "ahead of `additive` nowhere; behind it nowhere."
    assert list(of_tallies(found, found)) == [
        f"- `mean` is {nothing}",
        f"- `z` is {nothing}",
        f"- Size by size, one is ahead of both others: {nobody}",
        f"- `random` is {nothing}",
        f"- `rasch` is {nothing}",
    ]
    for missing in MISSING:
        found[Case("outliers", missing, 5, 4), "z"] = np.full(4, 0.75)
    found[Case("close", "20 %", 5, 4), "z"] = np.full(4, 0.25)
    found[Case("close", "20 %", 5, 4), "rasch"] = np.full(4, 0.25)
    told = list(of_tallies(found, found))
    assert told[1] == (
        "- `z` is ahead of `additive` in `outliers`; behind it in `close` (missing: 20 %)."
    )
    assert told[2].endswith("`mean` in 0, `additive` in 0, `z` in 4 of 240 cases.")
    assert told[4].endswith("nowhere; behind it in `close` (missing: 20 %).")


def test_mean_over_sizes_is_panel_by_panel():
    found = flat(0.0)
    found[Case("close", "none", 3, 3), "z"] = np.array([1.0, 0.0, 0.0, 0.5])
    share = over_sizes(found, "close", "none", FAST)
    assert share["z"] == pytest.approx(np.array([1.0, 0.0, 0.0, 0.5]) / 15)
    assert share["mean"].tolist() == [0.0] * 4


def decided(told, first, status="clear"):
    """A decision with a stated chance and whether the first was the best."""
    return Decided("ordinary", status, first, first > 0, first, dict.fromkeys(BASES, told))


def test_chances_are_classed_with_their_lower_edge():
    made = [decided(0.4, 1.0), decided(0.49, 0.5), decided(0.95, 1.0), decided(1.0, 0.0)]
    found = classes(made, BASES[0])
    assert [count for count, _, _ in found] == [0, 2, 0, 0, 0, 0, 0, 2]
    assert found[1][1:] == pytest.approx((0.445, 0.75))
    assert found[-1][1:] == pytest.approx((0.975, 0.5))
    assert len(found) == len(EDGES) - 1


def test_verdicts_of_decisions_are_by_status_and_basis():
    made = [decided(0.75, 1.0), decided(0.75, 0.0), decided(0.5, 1.0, "tied")]
    told = list(of_decisions(made))
    elsewhere = "– (`outliers`), – (`close`), – (`stretch`)."
    best = "the true best is"
    assert told[:3] == [
        f"- `clear`: {best} the winner in 0.500 ± 0.500 (`ordinary`), {elsewhere}",
        f"- `contested`: {best} first by the figures in – (`ordinary`), {elsewhere}",
        f"- `tied`: {best} among the leaders in 1.000 ± 0.000 (`ordinary`), {elsewhere}",
    ]
    assert told[4] == "- Stated chances, jurors alone drawn: true less said is +0.000 ± 0.382."


def test_verdict_of_votes_is_their_difference_from_scores():
    found = {
        (Case(world.name, "none", jurors, 3), kind): np.full(4, 0.5)
        for world in WORLDS
        for jurors in JURORS_VOTING
        for kind in KINDS
    }
    for jurors in JURORS_VOTING:
        found[Case("close", "none", jurors, 3), "quick"] = np.array([0.25, 0.5, 0.25, 0.5])
    lines = list(of_votes(found))
    assert lines[0].endswith("in `ordinary`: implied the same, careful the same, quick the same.")
    assert lines[2].endswith("careful the same, quick -0.125 ± 0.072.")


@pytest.fixture(scope="module")
def small():
    """The page of a few panels."""
    fast: Found = {}
    every: Found = {}
    voted: Found = {}
    made: list[Decided] = []
    for world in WORLDS:
        fast |= found_fast(world, 0, 20)
        for missing in MISSING:
            every |= found_all(world, missing, 0, 2)[0]
        voted |= found_by_votes(world, 0, 2)
        made += decisions(world, "none", 0, 3)
    return page(Results(fast, every, {"random": 0, "rasch": 0}, made, voted), "a command")


def places(text):
    """Headings and the first two cells of rows, without figures."""
    lines = [line for line in text.splitlines() if line.startswith(("#", "|"))]
    return [line if line.startswith("#") else line[1:].split("|")[0].strip() for line in lines]


def test_page_has_every_world_and_size_and_is_as_written(small):
    here, written = places(small), places(PAGE.read_text("utf-8"))
    assert len(here) == len(written)
    heads = [[line for line in one if line.startswith("#")] for one in (here, written)]
    assert heads[0] == heads[1]
    assert sum(line.isdigit() for line in written) == len(WORLDS) * len(JURORS) * len(MISSING)
    in_world = 2 * len(MISSING) + len(STATES) + len(JURORS_VOTING)
    for world in WORLDS:
        assert written.count(f"`{world.name}`") == in_world
