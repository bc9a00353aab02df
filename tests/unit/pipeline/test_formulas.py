"""The switchboard from the engine's tables to the table of the results."""

from tests.post_cases import a_table
from tests.scoring_cases import category, indicator, rules_of

from tolok.methodology.formula import BASES, FORMULAS
from tolok.model import Institution, Registry
from tolok.pipeline.formulas import FormulaTables, formula_data, switchboard
from tolok.pipeline.results import shaped
from tolok.store.formulas import FORMULA_AUDIENCE, FORMULA_SUMS
from tolok.store.results import RESULT_TABLES

RULES = rules_of(category(indicator()), weights={"instagram": 1.0, "x": 1.0})
REGISTRY = Registry((Institution("b", "B", "B", "ministries"),
                     Institution("a", "A", "A", "ministries"),
                     Institution("c", "C", "C", "ministries")), ())  # fmt: skip
COUNTS = ("post_count", "clean_post_count", "known_count", "with_one_count", "rated_count")


def a_sum(institution, platform, total, basis):
    return {
        "institution_id": institution, "account_id": f"{platform}:@{institution}",
        "platform": platform, "kind": "image", "basis": basis, "total": total,
        "rated_total": total, "rate_sum": total / 100, "rated_followers": 1000,
        "viewed_followers": 0, "view_rate_sum": 0.0,
    } | dict.fromkeys(COUNTS, 10)  # fmt: skip


def tables(*sums):
    """Tables of some (institution, platform, total); only instagram:@a has followers."""
    followers = {"institution_id": "a", "account_id": "instagram:@a", "day_count": 365,
                 "follower_mean": 100.0, "follower_first": 90, "follower_last": 110}  # fmt: skip
    rows = [
        a_sum(institution, platform, total, basis)
        for basis in BASES
        for institution, platform, total in sums
    ]
    return FormulaTables(a_table(FORMULA_SUMS, rows), a_table(FORMULA_AUDIENCE, [followers]))


SUMS = tables(("b", "x", 30), ("a", "instagram", 20), ("b", "instagram", 10))
SCORES: dict[str, list] = {
    "category": ["engaging"] * 3,
    "institution_id": ["a", "b", "c"],
    "eligible": [1, 1, 0],
}


def test_accounts_meet_their_institution_platform_and_followers():
    data = formula_data(SUMS, REGISTRY, RULES)
    assert (data.institution_ids, data.platforms) == (("a", "b", "c"), ("instagram", "x"))
    assert data.account_institution.tolist() == [0, 1, 1]
    assert data.account_platform.tolist() == [0, 0, 1]
    assert data.account[: len(BASES) // 2].tolist() == [2, 0, 1]
    assert data.audience["follower_last"][0] == 110
    assert [value == value for value in data.audience["follower_mean"]] == [True, False, False]  # noqa: PLR0124 -- only NaN differs from itself


def test_switchboard_is_a_table_of_the_results_whose_key_is_unique():
    schema = RESULT_TABLES["formulas"]
    table = shaped(schema, switchboard(SUMS, SCORES, REGISTRY, RULES))
    assert table.schema == schema.arrow_schema
    rows = table.to_pylist()
    keys = {tuple(row[name] for name in schema.key) for row in rows}
    assert len(keys) == len(rows)
    whole = {(r["formula"], r["institution_id"]): r["rank"] for r in rows if r["platform"] == ""}
    assert len(whole) == 3 * len(FORMULAS)
    assert [whole["total_interactions", one] for one in "abc"] == [2, 1, None]
    assert [whole["orlo", one] for one in "abc"] == [1, None, None]
