"""Intraclass correlations and Kendall's W: how far a complete panel agrees."""

from dataclasses import dataclass

import numpy as np

from tolok.composite.array import FloatArray
from tolok.errors import JuryFault
from tolok.jury.tail import chi_squared_tail, f_quantile, f_tail


@dataclass(frozen=True)
class Squares:
    """Mean squares of entries by jurors: between, within, of jurors, and of the error."""

    between: float
    within: float
    jurors: float
    error: float


@dataclass(frozen=True)
class Correlation:
    """An intraclass correlation, the F test that it is 0, and its interval."""

    form: str
    value: float
    f: float
    degrees: tuple[float, float]
    p: float
    low: float
    high: float


@dataclass(frozen=True)
class Concordance:
    """Kendall's W, corrected for ties or not, and the chi-squared test that jurors do not agree."""

    w: float
    uncorrected: float
    chi_squared: float
    degrees: int
    p: float


def mean_squares(cells: FloatArray) -> Squares:
    """The mean squares of a two-way layout with one score a cell.

    Shape: (jurors, entries).
    Raises: JuryFault where a score is missing, or there are not two jurors and two entries.
    """
    _require_complete(cells, "intraclass correlation")
    jurors, entries = cells.shape
    of_entry, of_juror, mean = cells.mean(axis=0), cells.mean(axis=1), cells.mean()
    rest = cells - of_entry - of_juror[:, None] + mean
    return Squares(
        between=float(jurors * ((of_entry - mean) ** 2).sum() / (entries - 1)),
        within=float(((cells - of_entry) ** 2).sum() / (entries * (jurors - 1))),
        jurors=float(entries * ((of_juror - mean) ** 2).sum() / (jurors - 1)),
        error=float((rest**2).sum() / ((entries - 1) * (jurors - 1))),
    )


def intraclass_correlations(cells: FloatArray, coverage: float = 0.95) -> list[Correlation]:
    """The six forms: one-way, absolute agreement, consistency; of one juror and of the panel.

    ICC(1,1), ICC(A,1), ICC(C,1), ICC(1,k), ICC(A,k), ICC(C,k), in this order: those that Shrout and
    Fleiss call (1,1), (2,1), (3,1), (1,k), (2,k), (3,k).

    Shape: (jurors, entries).  Missing: NaN where all scores are the same.
    Raises: JuryFault where a score is missing, or there are not two jurors and two entries.
    Source: Shrout and Fleiss 1979 (Psychol. Bull. 86); intervals of McGraw and Wong 1996
    (Psychol. Methods 1).
    """
    squares = mean_squares(cells)
    k, n = cells.shape
    tail = (1 - coverage) / 2
    found = {
        "1": _one_way(squares, n, k, tail),
        "A": _agreement(squares, n, k, tail),
        "C": _consistency(squares, n, k, tail),
    }
    single = [Correlation(f"ICC({kind},1)", *figures) for kind, figures in found.items()]
    return [*single, *(_of_panel(one, k) for one in single)]


def kendall_w(cells: FloatArray) -> Concordance:
    """How far jurors put entries in the same order: 1 in all, 0 in nothing.

    Shape: (jurors, entries).  Ties: share the mean of their places, and W is corrected for them.
    Missing: NaN where every juror gives one score only.
    Raises: JuryFault where a score is missing, or there are not two jurors and two entries.
    Source: Kendall and Babington Smith 1939 (Ann. Math. Stat. 10); Siegel 1956, chapter 9.
    """
    _require_complete(cells, "Kendall's W")
    jurors, entries = cells.shape
    below = (cells[:, :, None] > cells[:, None, :]).sum(axis=2)
    same = (cells[:, :, None] == cells[:, None, :]).sum(axis=2)
    total = (below + (same + 1) / 2).sum(axis=0)
    squares = float(((total - total.mean()) ** 2).sum())
    most = jurors**2 * (entries**3 - entries)
    ties = jurors * float((same**2 - 1).sum())
    w = 12 * squares / (most - ties) if most > ties else float("nan")
    chi = jurors * (entries - 1) * w
    tail = chi_squared_tail(chi, entries - 1)
    return Concordance(w, 12 * squares / most, chi, entries - 1, tail)


_Figures = tuple[float, float, tuple[float, float], float, float, float]


def _one_way(squares: Squares, n: int, k: int, tail: float) -> _Figures:
    value = _share(squares.between - squares.within, squares.between + (k - 1) * squares.within)
    f, degrees = _over(squares.between, squares.within), (n - 1, n * (k - 1))
    return (value, f, degrees, f_tail(f, *degrees), *_interval(f, degrees, k, tail))


def _consistency(squares: Squares, n: int, k: int, tail: float) -> _Figures:
    value = _share(squares.between - squares.error, squares.between + (k - 1) * squares.error)
    f, degrees = _over(squares.between, squares.error), (n - 1, (n - 1) * (k - 1))
    return (value, f, degrees, f_tail(f, *degrees), *_interval(f, degrees, k, tail))


def _agreement(squares: Squares, n: int, k: int, tail: float) -> _Figures:
    """Absolute agreement; the degrees of freedom of its interval are Satterthwaite's."""
    between, jurors, error = squares.between, squares.jurors, squares.error
    whole = between + (k - 1) * error + k / n * (jurors - error)
    value = _share(between - error, whole)
    f, degrees = _over(between, error), (n - 1, (n - 1) * (k - 1))
    low = high = float("nan")
    if value < 1:  # false for NaN too
        a = k * value / (n * (1 - value))
        b = 1 + k * value * (n - 1) / (n * (1 - value))
        parts = (a * jurors) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1))
        free = _over((a * jurors + b * error) ** 2, parts)
        upper, lower = f_quantile(tail, n - 1, free), f_quantile(tail, free, n - 1)
        other = k * jurors + (k * n - k - n) * error
        low = _share(n * (between - upper * error), upper * other + n * between)
        high = _share(n * (lower * between - error), other + n * lower * between)
    return value, f, degrees, f_tail(f, *degrees), low, high


def _interval(f: float, degrees: tuple[float, float], k: int, tail: float) -> tuple[float, float]:
    low = f / f_quantile(tail, *degrees)
    high = f * f_quantile(tail, degrees[1], degrees[0])
    return _share(low - 1, low + k - 1), _share(high - 1, high + k - 1)


def _of_panel(one: Correlation, k: int) -> Correlation:
    """The correlation of means of k jurors (Spearman and Brown)."""
    value, low, high = (
        _share(k * part, 1 + (k - 1) * part) for part in (one.value, one.low, one.high)
    )
    return Correlation(one.form.replace(",1", ",k"), value, one.f, one.degrees, one.p, low, high)


def _share(part: float, whole: float) -> float:
    return part / whole if whole != 0 else float("nan")


def _over(part: float, whole: float) -> float:
    if whole > 0:
        return part / whole
    return float("inf") if part > 0 else float("nan")


def _require_complete(cells: FloatArray, what: str) -> None:
    if np.isnan(cells).any():
        problem = f"{what} needs every juror's score of every entry."
        raise JuryFault("agreement", problem, "Krippendorff's alpha does without.")
    if min(cells.shape) < 2:
        raise JuryFault("agreement", f"{what} needs two jurors and two entries.")
