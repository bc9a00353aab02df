"""Empirical Bayes: how far a value that rests on little is drawn towards its platform.

Sums over institutions are exactly rounded, so no order of institutions enters a parameter.
"""

from math import fsum, inf

import numpy as np

from tolok.composite.array import FloatArray, quotient

MIN_BETA_WEIGHT = 1.0
"""A Beta prior weighs at least one observation, so that no share becomes 0 or 1."""


def between_variance(value: FloatArray, variance: FloatArray) -> tuple[float, float]:
    """The mean and the variance between units that differ by more than their own variance.

    Shape: (units,) each -> two numbers.
    Units: the variance is in squared units of the value, 0 if all difference may be chance.
    Missing: one unit alone is its own mean, with variance 0.
    Source: DerSimonian and Laird 1986 (Control. Clin. Trials 7, 177-188).
    """
    if not np.all(variance > 0):  # values without error: nothing is chance
        mean = fsum(value) / value.size
        return mean, fsum((value - mean) ** 2) / max(value.size - 1, 1)
    weight = 1 / variance
    total = fsum(weight)
    mean = fsum(weight * value) / total
    spread = fsum(weight * (value - mean) ** 2)
    room = total - fsum(weight**2) / total
    between = max(0.0, (spread - (value.size - 1)) / room) if value.size > 1 else 0.0
    weight = 1 / (variance + between)
    return fsum(weight * value) / fsum(weight), between


def beta_prior(part: FloatArray, whole: FloatArray) -> tuple[float, float]:
    """The mean and the weight of a Beta prior of shares, by moments.

    Shape: (units,) each -> two numbers.
    Units: the weight is in observations: a + b of the Beta. It is infinite where the shares do not
    differ by more than chance.
    Source: Kleinman 1973 (J. Am. Stat. Assoc. 68, 46-54), weights n.
    """
    total, units = fsum(whole), whole.size
    mean = fsum(part) / total
    chance = mean * (1 - mean)
    spread = fsum(whole * (part / whole - mean) ** 2) - chance * (units - 1)
    room = chance * (total - fsum(whole**2) / total - (units - 1))
    if spread <= 0 or room <= 0:
        return mean, inf
    return mean, max(room / spread - 1, MIN_BETA_WEIGHT)


def gamma_prior(events: FloatArray, exposure: FloatArray) -> tuple[float, float]:
    """The mean and the weight of a Gamma prior of rates, by moments.

    Shape: (units,) each -> two numbers.
    Units: the mean is events per exposure; the weight is in exposures, the rate parameter of the
    Gamma. It is infinite where the rates do not differ by more than chance.
    Source: Clayton and Kaldor 1987 (Biometrics 43, 671-681), moment version.
    """
    total, units = fsum(exposure), exposure.size
    mean = fsum(events) / total
    spread = fsum(exposure * (events / exposure - mean) ** 2) - mean * (units - 1)
    room = total - fsum(exposure**2) / total
    if spread <= 0 or room <= 0:
        return mean, inf
    return mean, mean * room / spread


def shrink_by_variance(
    value: FloatArray, variance: FloatArray, mean: FloatArray, between: FloatArray
) -> FloatArray:
    """m + t2 / (t2 + v) (e - m): the value, drawn towards the mean by its own variance.

    Shape: any, broadcast.  Missing: NaN stays NaN. A value without error stays as it is.
    Source: Efron and Morris 1975 (J. Am. Stat. Assoc. 70, 311-319).
    """
    factor = np.where(variance == 0, 1.0, quotient(between, between + variance))
    return mean + factor * (value - mean)


def shrink_by_exposure(
    part: FloatArray, whole: FloatArray, mean: FloatArray, weight: FloatArray
) -> FloatArray:
    """(part + mean weight) / (whole + weight): the posterior mean of a share or a rate.

    Shape: any, broadcast.  Missing: NaN where the whole is 0 or unknown.
    """
    return mean + whole / (whole + weight) * (quotient(part, whole) - mean)
