"""Scores as entry plus juror, both drawn at random: variances by REML, effects shrunk (BLUP).

Source: Bates, Maechler, Bolker and Walker 2015 (J. Stat. Softw. 67(1)) for the relative covariance
factors; Fisher scoring of restricted likelihood as in Searle, Casella and McCulloch 1992, Variance
Components, chapter 6. A variance may be 0.
"""

from dataclasses import dataclass

import numpy as np

from tolok.composite.array import BoolArray, FloatArray
from tolok.errors import JuryFault
from tolok.jury.additive import fit_additive

_STARTS = (0.0, 0.1, 1.0, 10.0)
"""Ratios to the residual variance at which the search looks for the best place to begin."""
_STEPS = 500
_NEAR = 1e-11
"""A step that is this small beside the variances ends the search."""
_EXACT = 1e-20
"""Residuals of less than this share of all squares are rounding: nothing is left to chance."""


@dataclass(frozen=True)
class Variances:
    """How much entries, jurors and all else spread scores; in squared points."""

    entry: float
    juror: float
    residual: float


@dataclass(frozen=True)
class RandomEffects:
    """The mean, the shrunk effects of entries and jurors, and the variances they are drawn from.

    Shape: entry (entries,), juror (jurors,), covariance of the errors of entries' effects
    (entries, entries).  Missing: the effect of a juror without a score is 0, as nothing is known.
    """

    mean: float
    entry: FloatArray
    juror: FloatArray
    variances: Variances
    log_likelihood: float
    covariance: FloatArray


@dataclass(frozen=True)
class _Scored:
    """All that a likelihood needs of the cells.

    Shape: there and value (jurors, entries), value less its mean and 0 without score; cross
    (entries + jurors, entries + jurors), held (entries + jurors,) numbers of scores.
    """

    there: BoolArray
    value: FloatArray
    shift: float
    cross: FloatArray
    held: FloatArray

    @property
    def size(self) -> int:
        return int(self.there.sum())

    @property
    def is_entry(self) -> BoolArray:
        place: BoolArray = np.arange(self.held.size) < self.there.shape[1]
        return place


@dataclass(frozen=True)
class _State:
    """The fit for given variances. Shape: effect (entries + jurors,), of unit relative scale."""

    scale: FloatArray
    inverse: FloatArray
    mean: float
    effect: FloatArray
    residual: FloatArray
    log_determinant: float
    square: float


def fit_random(cells: FloatArray) -> RandomEffects:
    """Variances of highest restricted likelihood, and the effects that they imply.

    Shape: (jurors, entries).  Missing: NaN is no score.
    Raises: JuryFault where scores are too few to tell three variances apart, or leave no residual.
    """
    there = ~np.isnan(cells)
    fixed = fit_additive(cells)
    if there.any(axis=1).sum() < 2 or cells.shape[1] < 2 or fixed.degrees < 1:
        problem = "the scores are too few to tell the variances of entries, jurors and rest apart."
        raise JuryFault("random", problem, "Tally by the method additive.")
    spread = float(np.nansum((cells - np.nanmean(cells)) ** 2))
    if np.nansum(fixed.residual**2) <= _EXACT * max(spread, 1.0):
        problem = "jurors differ by constants only, which leaves nothing to chance."
        raise JuryFault("random", problem, "Tally by the method additive.")
    scored = _scored(cells)
    return random_effects(cells, _climbed(scored, _start(scored)))


def random_effects(cells: FloatArray, variances: Variances) -> RandomEffects:
    """The effects that given variances imply: the mean by least squares, the rest shrunk to it."""
    scored = _scored(cells)
    state = _state(scored, variances)
    effect = state.scale * state.effect
    own = scored.is_entry
    inner = state.inverse[1:, 1:][np.ix_(own, own)]
    covariance = variances.residual * state.scale[own][:, None] * inner * state.scale[own]
    deviance = _deviance(scored, state, variances)
    mean = state.mean + scored.shift
    return RandomEffects(mean, effect[own], effect[~own], variances, -deviance / 2, covariance)


def _scored(cells: FloatArray) -> _Scored:
    there = ~np.isnan(cells)
    shift = float(np.nanmean(cells))
    ones = there.astype(np.float64)
    of_entry, of_juror = ones.sum(axis=0), ones.sum(axis=1)
    cross = np.block([[np.diag(of_entry), ones.T], [ones, np.diag(of_juror)]])
    value = np.where(there, cells - shift, 0.0)
    return _Scored(there, value, shift, cross, np.concatenate([of_entry, of_juror]))


def _state(scored: _Scored, variances: Variances) -> _State:
    ratio = np.where(scored.is_entry, variances.entry, variances.juror) / variances.residual
    scale = np.sqrt(ratio)
    of_mean = scale * scored.held
    inner = scale[:, None] * scored.cross * scale + np.eye(scale.size)
    matrix = np.block(
        [[np.array([[float(scored.size)]]), of_mean[None]], [of_mean[:, None], inner]]
    )
    total = np.concatenate([scored.value.sum(axis=0), scored.value.sum(axis=1)])
    right = np.concatenate([[scored.value.sum()], scale * total])
    inverse = np.linalg.inv(matrix)
    solution = np.linalg.solve(matrix, right)
    mean, effect = float(solution[0]), solution[1:]
    own, juror = np.split(scale * effect, [scored.there.shape[1]])
    rest = np.where(scored.there, scored.value - mean - own - juror[:, None], 0.0)
    square = float((rest**2).sum() + (effect**2).sum())
    return _State(scale, inverse, mean, effect, rest, float(np.linalg.slogdet(matrix)[1]), square)


def _deviance(scored: _Scored, state: _State, variances: Variances) -> float:
    """Minus twice the restricted log-likelihood."""
    free = scored.size - 1
    constant = free * np.log(2 * np.pi * variances.residual)
    return float(state.log_determinant + constant + state.square / variances.residual)


def _start(scored: _Scored) -> Variances:
    """The best of a few ratios, each with the residual variance that suits it."""
    best, lowest = Variances(1.0, 1.0, 1.0), np.inf
    for entry in _STARTS:
        for juror in _STARTS:
            state = _state(scored, Variances(entry, juror, 1.0))
            residual = state.square / (scored.size - 1)
            found = Variances(entry * residual, juror * residual, residual)
            deviance = _deviance(scored, _state(scored, found), found)
            if deviance < lowest:
                best, lowest = found, deviance
    return best


def _climbed(scored: _Scored, variances: Variances) -> Variances:
    """Fisher scoring with halved steps; a variance that would turn negative stays at 0."""
    here = np.array([variances.entry, variances.juror, variances.residual])
    state = _state(scored, variances)
    deviance = _deviance(scored, state, variances)
    for _ in range(_STEPS):
        slope, information = _scores(scored, state, float(here[2]))
        free = (here > 0) | (slope > 0)
        step = np.zeros(3)
        step[free] = np.linalg.solve(information[np.ix_(free, free)], slope[free])
        while True:
            there = np.maximum(here + step, [0, 0, here[2] / 10])
            found = Variances(*map(float, there))
            state = _state(scored, found)
            lower = _deviance(scored, state, found)
            moved = float(np.abs(there - here).max())
            if lower <= deviance or moved <= _NEAR * here.sum():
                break
            step /= 2
        here, deviance = there, lower
        if moved <= _NEAR * here.sum():
            return found
    problem = f"the variances do not settle in {_STEPS} steps."
    raise JuryFault("random", problem, "Tally by the method additive.")


def _scores(scored: _Scored, state: _State, residual: float) -> tuple[FloatArray, FloatArray]:
    """The slope of the restricted likelihood in the three variances, and its information.

    All traces are of matrices of the size of entries + jurors, whatever the number of scores.
    """
    own = scored.is_entry
    wide = np.concatenate([scored.held[:, None], scored.cross * state.scale], axis=1)
    gram = np.linalg.inv(state.inverse)
    gram[np.arange(1, len(gram)), np.arange(1, len(gram))] -= 1
    left = wide @ state.inverse
    once = (scored.cross - left @ wide.T) / residual
    middle = state.inverse @ gram
    twice = (scored.cross - 2 * left @ wide.T + left @ gram @ left.T) / residual**2
    rest = state.residual / residual
    parts = (rest.sum(axis=0), rest.sum(axis=1), rest)
    trace = [once[own][:, own].trace(), once[~own][:, ~own].trace()]
    trace.append((scored.size - middle.trace()) / residual)
    slope = np.array([((part**2).sum() - one) / 2 for part, one in zip(parts, trace, strict=True)])
    information = np.empty((3, 3))
    for row, of_row in enumerate((own, ~own)):
        for column, of_column in enumerate((own, ~own)):
            information[row, column] = (once[np.ix_(of_row, of_column)] ** 2).sum()
        information[row, 2] = information[2, row] = twice[np.ix_(of_row, of_row)].trace()
    product = float(np.einsum("ij,ji->", middle, middle))
    information[2, 2] = (scored.size - 2 * middle.trace() + product) / residual**2
    return slope, information / 2
