"""Scores of an edition: the published columns, their order, and frozen parameters."""

from dataclasses import replace

import numpy as np
import pytest
from tests.scoring_cases import by_institution, category, indicator, invented, rules_of

from tolok.scoring import freeze_reference, score_edition, score_with
from tolok.store.results import RESULT_TABLES

CASE = invented(institutions=7, posts=30)
NAMES = sorted(CASE.clusters)
RULES = rules_of(
    category(indicator(), indicator("above", "above_expected", 0.5), name="zeal"),
    category(indicator("sum", "total", metric="interaction_count"), name="activity"),
)
TABLES = ("scores", "indicators", "reference", "nominees", "winners")


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_those_that_are_published(table):
    for rules in (RULES, rules_of()):  # without a category no row, but every column
        columns = getattr(score_edition(CASE.panel, rules), table)
        assert tuple(columns) == RESULT_TABLES[table].names
        assert len({len(column) for column in columns.values()}) == 1


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_unique_and_stand_in_the_published_order(table):
    case = replace(CASE, unconfirmed=frozenset({"body-02"}))
    columns = getattr(score_edition(case.panel, RULES), table)
    schema = RESULT_TABLES[table]
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    order = [tuple((row[name] is None, row[name]) for name in schema.order) for row in rows]
    assert order == sorted(order)
    assert len({tuple(row[name] for name in schema.key) for row in rows}) == len(rows) > 0


@pytest.mark.parametrize("table", TABLES)
def test_cells_are_plain_values_of_the_published_types(table):
    types = {"VARCHAR": str, "DOUBLE": float, "BIGINT": int, "BOOLEAN": bool}
    columns = getattr(score_edition(CASE.panel, RULES), table)
    for column in RESULT_TABLES[table].columns:
        found = {type(cell) for cell in columns[column.name]}
        assert found <= {types[column.type], type(None)}
        assert column.nullable or type(None) not in found


def test_every_institution_has_a_row_in_every_category():
    case = replace(CASE, unconfirmed=frozenset({"body-02"}))
    scores = score_edition(case.panel, RULES).scores
    for name in ("zeal", "activity"):
        assert sorted(by_institution(scores, of=name)) == NAMES
        assert by_institution(scores, of=name)["body-02"] is None
        assert by_institution(scores, "eligible", of=name)["body-02"] is False


def test_effective_weights_of_slots_add_up_to_that_of_the_indicator():
    table = score_edition(CASE.panel, RULES).indicators
    slots: dict = {}
    whole: dict = {}
    for one, place, name, platform, weight in zip(
        *(table[key] for key in ("category", "institution_id", "indicator", "platform",
                                 "effective_weight")), strict=True,
    ):  # fmt: skip
        if platform:
            slots[one, place, name] = slots.get((one, place, name), 0.0) + weight
        elif one == "zeal":
            whole[one, place, name] = weight
    assert slots == pytest.approx(whole)
    assert sum(weight for (_, place, _), weight in whole.items() if place == "body-00") == 1.0


def test_freezing_and_scoring_apart_is_scoring_at_once():
    reference = freeze_reference(CASE.panel, RULES)
    assert score_with(CASE.panel, RULES, reference) == score_edition(CASE.panel, RULES)


def test_every_week_once_is_the_default():
    reference = freeze_reference(CASE.panel, RULES)
    weighted = score_with(CASE.panel, RULES, reference, np.ones(12))
    assert weighted == score_with(CASE.panel, RULES, reference)


def test_weights_of_weeks_change_scores_but_not_who_is_eligible():
    reference = freeze_reference(CASE.panel, RULES)
    plain = score_with(CASE.panel, RULES, reference)
    weights = np.array([4.0] * 3 + [0.0] * 9)
    drawn = score_with(CASE.panel, RULES, reference, weights)
    assert plain.scores["score"] != drawn.scores["score"]
    assert by_institution(plain.scores, "eligible") == by_institution(drawn.scores, "eligible")
    assert plain.reference == drawn.reference


def test_jury_decides_unless_the_rules_leave_it_to_the_data():
    winners = score_edition(CASE.panel, RULES).winners
    assert winners["status"] == ["awaiting_jury"] * 4
    assert winners["institution_id"] == [""] * 4
    rules = replace(RULES, edition=replace(RULES.edition, decision="first_rank"))
    scores = score_edition(CASE.panel, rules)
    first = [
        name
        for name, rank in zip(scores.scores["institution_id"], scores.scores["rank"], strict=True)
        if rank == 1
    ]
    assert scores.winners["institution_id"] == first
    assert scores.winners["institution"] == [f"Name of {name}" for name in first]
    assert scores.winners["status"] == ["first_by_data"] * 4


def test_award_without_enough_institutions_says_why():
    case = CASE.without("body-01", "body-03")
    winners = score_edition(case.panel, RULES).winners
    assert winners["cluster"] == ["agencies", "ministries"] * 2
    assert winners["status"] == ["awaiting_jury", "not_awarded"] * 2
    assert winners["reason"] == ["", "small_cluster:1<2"] * 2
    none = score_edition(case.without("body-05").panel, RULES).winners
    assert none["reason"][1] == "small_cluster:0<2"


def test_reference_counts_accounts_for_lines_and_institutions_for_scales():
    table = score_edition(CASE.panel, RULES).reference
    counts = {
        parameter: count
        for name, platform, parameter, count in zip(
            *(table[key] for key in ("indicator", "platform", "parameter", "unit_count")),
            strict=True,
        )
        if (name, platform) == ("quality", "x")
    }
    assert counts == dict.fromkeys(
        ["centre", "scale", "slope", "intercept", "post_variance", "shrink_mean",
         "shrink_variance"], 7,
    )  # fmt: skip
