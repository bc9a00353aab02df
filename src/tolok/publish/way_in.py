"""What would bring an institution among the nominees, in sentences."""

from collections.abc import Callable, Iterator
from math import ceil, expm1

from tolok.methodology.category import Indicator
from tolok.publish.explained import Explanation
from tolok.publish.language import Language
from tolok.scoring.explain_step import TINY, Need, Step

TOLD_STEPS = 5
"""Steps that are told, the smallest first."""


def way_in_lines(found: Explanation, language: Language) -> Iterator[str]:
    """Each indicator alone that would suffice, the smallest step first; nothing for a nominee."""
    words, target = language.words, found.target
    if target is None:
        yield words("explain.is_nominee", name=found.own.institution)
        return
    yield words(
        "explain.way_in",
        name=found.own.institution,
        last=target.institution,
        score=target.score,
        gap=language.formats.number(target.score - found.own.score, 2),
    )
    possible = [step for step in found.steps if step.is_attainable]
    near = [step for step in possible if step.is_seen]
    for step in near[:TOLD_STEPS]:
        yield f"   - {_sentence(found, step, language)}"
    if not near:
        yield f"   {words('explain.no_step')}"
    far = [_label(found, step, language) for step in possible if not step.is_seen]
    if far:
        yield words("explain.far", what=", ".join(far))
    beyond = [_label(found, step, language) for step in found.steps if not step.is_attainable]
    if beyond:
        yield words("explain.beyond", what=", ".join(beyond))


def _sentence(found: Explanation, step: Step, language: Language) -> str:
    indicator = _indicator(found, step)
    needs = "; ".join(_need(need, indicator, language) for need in step.needs)
    return language.words(
        "explain.step",
        name=_label(found, step, language),
        needs=needs,
        now=step.points,
        needed=step.needed,
        deviations=language.formats.number(step.deviations, 2),
    )


def _need(need: Need, indicator: Indicator, language: Language) -> str:
    where = f"{language.stratum(need.slot)}: " if need.slot else ""
    now, needed = _UNITS[need.kind](need, indicator, language)
    more = max(0, ceil(need.needed - TINY) - round(need.now))
    what = language.metric(indicator.ratios[0].numerator) if indicator.ratios else ""
    whole = "" if need.whole is None else language.formats.figure(round(need.whole))
    key = f"explain.need.{need.kind}"
    return where + language.words(key, n=more, what=what, now=now, needed=needed, whole=whole)


Unit = Callable[[Need, Indicator, Language], tuple[str, str]]


def _counts(need: Need, indicator: Indicator, language: Language) -> tuple[str, str]:
    """Whole events: what is needed is rounded up."""
    del indicator
    count = language.formats.count
    return count(round(need.now)), count(ceil(need.needed - TINY))


def _numbers(need: Need, indicator: Indicator, language: Language) -> tuple[str, str]:
    del indicator
    return language.formats.number(need.now, 2), language.formats.number(need.needed, 2)


def _means(need: Need, indicator: Indicator, language: Language) -> tuple[str, str]:
    if indicator.model == "share" and indicator.per == 1:
        return language.formats.share(need.now, 1), language.formats.share(need.needed, 1)
    return _numbers(need, indicator, language)


def _growth(need: Need, indicator: Indicator, language: Language) -> tuple[str, str]:
    del indicator
    share = language.formats.share
    return share(expm1(need.now), 2), share(expm1(need.needed), 2)


def _totals(need: Need, indicator: Indicator, language: Language) -> tuple[str, str]:
    if indicator.per_week:
        return _numbers(need, indicator, language)
    return _counts(need, indicator, language)


_UNITS: dict[str, Unit] = {
    "events": _counts,
    "rate": _counts,
    "above": _counts,
    "mean": _means,
    "factor": _numbers,
    "total": _totals,
    "platforms": _numbers,
    "growth": _growth,
    "points": _numbers,
}


def _indicator(found: Explanation, step: Step) -> Indicator:
    return next(one for one in found.category.indicators if one.name == step.indicator)


def _label(found: Explanation, step: Step, language: Language) -> str:
    return language.indicator(found.category, _indicator(found, step))
