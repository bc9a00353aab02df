"""The many-facet Rasch model beside raschpy 1.4.0 and the truth of a simulation.

40 entries, 5 criteria, 6 jurors. raschpy estimates from pairs, we jointly: joint estimates stand
about 3 % further apart, and both are beside the truth by their errors (0.06 for a severity).
"""

import numpy as np
import pytest

from tolok.jury.additive import fit_additive
from tolok.jury.rasch import fit_rasch
from tolok.jury.sheet import read_sheet

RATINGS = {  # a group of digits an entry, a digit a criterion
    "J1": """
        66668 99679 99769 75533 58646 64671 97646 97855 89977 34001 99999 88946 88998 56594
        66475 78686 77887 86555 95468 99698 55254 65241 78867 75645 34222 64823 73466 67523
        45314 98776 97898 97847 64644 96877 97896 44682 98676 99879 97678 44441
    """,
    "J2": """
        55565 76899 89978 53524 88526 88543 77867 76834 79765 31000 99999 86644 69646 86553
        36563 94474 76767 85450 65524 98967 53545 55100 88667 35224 31120 23141 94443 41201
        62123 66765 77988 85365 65333 88975 89784 66662 88586 97878 76543 74422
    """,
    "J3": """
        94647 79977 98863 54523 96721 43110 96656 74422 76664 12000 99996 84444 67458 85552
        84233 87357 89774 74633 75561 67964 23222 13000 94574 61511 24312 73131 44101 33423
        32100 74640 87455 55233 71111 54444 86534 44641 44655 66876 73343 76332
    """,
    "J4": """
        45331 59885 86787 72412 34322 53201 89566 43525 77746 10000 89784 43422 86656 55632
        46441 67464 66466 23522 64253 76653 20112 21200 45322 34230 01000 50321 25222 52501
        21110 62432 87453 52232 15120 75444 77534 44320 74555 66946 54313 04311
    """,
    "J5": """
        57122 98626 75754 33113 42343 44321 56573 62660 69852 00210 99685 41230 74622 34433
        53213 66231 67552 43312 65021 73646 01121 00100 86445 24422 10000 32212 41310 01100
        20201 45430 85662 14641 40011 74472 66935 43222 65554 79427 32221 41003
    """,
    "J6": """
        43442 85554 65566 11221 41331 20210 57120 42400 82330 00000 84764 32410 76643 43341
        40130 56433 97322 24400 33312 87244 41010 11100 32343 42241 22110 03000 30302 31011
        20010 23313 54435 41202 40100 67332 35344 23120 65424 67545 34222 41140
    """,
}
TRUE_MERIT = """
    0.0341928 1.3597475 1.2247211 -0.5103071 -0.2979695 -0.5273842 0.5697264 -0.0560644
    0.7468856 -1.8473248 1.5665488 -0.0964322 0.6803785 -0.1365663 -0.3790986 0.4631102
    0.8245135 -0.2025299 -0.1527862 0.6856986 -0.8703406 -1.5143835 0.3949819 -0.6705658
    -1.9203406 -0.8140537 -0.4675976 -1.1932025 -1.4924639 0.0366378 0.8972493 -0.2331321
    -0.7435960 0.3849938 0.7172358 -0.3000106 0.5446678 1.0428755 -0.2069564 -0.8135155
"""
SEVERITY = [-0.9970718747, -0.5313473271, -0.0898879282, 0.2834514459, 0.4915213332, 0.8433343509]
THRESHOLD = [
    -1.7567102458, -1.3835304474, -0.6785979249, -0.6386308552, 0.3128802589,
    0.2537970831, 1.0823619904, 1.2775492135, 1.5308809274,
]  # fmt: skip


@pytest.fixture(scope="module")
def simulated():
    """The sheet of the simulated ratings."""
    return read_sheet(
        (juror, f"E{place:02}", f"C{criterion}", float(digit))
        for juror, text in RATINGS.items()
        for place, digits in enumerate(text.split(), start=1)
        for criterion, digit in enumerate(digits, start=1)
    )


@pytest.fixture(scope="module")
def fitted(simulated):
    """Its measures."""
    return fit_rasch(simulated)


@pytest.fixture(scope="module")
def merit():
    """The true merit of each entry."""
    return np.array([float(one) for one in TRUE_MERIT.split()])


def test_severities_are_near_those_of_raschpy_and_near_the_truth(fitted):
    other = np.array(SEVERITY)
    assert fitted.severity == pytest.approx(other, abs=0.04)
    slope = float(fitted.severity @ other / (other @ other))
    assert fitted.severity / slope == pytest.approx(other, abs=0.025)
    assert 1 < slope < 1.05
    assert fitted.severity == pytest.approx([-1, -0.5, 0, 0.2, 0.5, 0.8], abs=0.1)


def test_thresholds_merits_and_difficulties_are_near_the_truth(fitted, merit):
    assert fitted.threshold == pytest.approx(THRESHOLD, abs=0.14)
    assert fitted.difficulty == pytest.approx([-0.6, -0.2, 0, 0.3, 0.5], abs=0.1)
    away = (fitted.merit - merit) / np.sqrt(np.diag(fitted.covariance))
    assert 0.7 < np.sqrt((away**2).mean()) < 1.2
    assert np.corrcoef(fitted.merit, merit)[0, 1] > 0.987
    assert fitted.infit == pytest.approx(np.ones(6), abs=0.2)


def test_additive_effects_of_the_simulation_correlate_with_the_truth_as_those_of_lm(
    simulated, merit
):
    found = np.corrcoef(fit_additive(simulated.cells).entry, merit)[0, 1]
    assert found == pytest.approx(0.9891077622395825, abs=1e-9)
