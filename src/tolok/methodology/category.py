"""A category of an award: its indicators, their weights, and who is eligible."""

from dataclasses import dataclass

from tolok.methodology.document import Document, Section
from tolok.methodology.jury import Criterion, read_criteria
from tolok.model import KINDS, Label

MODELS = {
    "residual": "trimmed mean of the log of a count, less what the audience lets expect",
    "level": "trimmed mean of the log of a count; not size-adjusted",
    "above_expected": "share of posts above what the platform lets expect",
    "share": "a part of a whole, or the mean of several such shares",
    "rate": "events per exposure",
    "total": "a sum over the window",
    "diversity": "effective number of platforms",
    "uplift": "trimmed mean of the log of a count: these kinds less the account's other posts",
    "growth": "growth of followers, less what their number lets expect",
    "category": "the score in another category",
}
_NEEDS = {
    "share": "ratio",
    "rate": "ratio",
    "total": "metric",
    "diversity": "metric",
    "category": "category",
}
_OF_LEVELS = ("residual", "level", "above_expected")
_OF_POSTS = (*_OF_LEVELS, "uplift")
MEASURES = ("interaction_count", "view_count")
TRANSFORMS = ("none", "log", "log1p", "logit")
AGGREGATIONS = ("arithmetic", "geometric")
ABSENT_CATEGORY = ("missing", "fifth_percentile")


@dataclass(frozen=True)
class Ratio:
    """A part and its whole: additive metrics, or the window's `days` or `weeks` as the whole."""

    numerator: str
    denominator: str


@dataclass(frozen=True)
class Indicator:
    """One indicator of a category: a model applied to a measure or to metrics, and its weight.

    `kinds` limits the posts (empty: all). `strata` are groups of kinds that are normalised apart
    (short and long video); empty is one stratum. `by_platform` compares platforms inside themselves
    first. `per` multiplies a rate (per 100 comments).
    """

    name: str
    label: Label
    weight: float
    model: str
    measure: str = "interaction_count"
    kinds: tuple[str, ...] = ()
    strata: tuple[tuple[str, ...], ...] = ()
    baseline: str = "residual"
    ratios: tuple[Ratio, ...] = ()
    metric: str = ""
    per_week: bool = False
    per: float = 1.0
    transform: str = "none"
    by_platform: bool = False
    category: str = ""
    absent: str = "missing"
    is_size_adjusted: bool = True

    @property
    def every_kind(self) -> tuple[str, ...]:
        """The kinds of posts that it is about, those of all strata together; empty is all."""
        return self.kinds or tuple(kind for stratum in self.strata for kind in stratum)


@dataclass(frozen=True)
class Gate:
    """What an institution needs in a category beyond the edition's eligibility."""

    kinds: tuple[str, ...] = ()
    min_posts: int = 0
    min_weeks: int = 0


@dataclass(frozen=True)
class Category:
    """A category of the award as written in categories/*.toml."""

    name: str
    order: int
    label: Label
    question: Label
    aggregation: str
    gate: Gate
    indicators: tuple[Indicator, ...]
    nominee_count: int | None = None
    criteria: tuple[Criterion, ...] = ()

    @property
    def engagement(self) -> Indicator | None:
        """The first indicator that compares interactions post by post; None where there is none."""
        return next(
            (
                one
                for one in self.indicators
                if one.model in _OF_LEVELS and one.measure == "interaction_count"
            ),
            None,
        )

    @property
    def measure(self) -> str:
        """The count that tells its best posts: of its first indicator that goes post by post."""
        return self._of_posts.measure if self._of_posts else MEASURES[0]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of posts that it is about; empty is all."""
        return self.gate.kinds or (self._of_posts.every_kind if self._of_posts else ())

    @property
    def _of_posts(self) -> Indicator | None:
        return next((one for one in self.indicators if one.model in _OF_POSTS), None)


def read_category(document: Document) -> Category:
    """The category of one file."""
    gate = document.section("gate")
    category = Category(
        name=document.text("name"),
        order=document.integer("order", low=1),
        label=document.label("label"),
        question=document.label("question"),
        aggregation=document.text("aggregation", "arithmetic", choices=AGGREGATIONS),
        gate=Gate(
            kinds=gate.texts("kinds", (), choices=KINDS),
            min_posts=gate.integer("min_posts", 0),
            min_weeks=gate.integer("min_weeks", 0),
        ),
        indicators=tuple(
            _read_indicator(section) for section in document.sections("indicator", required=True)
        ),
        nominee_count=document.integer("nominee_count", low=1)
        if "nominee_count" in document
        else None,
        criteria=read_criteria(document),
    )
    gate.close()
    document.close()
    names = [indicator.name for indicator in category.indicators]
    if len(set(names)) < len(names):
        document.fault("indicator", "two indicators have one name.", "Name each once.")
    if category.indicators and sum(i.weight for i in category.indicators) <= 0:
        document.fault("indicator", "the weights add up to nothing.", "Give one a weight above 0.")
    return category


def _read_indicator(section: Section) -> Indicator:
    model = section.text("model", choices=tuple(MODELS))
    indicator = Indicator(
        name=section.text("name"),
        label=section.label("label"),
        weight=section.number("weight", low=0),
        model=model,
        measure=section.text("measure", "interaction_count", choices=MEASURES),
        kinds=section.texts("kinds", (), choices=KINDS),
        strata=_read_strata(section),
        baseline=section.text("baseline", "residual", choices=("residual", "level")),
        ratios=tuple(_read_ratio(ratio) for ratio in section.sections("ratio")),
        metric=section.text("metric", ""),
        per_week=section.flag("per_week", False),
        per=section.number("per", 1.0, low=1e-9),
        transform=section.text("transform", "none", choices=TRANSFORMS),
        by_platform=section.flag("by_platform", False),
        category=section.text("category", ""),
        absent=section.text("absent", "missing", choices=ABSENT_CATEGORY),
        is_size_adjusted=section.flag("size_adjusted", True),
    )
    section.close()
    needs = _NEEDS.get(model)
    if needs and not section.values().get(needs):
        section.fault("model", f"{model!r} needs {needs!r}.", f"Add {needs}.")
    return indicator


def _read_strata(section: Section) -> tuple[tuple[str, ...], ...]:
    """Groups of kinds, written as texts that join kinds with "+": ["short_video", "video+live"]."""
    groups = tuple(tuple(group.split("+")) for group in section.texts("strata", ()))
    for kind in (kind for group in groups for kind in group if kind not in KINDS):
        section.fault(
            "strata", f"{kind!r} is no kind of post.", f"Expected some of {', '.join(KINDS)}."
        )
    kinds = [kind for group in groups for kind in group]
    if len(set(kinds)) < len(kinds):
        section.fault("strata", "a kind stands twice.", "Put each kind into one stratum.")
    return groups


def _read_ratio(section: Section) -> Ratio:
    ratio = Ratio(numerator=section.text("numerator"), denominator=section.text("denominator"))
    section.close()
    return ratio
