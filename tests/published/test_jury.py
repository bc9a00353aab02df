"""The jury's figures beside published ones, and beside those of other programs.

Krippendorff 2011; Shrout and Fleiss 1979; Stigler 1994 and Agresti 2013 (journals, baseball); the
package irr (anxiety). Where a program is named, its own figures stand here.
"""

import numpy as np
import pytest

from tolok.jury.additive import fit_additive
from tolok.jury.alpha import krippendorff_alpha
from tolok.jury.mixed import Variances, fit_random, random_effects
from tolok.jury.reliability import intraclass_correlations, kendall_w, mean_squares
from tolok.jury.sheet import Sheet
from tolok.jury.tally import tally
from tolok.jury.votes import fit_strengths, read_votes

NAN = np.nan

KRIPPENDORFF = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
)
SHROUT_FLEISS = np.array(
    [[9.0, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
).T
DROPPED = SHROUT_FLEISS.copy()
DROPPED[[1, 0, 3, 2], [0, 2, 4, 5]] = NAN
ANXIETY = np.array(
    [
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
    ],
    dtype=np.float64,
)


@pytest.mark.parametrize(
    ("level", "printed", "exact"),
    [
        ("nominal", 0.743, 0.743421052631579),
        ("ordinal", 0.815, 0.8153875037548814),
        ("interval", 0.849, 0.8491071428571428),
        ("ratio", 0.797, 0.7974027747116121),
    ],
)
def test_alpha_of_krippendorff_2011(level, printed, exact):
    found = krippendorff_alpha(KRIPPENDORFF, level)
    assert round(found, 3) == printed
    assert found == pytest.approx(exact, abs=1e-14)


def test_mean_squares_of_shrout_and_fleiss_1979_table_3():
    found = mean_squares(SHROUT_FLEISS)
    figures = [found.between, found.within, found.jurors, found.error]
    assert [round(one, 2) for one in figures] == [11.24, 6.26, 32.49, 1.02]


def test_six_correlations_of_shrout_and_fleiss_1979_table_4():
    found = intraclass_correlations(SHROUT_FLEISS)
    assert [one.form for one in found] == [
        "ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)",
    ]  # fmt: skip
    assert [round(one.value, 2) for one in found] == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]


def test_tests_and_intervals_of_the_six_correlations_are_those_of_pingouin():
    found = intraclass_correlations(SHROUT_FLEISS)
    p = [0.16476880834464, 0.000134566516484, 0.000134566516484] * 2
    assert [one.p for one in found] == pytest.approx(p, rel=1e-11)
    assert [(round(one.low, 2), round(one.high, 2)) for one in found] == [
        (-0.13, 0.72), (0.02, 0.76), (0.34, 0.95), (-0.88, 0.91), (0.07, 0.93), (0.68, 0.99),
    ]  # fmt: skip
    assert found[1].f == pytest.approx(11.027247956403299, rel=1e-12)
    assert [one.degrees for one in found[:3]] == [(5, 18), (5, 15), (5, 15)]


def test_agreement_of_anxiety_and_its_interval_are_those_of_irr():
    _, agreement, consistency, *_ = intraclass_correlations(ANXIETY)
    assert agreement.value == pytest.approx(0.197998259356, abs=1e-12)
    assert agreement.low == pytest.approx(-0.03891062609316, abs=1e-12)
    assert agreement.high == pytest.approx(0.4935739459721, abs=1e-12)
    assert agreement.f == pytest.approx(1.826771653543, abs=1e-12)
    assert consistency.value == pytest.approx(0.216049382716, abs=1e-12)


def test_kendall_w_of_anxiety_is_that_of_irr():
    found = kendall_w(ANXIETY)
    assert found.w == pytest.approx(0.5396568759544, abs=1e-12)
    assert found.uncorrected == pytest.approx(0.5019214703425, abs=1e-12)
    assert found.chi_squared == pytest.approx(30.760441929399, abs=1e-11)
    assert found.degrees == 19
    assert found.p == pytest.approx(0.04288347312695, abs=1e-13)


def test_kendall_w_of_shrout_and_fleiss():
    found = kendall_w(SHROUT_FLEISS)
    assert found.w == pytest.approx(0.8870370370370371, abs=1e-14)
    assert found.p == pytest.approx(0.003289509243680281, rel=1e-12)


# --- Effects of jurors. lme4 stops a little before the summit: its variances are 7e-6 from the
# closed form of a complete layout, and its likelihood is the lower. So effects are compared under
# its own variances to 1e-10, and variances by what lme4's stopping leaves open.


def test_fixed_effects_with_four_cells_dropped_are_those_of_lm():
    found = fit_additive(DROPPED)
    assert found.mean == pytest.approx(5.388888888889, abs=1e-10)
    assert found.entry == pytest.approx(
        [1.087301587302, -2.388888888889, 1.444444444444,
         -1.388888888889, 2.015873015873, -0.7698412698413], abs=1e-10,
    )  # fmt: skip
    assert found.juror == pytest.approx(
        [2.5, -2.571428571429, -1.142857142857, 1.214285714286], abs=1e-10
    )
    assert tally(sheet(DROPPED)).method == "additive"


LME4 = [
    (
        (2.555562838098, 5.244450766978, 1.019443365205),
        5.291666666667,
        [0.6440987374685, -2.083848856516, 1.098756669799,
         -1.174532991854, 2.008072534461, -0.4925460933583],
        [2.300470449903, -2.704061756904, -0.9282600061014, 1.331851313102],
        -45.639333558344,
    ),
    (
        (2.794338752591, 4.923569382908, 1.060770001186),
        5.370870844943,
        [1.013521218586, -2.165369702683, 1.262418194751,
         -1.252047196186, 1.782461424438, -0.6409839389064],
        [2.379098689954, -2.462077005452, -1.053665733631, 1.13664404913],
        -39.387752700007,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "figures"),
    list(zip([SHROUT_FLEISS, DROPPED], LME4, strict=True)),
    ids=["whole", "dropped"],
)
def test_shrunk_effects_are_those_of_lme4(cells, figures):
    variances, mean, entry, juror, likelihood = figures
    given = random_effects(cells, Variances(*variances))
    assert given.mean == pytest.approx(mean, abs=1e-10)
    assert given.entry == pytest.approx(entry, abs=1e-10)
    assert given.juror == pytest.approx(juror, abs=1e-10)
    assert given.log_likelihood == pytest.approx(likelihood, abs=1e-10)
    own = fit_random(cells)
    found = [own.variances.entry, own.variances.juror, own.variances.residual]
    assert own.log_likelihood >= likelihood
    assert own.log_likelihood == pytest.approx(likelihood, abs=1e-8)
    assert found == pytest.approx(variances, rel=1e-4)
    assert own.entry == pytest.approx(entry, abs=3e-5)
    assert own.juror == pytest.approx(juror, abs=1e-5)


def test_variances_of_a_complete_panel_are_those_of_its_mean_squares():
    found = fit_random(SHROUT_FLEISS)
    squares, (jurors, entries) = mean_squares(SHROUT_FLEISS), SHROUT_FLEISS.shape
    closed = [
        (squares.between - squares.error) / jurors,
        (squares.jurors - squares.error) / entries,
        squares.error,
    ]
    variances = found.variances
    figures = [variances.entry, variances.juror, variances.residual]
    assert figures == pytest.approx(closed, rel=1e-10)
    assert found.entry == pytest.approx(LME4[0][2], abs=1e-6)
    assert found.juror == pytest.approx(LME4[0][3], abs=1e-6)


def test_mean_z_of_shrout_and_fleiss_is_that_of_hand():
    found = tally(sheet(SHROUT_FLEISS), "z")
    assert found.score == pytest.approx(
        [0.3632695507395, -1.153542745196, 0.6675598604645,
         -0.7540750142271, 1.225758165917, -0.3489698176985], abs=1e-12,
    )  # fmt: skip
    assert found.rank.tolist() == [3, 6, 2, 5, 1, 4]


def sheet(cells):
    """A sheet of one criterion."""
    jurors, entries = (tuple(f"{at}" for at in range(size)) for size in cells.shape)
    return Sheet(jurors, entries, ("score",), cells[:, :, None], np.ones(1))


# --- Votes on pairs.

JOURNALS = [
    ("Biometrika", "Comm Statist", 730, 33), ("Biometrika", "JASA", 498, 320),
    ("Biometrika", "JRSS-B", 221, 284), ("Comm Statist", "JASA", 68, 813),
    ("Comm Statist", "JRSS-B", 17, 276), ("JASA", "JRSS-B", 142, 325),
]  # fmt: skip
TEAMS = ["Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore"]
AT_HOME = {  # wins at home and away, against the other teams in the order of TEAMS
    "Milwaukee": [(4, 3), (4, 2), (4, 3), (6, 1), (4, 2), (6, 0)],
    "Detroit": [(3, 3), (4, 2), (4, 3), (6, 0), (6, 1), (4, 3)],
    "Toronto": [(2, 5), (4, 3), (2, 4), (4, 3), (4, 2), (6, 0)],
    "New York": [(3, 3), (5, 1), (2, 5), (4, 3), (4, 2), (6, 1)],
    "Boston": [(5, 1), (2, 5), (3, 3), (4, 2), (5, 2), (6, 0)],
    "Cleveland": [(2, 5), (3, 3), (3, 4), (4, 3), (4, 2), (2, 4)],
    "Baltimore": [(2, 5), (1, 5), (1, 6), (2, 4), (1, 6), (3, 4)],
}
GAMES = [
    (home, away, *score)
    for home, scores in AT_HOME.items()
    for away, score in zip([team for team in TEAMS if team != home], scores, strict=True)
]


def votes(results):
    """Votes of results: first, second, won by the first, won by the second."""
    rows = [
        (first, second, share)
        for first, second, won, lost in results
        for share, times in ((1.0, won), (0.0, lost))
        for _ in range(times)
    ]
    return read_votes(rows)


def against(found, names, base):
    """Strengths and their standard errors beside one of them."""
    at = names.index(base)
    own = np.diag(found.covariance)
    error = np.sqrt(own + own[at] - 2 * found.covariance[at])
    strength = found.strength - found.strength[at]
    return {name: (strength[k], error[k]) for k, name in enumerate(names) if k != at}


def test_strengths_of_journals_are_those_of_bradleyterry2():
    cited = votes(JOURNALS)
    found = fit_strengths(cited, prior=0)
    own = against(found, list(cited.entries), "Biometrika")
    expected = {
        "Comm Statist": (-2.949072496844, 0.1025453353699),
        "JASA": (-0.479569769752, 0.06058872923963),
        "JRSS-B": (0.2689540558195, 0.07082996510571),
    }
    assert own == {name: pytest.approx(pair, abs=1e-9) for name, pair in expected.items()}
    assert deviance(cited, found.strength) == pytest.approx(4.293383969889, abs=1e-9)
    assert round(own["JASA"][0], 3) == -0.480  # Agresti 2013, section 11.6.2


def deviance(cited, strength):
    """How far the votes are from those that are expected."""
    wins = cited.wins
    expected = (wins + wins.T) / (1 + np.exp(strength - strength[:, None]))
    apart = ~np.eye(len(wins), dtype=bool)
    return 2 * float((wins[apart] * np.log(wins[apart] / expected[apart])).sum())


def test_strengths_of_baseball_are_those_of_bradleyterry2():
    games = votes(GAMES)
    own = against(fit_strengths(games, prior=0), list(games.entries), "Baltimore")
    assert {name: strength for name, (strength, _) in own.items()} == pytest.approx(
        {
            "Boston": 1.107697705372, "Cleveland": 0.6838527691533, "Detroit": 1.436408431806,
            "Milwaukee": 1.581355876655, "New York": 1.247617845135, "Toronto": 1.294485123905,
        }, abs=1e-9,
    )  # fmt: skip


def test_effect_of_playing_at_home_is_that_of_bradleyterry2():
    games = votes(GAMES)
    found = fit_strengths(games, prior=0, has_order=True)
    own = against(found, list(games.entries), "Baltimore")
    expected = {
        "Boston": (1.143802653297, 0.3378421889114),
        "Cleveland": (0.7046944569002, 0.3350014033418),
        "Detroit": (1.475357213586, 0.344551823286),
        "Milwaukee": (1.619554993578, 0.3473653061132),
        "New York": (1.281340403276, 0.3404033588106),
        "Toronto": (1.327110398072, 0.3403222088077),
    }
    assert own == {name: pytest.approx(pair, abs=1e-6) for name, pair in expected.items()}
    assert found.order == pytest.approx(0.3022606555276, abs=1e-9)
    assert found.order_error == pytest.approx(0.1309436425323, abs=1e-6)
