"""Categories: order of dependence, missing indicators, ranks, ties and nominees."""

from dataclasses import replace

import numpy as np
import pytest
from tests.scoring_cases import (
    LENIENT,
    by_institution,
    category,
    indicator,
    invented,
    rules_of,
)

from tolok.errors import InputError
from tolok.methodology.category import Gate
from tolok.model import KINDS
from tolok.scoring import score_edition
from tolok.scoring.category import in_order

CASE = invented(institutions=6, posts=30)
NAMES = sorted(CASE.clusters)
TOTAL = indicator("total", "total", metric="interaction_count", transform="log1p")
DATA = {"size": {name: float(i) for i, name in enumerate(NAMES)}}


def other(name, **rest):
    """An indicator that takes another category's score."""
    return indicator(f"from-{name}", "category", category=name, **rest)


def total(metric, weight=1.0, **rest):
    """An indicator that is a metric of institutions as it stands."""
    return indicator(metric, "total", weight, metric=metric, **rest)


def scored(case, *categories, **rules):
    """Scores of an edition."""
    return score_edition(case.panel, rules_of(*categories, **rules))


def test_categories_are_scored_after_those_that_they_take():
    first = category(other("b"), other("c"), name="a")
    second, third = category(other("c"), name="b"), category(TOTAL, name="c")
    assert [one.name for one in in_order((first, second, third))] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("categories", "circle"),
    [
        ([category(other("a"), name="a")], "a takes the score of a"),
        (
            [category(other("b"), name="a"), category(other("a"), name="b")],
            "a takes the score of b takes the score of a",
        ),
    ],
)
def test_categories_that_run_in_a_circle_are_refused(categories, circle):
    with pytest.raises(InputError, match=f"^the categories run in a circle: {circle}. Take one"):
        in_order(tuple(categories))


def test_tables_come_out_whatever_the_order_of_the_categories():
    categories = [category(other("c"), name="a"), category(TOTAL, name="c")]
    assert scored(CASE, *categories).scores == scored(CASE, *reversed(categories)).scores


def test_score_of_another_category_is_taken_as_it_stands():
    scores = scored(CASE, category(other("c"), name="a"), category(TOTAL, name="c")).scores
    assert by_institution(scores, of="a") == pytest.approx(by_institution(scores, of="c"))


def gated(absent, **rest):
    """Scores where one institution fails the gate of a category that another takes."""
    kind = np.where(CASE.account // 2 == 4, KINDS.index("text"), KINDS.index("image"))
    gate = Gate(("image",), min_posts=1)
    return scored(
        replace(CASE, kind=kind, **rest),
        category(TOTAL, name="images", gate=gate),
        category(other("images", absent=absent), TOTAL, name="best"),
    )


def test_failed_gate_counts_as_the_fifth_percentile_where_the_rules_say_so():
    scores = gated("fifth_percentile")
    images = by_institution(scores.scores, of="images")
    assert images.pop("body-04") is None
    low = np.percentile(list(images.values()), 5)
    assert by_institution(scores.scores, "reason", of="best")["body-04"] == "lacks:from-images"
    row = next(
        dict(zip(scores.indicators, values, strict=True))
        for values in zip(*scores.indicators.values(), strict=True)
        if values[:4] == ("best", "agencies", "body-04", "from-images")
    )
    assert row["points"] == pytest.approx(low)
    assert (row["value"], row["missing"], row["effective_weight"]) == (
        None,
        "fifth_percentile",
        0.5,
    )


def test_nothing_is_assumed_for_who_fails_more_than_the_gate():
    scores = gated("fifth_percentile", unconfirmed=frozenset({"body-04"}))
    codes = {
        (who, name): code
        for who, name, code in zip(
            *(scores.indicators[key] for key in ("institution_id", "indicator", "missing")),
            strict=True,
        )
    }
    assert codes["body-04", "from-images"] == "no_score"


def test_failed_gate_is_missing_where_the_rules_say_so():
    scores = gated("missing")
    assert by_institution(scores.scores, "reason", of="best")["body-04"] == "lacks:from-images"
    points = by_institution(scores.indicators, "points", of="best")
    assert by_institution(scores.scores, of="best")["body-04"] == pytest.approx(points["body-04"])


def test_score_that_lacks_for_another_reason_stays_missing():
    case = replace(CASE, whole={"size": {name: 1.0 * i for i, name in enumerate(NAMES) if i}})
    scores = scored(
        case,
        category(total("size"), name="sized"),
        category(other("sized", absent="fifth_percentile"), TOTAL, name="best"),
    )
    assert by_institution(scores.scores, "reason", of="sized")["body-00"] == (
        "few_indicators:0.00<0.5"
    )
    missing = by_institution(scores.indicators, "missing", of="best")
    assert missing["body-00"] == ""
    codes = dict(
        zip(
            zip(scores.indicators["institution_id"], scores.indicators["indicator"], strict=True),
            scores.indicators["missing"],
            strict=True,
        )
    )
    assert codes["body-00", "from-sized"] == "no_score"


def test_category_of_a_category_that_nobody_has_is_not_ranked():
    scores = scored(CASE, category(total("never"), name="c"), category(other("c"), name="a"))
    assert set(scores.scores["reason"]) == {"category_lacks_data"}


def test_geometric_category_punishes_a_weak_side():
    case = replace(CASE, whole={
        "first": dict(zip(NAMES, [5.0, 0, 3, 1, 4, 2], strict=True)),
        "second": dict(zip(NAMES, [5.0, 1, 2, 3, 4, 0], strict=True)),
    })  # fmt: skip
    two = (total("first"), total("second"))
    plain = by_institution(scored(case, category(*two)).scores)
    strict = by_institution(scored(case, category(*two, aggregation="geometric")).scores)
    assert strict["body-05"] < plain["body-05"]
    assert strict["body-00"] == pytest.approx(plain["body-00"])


@pytest.mark.parametrize(
    ("weights", "least", "reason"),
    [
        ((1, 1), 2 / 3, "few_indicators:0.50<0.67"),
        ((2, 1), 2 / 3, "lacks:part"),
        ((0.2, 0.1), 2 / 3, "lacks:part"),
        ((1, 1), 0.5, "lacks:part"),
    ],
)
def test_availability_that_just_suffices_is_enough(weights, least, reason):
    part = {name: 1.0 * i for i, name in enumerate(NAMES) if i}
    case = replace(CASE, whole=DATA | {"part": part})
    demands = replace(LENIENT, min_indicator_share=least)
    both = category(total("size", weights[0]), total("part", weights[1]))
    scores = scored(case, both, eligibility=demands).scores
    told = by_institution(scores, "reason")
    assert told == dict.fromkeys(NAMES, "") | {"body-00": reason}


def test_indicator_that_nobody_has_is_left_out_of_the_share():
    case = replace(CASE, whole=DATA)
    demands = replace(LENIENT, min_indicator_share=2 / 3)
    both = category(total("size", 2.0), total("never", 1.0))
    scores = scored(case, both, eligibility=demands)
    assert set(scores.scores["reason"]) == {"lacks:never"}
    alone = scored(case, category(total("size", 2.0)), eligibility=demands)
    assert scores.scores["score"] == alone.scores["score"]
    too_much = category(total("size", 1.9), total("never", 1.0))
    told = set(scored(case, too_much, eligibility=demands).scores["reason"])
    assert told == {"category_lacks_data"}


def test_equal_scores_are_told_apart_by_the_first_indicator_then_by_active_days():
    # the two indicators weigh alike, so that trading them leaves the score as it was
    first = dict(zip(NAMES, [0.0, 9, 4, 9, 2, 9], strict=True))
    second = dict(zip(NAMES, [4.0, 9, 0, 9, 2, 9], strict=True))
    days = dict(zip(NAMES, [3.0, 7, 3, 6, 3, 7], strict=True))
    case = replace(CASE, whole={"first": first, "second": second, "active_day_count": days})
    scores = scored(case, category(total("first"), total("second"))).scores
    rank = by_institution(scores, "rank")
    agencies, ministries = NAMES[0::2], NAMES[1::2]
    assert [rank[name] for name in agencies] == [3, 1, 2]
    assert [rank[name] for name in ministries] == [1, 3, 1]


def test_category_may_name_more_or_fewer_nominees_than_the_edition():
    case = replace(CASE, whole=DATA)
    for count, nominees in ((1, ["body-04", "body-05"]), (None, ["body-02", *NAMES[3:]])):
        one = category(total("size"), nominee_count=count)
        scores = scored(case, one, nominee_count=2)
        assert sorted(scores.nominees["institution_id"]) == nominees
