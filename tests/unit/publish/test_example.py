"""A score that a reader can compute again: what is kept of a value follows from frozen numbers."""

import pytest

from tolok.publish.example import _kept_sum
from tolok.publish.language import Language


@pytest.mark.parametrize(
    ("model", "posts", "frozen", "words"),
    [
        (
            "residual",
            697,
            {"shrink_variance": 0.448142, "post_variance": 3.9022},
            "0.448142 ÷ (0.448142 + 3.90220 ÷ 697)",
        ),
        ("above_expected", 210, {"prior_weight": 4.31829}, "210 ÷ (210 + 4.31829)"),
        ("share", 210, {"prior_weight": 105.592}, "n ÷ (n + 105.592)"),
        ("rate", None, {"prior_weight": 12.0}, "n ÷ (n + 12)"),
        ("share", 210, {"prior_weight": float("inf")}, ""),
        ("residual", None, {"shrink_variance": 0.4, "post_variance": 3.9}, ""),
        ("total", 210, {}, ""),
    ],
)
def test_kept_part_is_told_in_the_numbers_it_follows_from(rules, model, posts, frozen, words):
    assert _kept_sum(model, posts, frozen.get, Language("en", rules)) == words
