"""What an index is made of: indicators in groups, groups in groups, one index at the top."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isfinite

import numpy as np

from tolok.composite.array import BoolArray, FloatArray, IntArray, quotient
from tolok.errors import FaultsFound, IndexFault, did_you_mean


@dataclass(frozen=True)
class Indicator:
    """One column of the data: which way is better, what it weighs, to which group it belongs."""

    name: str
    parent: str | None = None
    weight: float | None = 1.0
    direction: int = 1
    denominator: str | None = None


@dataclass(frozen=True)
class Group:
    """A mean of indicators or of other groups, with its own weight in the group above it."""

    name: str
    parent: str | None = None
    weight: float | None = 1.0


@dataclass(frozen=True)
class Branch:
    """A group by number: its node, and the nodes of what it is made of."""

    name: str
    node: int
    children: IntArray


@dataclass(frozen=True)
class Structure:
    """Indicators and groups under one top, checked whole; a node without a parent hangs there.

    Nodes are numbered: indicators as given, then groups from the bottom up, the top last.

    Raises: FaultsFound with every fault at once: cycles, unknown parents, twice the same name,
    a missing or negative weight, a direction other than 1 and -1, a group of nothing.
    """

    indicators: tuple[Indicator, ...]
    groups: tuple[Group, ...] = ()
    top: str = "index"

    def __post_init__(self) -> None:
        """Check it whole."""
        object.__setattr__(self, "indicators", tuple(self.indicators))
        object.__setattr__(self, "groups", tuple(self.groups))
        faults = list(_faults(self))
        if faults:
            raise FaultsFound("the structure of the index cannot be used", faults)

    @classmethod
    def of_rows(cls, rows: Iterable[Mapping[str, object]], top: str = "index") -> "Structure":
        """The structure that a table states: name, parent, weight, direction, denominator.

        A row is a group where another row names it as parent; a row for the top is passed over.

        Missing: an empty parent is the top; an empty direction is 1; an empty weight is a fault.
        Raises: FaultsFound where a row has no name, or text where a number should stand.
        """
        cells = [dict(row) for row in rows]
        faults = list(_faults_of_rows(cells))
        if faults:
            raise FaultsFound("the structure of the index cannot be read", faults)
        parents = {row.get("parent") for row in cells}
        indicators, groups = [], []
        for row in cells:
            name, parent = str(row["name"]), _text(row.get("parent"))
            weight = _number(row.get("weight", 1.0))
            if row["name"] in parents - {top}:
                groups.append(Group(name, parent, weight))
            elif name != top:
                direction = _number(row.get("direction"))
                way = 1 if direction is None else direction
                below = _text(row.get("denominator"))
                indicators.append(Indicator(name, parent, weight, way, below))  # type: ignore[arg-type]  # a direction of 0.5 is a fault that is told
        return cls(tuple(indicators), tuple(groups), top)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The indicators in their order: the columns of every array of the data."""
        return tuple(indicator.name for indicator in self.indicators)

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """The names of all nodes in the order of their numbers."""
        return (*self.names, *(branch.name for branch in self.branches))

    @cached_property
    def direction(self) -> FloatArray:
        """1 where more is better, -1 where less is. Shape: (indicators,)."""
        return np.array([float(indicator.direction) for indicator in self.indicators])

    @cached_property
    def weight(self) -> FloatArray:
        """The weight of every node in its group; the top weighs 1. Shape: (nodes,)."""
        own = {one.name: one.weight for one in _members(self)}
        return np.array([own.get(name, 1.0) for name in self.nodes], dtype=np.float64)

    @cached_property
    def branches(self) -> tuple[Branch, ...]:
        """The groups from the bottom up: each stands after all that it is made of."""
        above = {group.name: group.parent or self.top for group in self.groups}
        depth = {name: len(_chain(name, above)) for name in above}
        ordered = [*sorted(above, key=lambda name: -depth[name]), self.top]
        number = {name: place for place, name in enumerate([*self.names, *ordered])}
        children: dict[str, list[int]] = {name: [] for name in ordered}
        for one in _members(self):
            children[one.parent or self.top].append(number[one.name])
        return tuple(
            Branch(name, number[name], np.array(sorted(children[name]), dtype=np.int64))
            for name in ordered
        )


def index_weights(structure: Structure, weight: FloatArray) -> FloatArray:
    """The share of every node in the index: its share in its group, times that of the group.

    Shape: (..., nodes) -> (..., nodes).  Units: shares of the indicators add up to 1.
    """
    share = np.ones_like(weight)
    for branch in reversed(structure.branches):
        own = weight[..., branch.children]
        whole = own.sum(axis=-1, keepdims=True)
        share[..., branch.children] = (
            share[..., [branch.node]] * np.nan_to_num(quotient(own, whole))
        )  # fmt: skip
    return share


def live_weights(structure: Structure, weight: FloatArray, usable: BoolArray) -> FloatArray:
    """The weights with 0 for indicators that say nothing and for groups made of such alone.

    Shape: (..., nodes) and (indicators,) -> (..., nodes).
    """
    alive = np.ones(len(structure.nodes), bool)
    alive[: usable.size] = usable & (structure.weight[: usable.size] > 0)
    for branch in structure.branches:
        own = structure.weight[branch.node] > 0
        alive[branch.node] = own and alive[branch.children].any()
    return np.where(alive, weight, 0.0)


def _members(structure: Structure) -> list[Indicator | Group]:
    return [*structure.indicators, *structure.groups]


def _chain(name: str, above: Mapping[str, str]) -> list[str]:
    """The groups above a group; it ends at the first that comes twice."""
    chain: list[str] = []
    while name in above and name not in chain:
        chain.append(name)
        name = above[name]
    return chain


def _faults(structure: Structure) -> Iterator[IndexFault]:
    every = _members(structure)
    names = Counter([structure.top, *(one.name for one in every)])
    for name, count in names.items():
        if count > 1:
            yield IndexFault(name, f"stands {count} times.", "Give each its own name.")
    if not structure.indicators:
        yield IndexFault(structure.top, "has no indicators.")
    for one in every:
        yield from _faults_of(one, structure)
    for indicator in structure.indicators:
        if indicator.direction not in {1, -1}:
            problem = f"direction is {indicator.direction}."
            yield IndexFault(indicator.name, problem, "Say 1 if more is better, -1 if less is.")
    yield from _empty_groups(structure)


def _faults_of(one: Indicator | Group, structure: Structure) -> Iterator[IndexFault]:
    if one.weight is None or np.isnan(one.weight):
        yield IndexFault(one.name, "has no weight.", "Give it one; 0 leaves it out.")
    elif one.weight < 0 or not isfinite(one.weight):
        yield IndexFault(one.name, f"weighs {one.weight}.", "A weight is 0 or more.")
    above = {group.name: group.parent or structure.top for group in structure.groups}
    parent = one.parent or structure.top
    if parent not in above and parent != structure.top:
        known = [structure.top, *above]
        is_leaf = parent in {indicator.name for indicator in structure.indicators}
        what = "is an indicator" if is_leaf else "is no group"
        remedy = did_you_mean(parent, known) or f"Groups are {', '.join(known)}."
        yield IndexFault(one.name, f"its parent {parent!r} {what}.", remedy)
    chain = _chain(one.name, above)
    if chain and above[chain[-1]] == one.name:
        circle = " > ".join([*chain, one.name])
        yield IndexFault(one.name, f"lies above itself: {circle}.", "A group hangs under one top.")


def _empty_groups(structure: Structure) -> Iterator[IndexFault]:
    every = _members(structure)
    for name in [*(group.name for group in structure.groups), structure.top]:
        weights = [one.weight for one in every if (one.parent or structure.top) == name]
        if not weights and structure.indicators:
            yield IndexFault(name, "has nothing in it.", "Remove it, or name it as a parent.")
        elif weights and all(weight == 0 for weight in weights):
            yield IndexFault(name, "all that it is made of weighs 0.", "Weigh one of them.")


def _faults_of_rows(rows: list[dict[str, object]]) -> Iterator[IndexFault]:
    for number, row in enumerate(rows, start=1):
        name = _text(row.get("name"))
        if name is None:
            yield IndexFault(f"row {number}", "has no name.", "Its column is `name`.")
        for column in ("weight", "direction"):
            try:
                _number(row.get(column))
            except (TypeError, ValueError):
                what = f"{column} is {row[column]!r}, not a number."
                yield IndexFault(name or f"row {number}", what)


def _text(cell: object) -> str | None:
    return None if cell is None or cell != cell or cell == "" else str(cell)  # noqa: PLR0124 -- NaN is how pandas says that a text is missing


def _number(cell: object) -> float | None:
    text = _text(cell)
    return None if text is None else float(text)
