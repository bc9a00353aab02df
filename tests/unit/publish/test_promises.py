"""What an edition's rules allow its pages to promise."""

from dataclasses import replace

import pytest

from tolok.publish.promises import compares_sizes


@pytest.mark.parametrize(
    ("model", "baseline", "promised"),
    [
        ("residual", "level", True),
        ("above_expected", "residual", True),
        ("above_expected", "level", False),
        ("level", "residual", False),
        ("total", "residual", False),
    ],
)
def test_size_is_compared_where_an_indicator_does_it(rules, model, baseline, promised):
    category = rules.categories[0]
    indicator = replace(category.indicators[0], model=model, baseline=baseline)
    changed = replace(rules, categories=(replace(category, indicators=(indicator,)),))
    assert compares_sizes(changed) is promised
