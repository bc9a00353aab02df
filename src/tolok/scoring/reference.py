"""Frozen parameters: taken once from the reference set, published, and read ever after.

An indicator asks for its parameters by name and says how they would be fitted. At the freeze they
are fitted and noted; afterwards they are looked up. So there is one way through every formula.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import isnan
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from tolok.composite.array import FloatArray, IntArray


class Parameter(NamedTuple):
    """A frozen value, and the number of accounts or institutions that it was taken from."""

    value: float
    unit_count: int


class Key(NamedTuple):
    """Where a parameter belongs; slot is the platform, with its stratum after a slash."""

    category: str
    indicator: str
    slot: str
    parameter: str


class Fit(NamedTuple):
    """Parameters by name, each of the slots' shape, and the units behind every slot."""

    values: dict[str, FloatArray]
    unit_count: IntArray


class Site(NamedTuple):
    """The indicator that asks for parameters, and its slots in an array of any shape."""

    category: str
    indicator: str
    slots: NDArray[np.str_]


class Source(Protocol):
    """Where parameters come from."""

    def take(self, site: Site, names: tuple[str, ...], fit: Callable[[], Fit]) -> list[FloatArray]:
        """The parameters of these names, each of the slots' shape; NaN where there is none."""
        ...


Asked = tuple[str, str, tuple[str, ...]]
"""A category, its indicator, and the names of the parameters that it asks for together."""

Fits = Mapping[Asked, tuple[Site, Fit]]
"""Fits by what was asked for."""


@dataclass(frozen=True, eq=False)
class Reference:
    """The parameters of an edition. Whoever is scored against it changes nothing in it.

    They are given one by one, as published, or as the fits that they were taken from.
    """

    given: dict[Key, Parameter]
    fits: dict[Asked, tuple[Site, Fit]] = field(default_factory=dict)
    _taken: dict[Hashable, list[FloatArray]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def parameters(self) -> dict[Key, Parameter]:
        """All parameters, in order of their keys.

        Missing: a slot without units has none.
        """
        found = dict(self.given)
        for site, fit in self.fits.values():
            units = fit.unit_count.ravel().tolist()
            for name, value in fit.values.items():
                told = zip(site.slots.ravel().tolist(), value.ravel().tolist(), units, strict=True)
                found |= {
                    Key(site.category, site.indicator, slot, name): Parameter(number, count)
                    for slot, number, count in told
                    if not isnan(number)
                }
        return dict(sorted(found.items()))

    def take(self, site: Site, names: tuple[str, ...], fit: Callable[[], Fit]) -> list[FloatArray]:
        """The frozen parameters; nothing is fitted.

        Missing: NaN for a slot that the reference does not know.
        """
        del fit
        asked = (*site[:2], tuple(site.slots.flat), names)
        if asked not in self._taken:
            self._taken[asked] = self._found(site, names)
        return self._taken[asked]

    def _found(self, site: Site, names: tuple[str, ...]) -> list[FloatArray]:
        fitted = self.fits.get((*site[:2], names))
        if fitted and np.array_equal(fitted[0].slots, site.slots):
            return [fitted[1].values[name] for name in names]
        unknown = Parameter(np.nan, 0)
        values = [
            self.parameters.get(Key(*site[:2], str(slot), name), unknown).value
            for name in names
            for slot in site.slots.flat
        ]
        return list(np.array(values).reshape(len(names), *site.slots.shape))


@dataclass(frozen=True)
class Freeze:
    """Fits parameters when they are first asked for, and notes them."""

    fits: dict[Asked, tuple[Site, Fit]] = field(default_factory=dict)

    def take(self, site: Site, names: tuple[str, ...], fit: Callable[[], Fit]) -> list[FloatArray]:
        """The parameters as fitted when an indicator first asks for these names."""
        asked = (*site[:2], names)
        if asked not in self.fits:
            self.fits[asked] = site, fit()
        values = self.fits[asked][1].values
        return [values[name] for name in names]

    @property
    def reference(self) -> Reference:
        """What was noted so far."""
        return Reference({}, dict(self.fits))
