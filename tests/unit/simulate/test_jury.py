"""Invented jurors: who is harsh and who careless can be found in their scores alone."""

import csv
from itertools import permutations

import numpy as np
import pytest

from tolok.jury.sheet import read_sheet
from tolok.jury.spread import juror_spread
from tolok.jury.tally import tally
from tolok.simulate.institutions import invent_institutions
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
from tolok.simulate.plan import SimulationPlan

CRITERIA = ("relevance", "clarity", "creativity", "originality", "quality")
FIRST = Sitting(2025, "best-account")
TRUTH = {f"body-{place:03}": quality for place, quality in enumerate(np.linspace(-2, 2, 60))}
FEW = {"kota-a": 1.0, "kota-b": 0.2, "kota-c": -0.7, "kota-d": 0.6}


def rows_of(panel, truth, sitting=FIRST):
    """Rows of a sheet in which every juror scores every institution."""
    return [
        (juror.name, institution_id, criterion, score)
        for juror in panel
        for institution_id, of in simulate_scores(juror, truth, CRITERIA, sitting).items()
        for criterion, score in of.items()
    ]


def mean_of(scores):
    """The mean score of each institution."""
    return {one: float(np.mean(list(of.values()))) for one, of in scores.items()}


@pytest.mark.parametrize("seed", [1, 2025])
def test_panel_has_one_harsh_one_careless_one_tied_and_two_ordinary_jurors(seed):
    panel = invent_panel(seed)
    assert [one.role for one in panel] == ["harsh", "careless", "tied", "ordinary", "ordinary"]
    assert len({one.name.casefold() for one in panel}) == 5
    harsh, careless, *rest = panel
    assert harsh.severity - max(one.severity for one in panel[1:]) > 0.8
    assert careless.noise > 2.5 * max(one.noise for one in (harsh, *rest))
    assert invent_panel(seed) == panel


def test_panels_of_other_seeds_are_other_people():
    assert len({one.name for seed in range(4) for one in invent_panel(seed)}) == 20


def test_no_juror_is_named_as_an_institution():
    names = " ".join(row.institution for row in invent_institutions(SimulationPlan()).rows)
    for seed in range(20):
        for juror in invent_panel(seed):
            assert juror.name.split(" ", 1)[1] not in names


@pytest.mark.parametrize("seed", [1, 2, 2025])
def test_tally_finds_who_is_harsh_and_by_how_much(seed):
    panel = invent_panel(seed)
    found = tally(read_sheet(rows_of(panel, TRUTH), scale=(1, 10)), "additive")
    leniency = dict(zip(sorted(one.name for one in panel), found.leniency, strict=True))
    middle = np.mean([one.severity for one in panel])
    for juror in panel:
        # the own taste and five scores of each of 60 entries, and the careless juror in the mean
        error = np.hypot((1.2 * juror.noise**2 / 60) ** 0.5, 0.07)
        assert leniency[juror.name] == pytest.approx(middle - juror.severity, abs=2 * error)
    assert min(leniency, key=lambda name: leniency[name]) == panel[0].name


@pytest.mark.parametrize("seed", [1, 2, 3, 2025])
def test_careless_juror_strays_most_and_is_reviewed(seed):
    panel = invent_panel(seed)
    sheet = read_sheet(rows_of(panel, TRUTH))
    spread = juror_spread(sheet)
    reviewed = [name for name, one in zip(sheet.jurors, spread.is_reviewed, strict=True) if one]
    assert reviewed == [panel[1].name]
    assert sheet.jurors[int(np.argmax(spread.residual))] == panel[1].name


def test_panel_orders_institutions_by_their_quality():
    found = tally(read_sheet(rows_of(invent_panel(1), TRUTH)), "mean")
    assert np.corrcoef(found.score, list(TRUTH.values()))[0, 1] > 0.9


def test_scores_are_whole_and_stay_on_the_scale():
    truth = {"low": -30.0, "middle": 0.0, "high": 30.0}
    for juror in invent_panel(1):
        scores = simulate_scores(juror, truth, CRITERIA, FIRST)
        assert {type(score) for of in scores.values() for score in of.values()} == {int}
        assert set(scores["low"].values()) == {1}
        assert set(scores["high"].values()) == {10}
        assert 1 < mean_of(scores)["middle"] < 10


def test_scores_do_not_depend_on_order_or_company():
    juror = invent_panel(1)[3]
    whole = simulate_scores(juror, FEW, CRITERIA, FIRST)
    for order in permutations(FEW):
        turned = {one: FEW[one] for one in order}
        assert simulate_scores(juror, turned, CRITERIA[::-1], FIRST) == whole
    for one, quality in FEW.items():
        alone = simulate_scores(juror, {one: quality}, CRITERIA[:2], FIRST)
        assert alone == {one: {name: whole[one][name] for name in CRITERIA[:2]}}


@pytest.mark.parametrize(
    "other",
    [Sitting(2026, "best-account"), Sitting(2025, "most-active"), Sitting(2025, "best-account", 2)],
)
def test_scores_of_another_seed_category_or_round_are_others(other):
    juror = invent_panel(1)[3]
    here, there = (simulate_scores(juror, TRUTH, CRITERIA, one) for one in (FIRST, other))
    assert here != there


def test_taste_lasts_from_round_to_round():
    juror = SimulatedJuror("Bu Klepon Jerapah", 0.0, 1.5, "ordinary")
    truth = dict.fromkeys(TRUTH, 0.0)
    first, second = (
        list(mean_of(simulate_scores(juror, truth, CRITERIA, Sitting(1, "c", one))).values())
        for one in (1, 2)
    )
    assert np.corrcoef(first, second)[0, 1] > 0.6


@pytest.mark.parametrize("place", range(5))
def test_discussion_moves_a_juror_towards_the_panel_but_not_its_level(place):
    juror = invent_panel(1)[place]
    truth = {f"body-{one:03}": quality for one, quality in enumerate(np.linspace(-1, 1, 200))}
    earlier = simulate_scores(juror, truth, CRITERIA, FIRST)
    opinion = {one: 5.5 + 1.3 * quality for one, quality in truth.items()}
    later = simulate_scores(
        juror, truth, CRITERIA, Sitting(2025, "best-account", 2), Discussion(earlier, opinion)
    )
    before, after = (np.array(list(mean_of(one).values())) for one in (earlier, later))
    panel = np.array(list(opinion.values()))
    away = panel - before - (panel - before).mean()
    moved = np.polyfit(away, after - before, 1)[0]
    assert moved == pytest.approx(juror.listens, abs=0.12)
    assert after.mean() == pytest.approx(before.mean(), abs=0.15)


def test_careless_juror_hardly_listens():
    panel = invent_panel(1)
    assert [one.listens < 0.1 for one in panel] == [False, True, False, False, False]


def test_entry_without_earlier_scores_or_opinion_is_scored_afresh_or_left():
    juror = invent_panel(1)[4]
    again = Sitting(2025, "best-account", 2)
    earlier = simulate_scores(juror, FEW, CRITERIA, FIRST)
    known = Discussion({"kota-a": earlier["kota-a"]}, {"kota-b": 9.0})
    assert simulate_scores(juror, FEW, CRITERIA, again, known) == simulate_scores(
        juror, FEW, CRITERIA, again
    ) | {"kota-a": earlier["kota-a"]}


def test_choice_is_mostly_the_better_and_turns_with_the_pair():
    juror, careless = (invent_panel(1)[place] for place in (3, 1))
    ids = [f"body-{place}" for place in range(200)]
    truth = {one: 1.0 if place % 2 else 0.0 for place, one in enumerate(ids)}
    pairs = list(zip(ids[1::2], ids[::2], strict=True))
    right, wild = (
        [simulate_choice(one, truth, pair, FIRST) for pair in pairs] for one in (juror, careless)
    )
    assert np.mean(right) > 0.8
    assert np.mean(wild) < np.mean(right)
    turned = [simulate_choice(juror, truth, pair[::-1], FIRST) for pair in pairs]
    assert turned == [not one for one in right]


def test_tie_binds_the_tied_juror_to_one_that_competes():
    panel = invent_panel(1)
    competing = {"ministries": ["a", "b", "c"], "agencies": ["d", "e"]}
    juror, institution_id = simulated_tie(panel, competing, 7)
    assert juror == panel[2]
    turned = {"agencies": ["e", "d"], "ministries": ["c", "b", "a"]}
    assert simulated_tie(panel[::-1], turned, 7) == (juror, institution_id)
    drawn = {simulated_tie(panel, competing, seed)[1] for seed in range(60)}
    assert drawn == set("abcde")


def test_file_of_the_jury_says_who_is_who(tmp_path):
    panel = invent_panel(1)
    assert write_jury(tmp_path / "jury.csv", panel, (panel[2], "kota-a")) == 5
    with (tmp_path / "jury.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["tie"] for row in rows] == ["", "", "kota-a", "", ""]
    assert [(row["juror"], row["role"]) for row in rows] == [(one.name, one.role) for one in panel]
    told = [(float(row["severity"]), float(row["noise"])) for row in rows]
    assert told == [(one.severity, one.noise) for one in panel]
