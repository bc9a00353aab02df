"""What must be true of every tally, whoever judges and whatever is missing (methodology, jury)."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import tolok
from tolok.composite.rank import TIE
from tolok.errors import NotComparable, TolokError
from tolok.jury.alpha import krippendorff_alpha
from tolok.jury.chance import Redraw, draw_ranks
from tolok.jury.decision import JuryRules, decide
from tolok.jury.link import entry_groups
from tolok.jury.panel import PanelPlan, panel_chances
from tolok.jury.sheet import Sheet, read_sheet
from tolok.jury.spread import juror_spread
from tolok.jury.tally import METHODS, tally

NAN = np.nan
T = TypeVar("T")
SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=40)
LINEAR = st.sampled_from(["additive", "z"])
QUICK = JuryRules(draws=50)


@st.composite
def sheets(draw, least=1, missing=(0.0, 0.2, 0.5)):
    """Whole scores of 1 to 10, ties among them, some missing; entries need not be joined."""
    rng = np.random.default_rng(draw(SEEDS))
    size = (draw(st.integers(least, 7)), draw(st.integers(least, 6)), draw(st.integers(1, 3)))
    merit, harsh = 2 * rng.normal(size=(size[1], 1)), 2 * rng.normal(size=(size[0], 1, 1))
    score = np.clip(np.round(5 + merit + harsh + rng.normal(size=size)), 1, 10)
    score[rng.random(size) < draw(st.sampled_from(missing))] = NAN
    names = [tuple(f"{kind}{at}" for at in range(n)) for kind, n in zip("jec", size, strict=True)]
    partial = draw(st.sampled_from(["left_out", "available"]))
    return Sheet(names[0], names[1], names[2], score, rng.integers(1, 4, size[2]) * 1.0, partial)


def joined(sheet):
    """The sheet, if its jurors join all entries."""
    assume(sheet.is_counted.any() and entry_groups(sheet.is_counted).max(initial=0) == 0)
    return sheet


def with_score(sheet, score):
    """The sheet with other scores."""
    return Sheet(sheet.jurors, sheet.entries, sheet.criteria, score, sheet.weight, sheet.partial)


def attempt(work: Callable[[], T]) -> tuple[T | None, TolokError | None]:
    """What comes of it, or the fault that is told; one of the two."""
    try:
        return work(), None
    except TolokError as fault:
        return None, fault


def same_order(one, two, near=1e-7):
    """Whether two scores put entries in one order; what is nearer than rounding may be either."""
    first, second = (found[:, None] - found for found in (one, two))
    apart = (np.abs(first) > near) & (np.abs(second) > near)
    return bool((np.sign(first) == np.sign(second))[apart].all())


@given(sheets(), st.sampled_from([*METHODS, None]))
def test_every_sheet_has_a_decision_or_a_reason_why_not(sheet, method):
    found, fault = attempt(lambda: decide(sheet, method, QUICK))
    if isinstance(fault, NotComparable):
        group = [set(names) for names in fault.groups]
        assert len(group) > 1
        assert set().union(*group) == set(sheet.entries)
    if found is None:
        assert str(fault)
        return
    assert np.isfinite(found.tally.score).all()
    assert set(found.winners) <= set(found.leaders) <= set(sheet.entries)
    assert found.winners
    assert (found.status == "tied") == (len(found.leaders) > 1)
    if found.draws.used:
        assert found.draws.chance.sum() == pytest.approx(1)
        assert ((found.draws.chance >= 0) & (found.draws.chance <= 1)).all()
    else:
        assert np.isnan(found.draws.chance).all()


@given(sheets(least=2), LINEAR, st.integers(-20, 20), SEEDS)
def test_constant_added_to_one_juror_changes_nothing_but_leniency(sheet, method, shift, seed):
    sheet = joined(sheet)
    juror = seed % len(sheet.jurors)
    score = sheet.score.copy()
    score[juror] += shift
    found, moved = tally(sheet, method), tally(with_score(sheet, score), method)
    apart = found.score - found.score.mean(), moved.score - moved.score.mean()
    assert apart[1] == pytest.approx(apart[0], abs=1e-8)
    assert same_order(*apart)


@given(sheets(least=2), st.integers(-20, 20), st.sampled_from([0.25, 0.5, 3.0]), SEEDS)
def test_z_does_not_mind_a_juror_of_other_scale(sheet, shift, factor, seed):
    sheet = joined(sheet)
    score = sheet.score.copy()
    juror = seed % len(sheet.jurors)
    score[juror] = factor * score[juror] + shift
    found, moved = tally(sheet, "z"), tally(with_score(sheet, score), "z")
    assert moved.score == pytest.approx(found.score, abs=1e-8)


@given(sheets(least=2, missing=(0.0,)), st.integers(-5, 5), SEEDS)
def test_constant_added_to_one_juror_leaves_the_order_of_means(sheet, shift, seed):
    score = sheet.score.copy()
    score[seed % len(sheet.jurors)] += shift
    found, moved = tally(sheet, "mean"), tally(with_score(sheet, score), "mean")
    assert same_order(found.score, moved.score)
    assert (np.abs(found.score - found.score[0]) <= TIE).tolist() == (
        np.abs(moved.score - moved.score[0]) <= TIE
    ).tolist()


@given(sheets(least=2, missing=(0.0,)), SEEDS)
def test_recusal_is_missing_and_not_zero(sheet, seed):
    """Where jurors differ by constants only, whoever steps aside changes no entry's place."""
    rng = np.random.default_rng(seed)
    merit = rng.integers(1, 8, (len(sheet.entries), 1)) * 1.0
    whole = merit + rng.integers(-3, 4, (len(sheet.jurors), 1, 1)) + np.zeros(sheet.score.shape)
    holed = whole.copy()
    gone = rng.random(whole.shape[:2]) < 0.3
    holed[gone] = NAN
    less = joined(with_score(sheet, holed))
    found, plain = tally(less, "additive"), tally(with_score(sheet, whole), "additive")
    assert found.score - found.score.mean() == pytest.approx(
        plain.score - plain.score.mean(), abs=1e-8
    )
    assert found.rank.tolist() == plain.rank.tolist()


@given(sheets(least=2), st.sampled_from(["additive", "z", "random", "rasch"]), SEEDS)
@FEW
def test_labels_of_jurors_have_no_effect(sheet, method, seed):
    sheet = joined(sheet)
    order = np.random.default_rng(seed).permutation(len(sheet.jurors))
    swapped = with_score(sheet, sheet.score[order])
    try:
        found = tally(sheet, method)
    except TolokError as fault:
        with pytest.raises(type(fault)):
            tally(swapped, method)
        return
    moved = tally(swapped, method)
    assert moved.score == pytest.approx(found.score, abs=1e-6)
    assert moved.leniency == pytest.approx(found.leniency[order], abs=1e-6, nan_ok=True)
    if method in {"additive", "z"}:
        one, two = draw_ranks(sheet, found, Redraw(60)), draw_ranks(swapped, moved, Redraw(60))
        assert one.rank.tobytes() == two.rank.tobytes()


@given(sheets(), st.sampled_from([*METHODS, None]), SEEDS)
@FEW
def test_order_of_rows_changes_no_bit(sheet, method, seed):
    rows = [
        (sheet.jurors[j], sheet.entries[e], sheet.criteria[c], float(sheet.score[j, e, c]))
        for j, e, c in np.ndindex(sheet.score.shape)
    ]
    shuffled = [rows[place] for place in np.random.default_rng(seed).permutation(len(rows))]
    assert bits(rows, method, sheet.partial) == bits(shuffled, method, sheet.partial)


def bits(rows, method, partial):
    """Every figure of a decision as bytes, or the fault that is told."""
    found, fault = attempt(lambda: decide(read_sheet(rows, partial=partial), method, QUICK))
    if found is None:
        return str(fault)
    arrays = (found.tally.score, found.tally.covariance, found.tally.leniency)
    drawn = (found.draws.chance, found.draws.rank, found.without)
    return repr((found.reasons, [one.tobytes() for one in (*arrays, *drawn)]))


@given(sheets(least=2))
def test_disconnected_panels_are_reported_with_every_group(sheet):
    jurors, entries, criteria = sheet.score.shape
    score = np.full((2 * jurors, 2 * entries, criteria), NAN)
    score[:jurors, :entries] = score[jurors:, entries:] = np.nan_to_num(sheet.score, nan=5.0)
    names = [
        tuple(f"{kind}{at:02}" for at in range(n))
        for kind, n in zip("je", score.shape[:2], strict=True)
    ]
    whole = Sheet(names[0], names[1], sheet.criteria, score, sheet.weight)
    with pytest.raises(NotComparable) as raised:
        tally(whole)
    assert raised.value.groups == [list(names[1][:entries]), list(names[1][entries:])]


@given(sheets(least=2), SEEDS)
def test_doubled_panel_has_the_same_scores_and_is_no_less_sure(sheet, seed):
    sheet = joined(sheet)
    twice = np.concatenate([sheet.score, sheet.score])
    names = (*sheet.jurors, *(f"{name}'" for name in sheet.jurors))
    doubled = Sheet(names, sheet.entries, sheet.criteria, twice, sheet.weight, sheet.partial)
    found, more = tally(sheet, "additive"), tally(doubled, "additive")
    assert more.score == pytest.approx(found.score, abs=1e-8)
    known = ~np.isnan(found.difference_error)
    assert (more.difference_error[known] <= found.difference_error[known] + 1e-9).all()


@given(sheets(least=2))
def test_better_scores_of_an_entry_never_lower_it(sheet):
    sheet = joined(sheet)
    score = sheet.score.copy()
    score[:, 0] += 1.0
    before, after = (
        tally(sheet, "additive").score,
        tally(with_score(sheet, score), "additive").score,
    )
    gap, wider = before[0] - before, after[0] - after
    assert (wider >= gap - 1e-9).all()


@given(sheets(least=2))
def test_spread_of_jurors_is_never_negative_and_reviews_by_its_ratio(sheet):
    sheet = joined(sheet)
    found = juror_spread(sheet)
    known = ~np.isnan(found.residual)
    assert (found.residual[known] >= 0).all()
    assert found.is_reviewed.tolist() == (found.ratio > 2).tolist()
    assert found.is_reviewed.sum() <= len(sheet.jurors) / 2


@given(sheets(least=2), st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_is_at_most_1_and_minds_neither_jurors_nor_entries(sheet, level):
    cells = sheet.cells
    found = krippendorff_alpha(cells, level)
    assert np.isnan(found) or found <= 1 + 1e-12
    turned = krippendorff_alpha(cells[::-1, ::-1], level)
    assert turned == pytest.approx(found, abs=1e-9, nan_ok=True)
    if level == "interval":
        assert krippendorff_alpha(3 * cells - 7) == pytest.approx(found, abs=1e-9, nan_ok=True)


@given(
    st.floats(0.1, 4), st.floats(0, 4), st.floats(0.1, 4), st.floats(0, 0.4), SEEDS,
)  # fmt: skip
@FEW
def test_chances_of_panels_lie_between_0_and_1(entry, juror, residual, missing, seed):
    variances = tolok.Variances(entry, juror, residual)
    found = panel_chances(variances, PanelPlan((2, 5), (3,), missing, 100, seed))
    assert ((found.chance >= 0) & (found.chance <= 1)).all()
    assert (found.needed(0.0) == 2).all()


@given(sheets())
@FEW
def test_table_of_rows_is_tallied_as_its_sheet(sheet):
    places = list(np.ndindex(sheet.score.shape))
    table = {
        "juror": [sheet.jurors[j] for j, _, _ in places],
        "entry": [sheet.entries[e] for _, e, _ in places],
        "criterion": [sheet.criteria[c] for _, _, c in places],
        "score": [None if np.isnan(sheet.score[p]) else sheet.score[p] for p in places],
    }
    weights = dict(zip(sheet.criteria, sheet.weight.tolist(), strict=True))
    read = tolok.jury_sheet(table, weights=weights, partial=sheet.partial)
    assert read.score.tobytes() == sheet.score.tobytes()
    try:
        found = tolok.jury_tally(read, rules=QUICK)
    except TolokError:
        return
    ranks = found.ranks()
    assert sorted(ranks["entry"].to_pylist()) == sorted(sheet.entries)
    assert ranks["rank"].to_pylist() == sorted(ranks["rank"].to_pylist())
    assert found.jurors()["juror"].to_pylist() == list(sheet.jurors)
    assert len(found.reasons()) > 0
