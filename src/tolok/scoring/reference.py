"""Frozen parameters: taken once from the reference set, published, and read ever after.

An indicator asks for its parameters by name and says how they would be fitted. At the freeze they
are fitted and noted; afterwards they are looked up. So there is one way through every formula.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Reference:
    """The parameters of an edition. Whoever is scored against it changes nothing in it."""

    parameters: dict[Key, Parameter]
    _taken: dict[Hashable, list[FloatArray]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def take(self, site: Site, names: tuple[str, ...], fit: Callable[[], Fit]) -> list[FloatArray]:
        """The frozen parameters; nothing is fitted.

        Missing: NaN for a slot that the reference does not know.
        """
        del fit
        asked = (*site[:2], tuple(site.slots.flat), names)
        if asked not in self._taken:
            unknown = Parameter(np.nan, 0)
            values = [
                self.parameters.get(Key(*site[:2], str(slot), name), unknown).value
                for name in names
                for slot in site.slots.flat
            ]
            self._taken[asked] = list(np.array(values).reshape(len(names), *site.slots.shape))
        return self._taken[asked]


@dataclass(frozen=True)
class Freeze:
    """Fits parameters when they are first asked for, and notes them."""

    noted: dict[Key, Parameter] = field(default_factory=dict)

    def take(self, site: Site, names: tuple[str, ...], fit: Callable[[], Fit]) -> list[FloatArray]:
        """The parameters as fitted now.

        Missing: a slot without units is not noted.
        """
        fitted = fit()
        for name in names:
            for place in np.ndindex(site.slots.shape):
                if not np.isnan(fitted.values[name][place]):
                    key = Key(*site[:2], str(site.slots[place]), name)
                    value = float(fitted.values[name][place])
                    self.noted[key] = Parameter(value, int(fitted.unit_count[place]))
        return [fitted.values[name] for name in names]

    @property
    def reference(self) -> Reference:
        """What was noted so far, in order of its keys."""
        return Reference(dict(sorted(self.noted.items())))
