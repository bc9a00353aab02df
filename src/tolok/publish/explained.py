"""A difference between two institutions in sentences, each with what it adds in points."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, expm1

from tolok.methodology.category import Category, Indicator
from tolok.methodology.rules import Rules
from tolok.publish.language import Language
from tolok.scoring.explain_rule import Contribution
from tolok.scoring.explain_step import Step

TOLD = {"week": 3, "kind": 2, "size": 2, "post": 3, "weight": 3}
"""How many causes of a kind are told one by one, the strongest first; of other kinds all are."""
LEAST_SHARE = 0.04
"""A cause is taken apart if it is at least this part of all that the indicators add and take."""
LEAST_POINTS = 0.005
_POSTS = ("posts", "other_posts")
_UNDER_POSTS = ("week", "kind", "size")


@dataclass(frozen=True)
class Place:
    """An institution in a category's ranking."""

    institution_id: str
    institution: str
    cluster: str
    rank: int
    score: float


@dataclass(frozen=True, eq=False)
class Explanation:
    """The difference of two scores, and the way among the nominees.

    Missing: target is None for a nominee, which has nobody to reach. `posts` holds the address and
    the day of known posts.
    """

    rules: Rules
    category: Category
    own: Place
    other: Place
    difference: Contribution
    target: Place | None
    steps: tuple[Step, ...]
    posts: Mapping[str, tuple[str, date]]


def explained_lines(
    found: Explanation, language: Language, *, is_whole: bool = False
) -> Iterator[str]:
    """The difference in sentences, a cause a line, deeper causes further to the right.

    Small causes are told together, and not taken apart, unless the whole is wanted.
    """
    words, own, other = language.words, found.own, found.other
    for key, place in (("explain.own", own), ("explain.other", other)):
        yield words(
            key,
            name=place.institution,
            category=language.category(found.category.name),
            cluster=language.cluster(place.cluster),
            rank=place.rank,
            score=place.score,
        )
    value = found.difference.value
    key = "explain.more" if value >= 0 else "explain.less"
    yield words(key, name=own.institution, points=language.formats.number(abs(value), 2))
    yield ""
    yield words("explain.adds_up")
    moved = sum(abs(one.value) for one in found.difference.children)
    teller = _Teller(found, language, 0.0 if is_whole else LEAST_SHARE * moved)
    yield from teller.lines(found.difference, 1, None)


@dataclass(frozen=True)
class _Teller:
    found: Explanation
    language: Language
    least: float

    def lines(
        self, node: Contribution, depth: int, within: tuple[Category, Indicator] | None
    ) -> Iterator[str]:
        """The causes within a cause; the small ones of a long list are told as one."""
        words = self.language.words
        children = strongest(node.children)
        limit = TOLD.get(children[0].kind, len(children)) if children else 0
        limit = limit if self.least > 0 else len(children)
        for child in children[:limit]:
            if abs(child.value) < LEAST_POINTS and self.least > 0:
                continue  # it would be printed as nothing
            site = self._site(child, within)
            yield self._line(depth, child.value, self.sentence(child, site))
            if abs(child.value) >= self.least:
                yield from self.lines(child, depth + 1, site)
        rest = [one for one in children[limit:] if one.value]
        if rest:
            text = words("explain.smaller", n=len(rest))
            yield self._line(depth, sum(one.value for one in rest), text)

    def sentence(self, node: Contribution, within: tuple[Category, Indicator] | None) -> str:
        """One cause in words, with what both sides have."""
        words, indicator = self.language.words, within[1] if within else None
        unit = self._unit(node.kind, indicator)
        if node.kind == "post":
            url, day = self.found.posts.get(node.name, (node.name, None))
            count = node.own if node.own is not None else node.other or 0.0
            owner = self.found.own if node.own is not None else self.found.other
            return words(
                "explain.post", name=owner.institution, url=url, day=day or "", count=int(count)
            )
        text = words(
            f"explain.{node.kind}",
            name=self._name(node, within),
            own=self._side(node.own, unit),
            other=self._side(node.other, unit),
        )
        if node.own_base is None or node.other_base is None:
            return text
        is_ratio = indicator is not None and indicator.model in ("share", "rate")
        if is_ratio and node.own_base == node.other_base:
            return text
        key = "explain.whole" if is_ratio else "explain.count"
        posts = words(key, own=int(node.own_base), other=int(node.other_base))
        return f"{text} ({posts})"

    def _site(
        self, node: Contribution, within: tuple[Category, Indicator] | None
    ) -> tuple[Category, Indicator] | None:
        """The category and indicator that a cause lies in; a category's own are found within it."""
        if node.kind not in ("indicator", "weight"):
            return within
        category = within[0] if within else self.found.category
        if within and within[1].model == "category":
            taken = within[1].category
            category = next(one for one in self.found.rules.categories if one.name == taken)
        return category, next(one for one in category.indicators if one.name == node.name)

    def _name(self, node: Contribution, within: tuple[Category, Indicator] | None) -> str:
        language = self.language
        names: dict[str, Callable[[], str]] = {
            "week": lambda: language.formats.day(date.fromisoformat(node.name)),
            "kind": lambda: language.kind(node.name),
            "size": lambda: self._size(node.name),
            "assumed": lambda: language.category(node.name),
            "ratio": lambda: language.metric(node.name),
        }
        if node.kind in ("indicator", "weight") and within:
            return language.indicator(*within)
        if node.kind in ("slot", "share", "platform"):
            return language.stratum(node.name)
        return names.get(node.kind, lambda: node.name)()

    def _size(self, name: str) -> str:
        low, _, high = name.partition("-")
        count = self.language.formats.count
        return f"{count(int(low))}–{count(int(high))}" if high else count(int(low))

    def _unit(self, kind: str, indicator: Indicator | None) -> Callable[[float], str]:
        """How what both sides have of a kind is written."""
        formats, model = self.language.formats, indicator.model if indicator else ""
        if kind == "value":
            return _value_unit(model, indicator, self.language)
        units: dict[str, Callable[[float], str]] = {
            "typical": lambda y: formats.figure(round(expm1(y))),
            "share": lambda share: formats.share(share, 1),
            "growth": lambda log: formats.share(expm1(log), 1),
            "points": formats.number,
            "figure": lambda value: formats.figure(round(value, 2)),
        }
        return units[_UNIT_IN_MODEL.get((model, kind)) or _UNITS.get(kind, "figure")]

    def _side(self, value: float | None, unit: Callable[[float], str]) -> str:
        return self.language.words("explain.nothing") if value is None else unit(value)

    def _line(self, depth: int, value: float, text: str) -> str:
        number = self.language.formats.number(value, 2)
        signed = number if value < 0 else f"+{number}"
        return f"{'   ' * depth}{signed:>7}  {text}"


_UNITS = dict.fromkeys(_POSTS, "typical")
_UNITS |= dict.fromkeys(("weight", "share", "absent", "pull"), "share") | {"growth": "growth"}
_UNITS |= dict.fromkeys(("indicator", "slot", "assumed"), "points")
_UNIT_IN_MODEL = {
    (model, kind): "typical" for model in ("residual", "level", "uplift") for kind in _UNDER_POSTS
}
_UNIT_IN_MODEL |= {("above_expected", kind): "share" for kind in _UNDER_POSTS}
_UNIT_IN_MODEL[("diversity", "platform")] = "share"
"""The unit of what both sides have, by kind; and where the model decides, by model and kind."""


def _value_unit(
    model: str, indicator: Indicator | None, language: Language
) -> Callable[[float], str]:
    """The unit of an own value: how often the expected, how many, which share."""
    formats = language.formats
    if model in ("residual", "uplift"):
        key = "explain.times" if model == "residual" else "explain.times_others"
        return lambda log: language.words(key, times=formats.number(exp(log), 2))
    if model == "level":
        return lambda y: formats.figure(round(expm1(y)))
    is_share = model == "share" and indicator is not None and indicator.per == 1
    if model == "above_expected" or is_share:
        return lambda share: formats.share(share, 1)
    return lambda value: formats.figure(round(value, 2))


def strongest(parts: Sequence[Contribution]) -> list[Contribution]:
    """Causes, the strongest first.

    Ties: by kind and name.
    """
    return sorted(parts, key=lambda one: (-abs(one.value), one.kind, one.name))
