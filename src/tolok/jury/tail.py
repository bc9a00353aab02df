"""The tails of chi-squared and F, by continued fractions; numpy has no distribution functions.

Source: Press, Teukolsky, Vetterling and Flannery 2007, Numerical Recipes, sections 6.2 and 6.4;
Lentz's algorithm as modified by Thompson and Barnett 1986.
"""

import math
from collections.abc import Iterator

_TINY = 1e-300
_NEAR = 1e-16
_TERMS = 10_000


def chi_squared_tail(value: float, degrees: float) -> float:
    """The chance of a chi-squared of this value or more.

    Missing: NaN where the value is, and without degrees of freedom.
    """
    if math.isnan(value) or degrees <= 0:
        return math.nan
    if value <= 0:
        return 1.0
    half, at = degrees / 2, value / 2
    front = math.exp(half * math.log(at) - at - math.lgamma(half))
    if at >= half + 1:
        return front * _fraction(_gamma_terms(half, at))
    term = total = 1 / half
    for place in range(1, _TERMS):
        term *= at / (half + place)
        total += term
        if term < total * _NEAR:
            break
    return 1 - front * total


def f_tail(value: float, above: float, below: float) -> float:
    """The chance of an F of this value or more; degrees of freedom above and below the line.

    Missing: NaN where the value is, and without degrees of freedom.
    """
    if math.isnan(value) or not (above > 0 and below > 0):
        return math.nan
    if value <= 0:
        return 1.0
    if math.isinf(value):
        return 0.0
    share = below / (below + above * value)
    return _beta_share(share, below / 2, above / 2)


def f_quantile(chance: float, above: float, below: float) -> float:
    """The F that is exceeded with this chance. Missing: NaN without degrees of freedom."""
    if not (above > 0 and below > 0):
        return math.nan
    low, high = -700.0, 700.0  # in logarithms: 200 halvings leave nothing to halve
    for _ in range(200):
        middle = (low + high) / 2
        if f_tail(math.exp(middle), above, below) > chance:
            low = middle
        else:
            high = middle
    return math.exp((low + high) / 2)


def _beta_share(at: float, one: float, two: float) -> float:
    """The regularised incomplete beta function."""
    if at in {0.0, 1.0}:
        return at
    constant = math.lgamma(one + two) - math.lgamma(one) - math.lgamma(two)
    front = math.exp(constant + one * math.log(at) + two * math.log1p(-at))
    if at < (one + 1) / (one + two + 2):
        return front * _fraction(_beta_terms(at, one, two)) / one
    return 1 - front * _fraction(_beta_terms(1 - at, two, one)) / two


def _gamma_terms(half: float, at: float) -> Iterator[tuple[float, float]]:
    yield 1.0, at + 1 - half
    for place in range(1, _TERMS):
        yield -place * (place - half), at + 2 * place + 1 - half


def _beta_terms(at: float, one: float, two: float) -> Iterator[tuple[float, float]]:
    yield 1.0, 1.0
    yield -(one + two) * at / (one + 1), 1.0
    for place in range(1, _TERMS):
        twice = 2 * place
        yield place * (two - place) * at / ((one + twice - 1) * (one + twice)), 1.0
        over = (one + twice) * (one + twice + 1)
        yield -(one + place) * (one + two + place) * at / over, 1.0


def _fraction(terms: Iterator[tuple[float, float]]) -> float:
    """The continued fraction of these numerators and denominators."""
    value, up, down = _TINY, _TINY, 0.0
    for above, below in terms:
        down = 1 / _not_zero(below + above * down)
        up = _not_zero(below + above / up)
        value *= up * down
        if abs(up * down - 1) < _NEAR:
            break
    return value


def _not_zero(number: float) -> float:
    return number if abs(number) > _TINY else _TINY
