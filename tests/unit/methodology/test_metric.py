"""A metric, as it stands in its file."""

import pytest

from tolok.methodology.metric import Example
from tolok.methodology.rules import read_rules
from tolok.methodology.template import new_edition

A = "metrics/activity.toml"


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound") / "edition"
    new_edition(folder)
    return folder


def test_metric_is_read_as_written_with_its_place(sound):
    metric = read_rules(sound).metrics["busy_week_count"]
    text = (sound / A).read_text("utf-8")
    assert metric.line == text[: text.index("[busy_week_count]")].count("\n") + 1
    assert metric.file == A
    assert metric.label.en == "Weeks with three posts or more"
    assert (metric.unit, metric.table, metric.grain) == ("weeks", "weeks", "institution")
    assert (metric.is_additive, metric.source) == (True, "")
    assert metric.examples == (
        Example(
            rows={"institution_id": ["i", "i", "i", "j", "j"], "post_count": [3, 2, 9, 3, 4]},
            value={"i": 2.0, "j": 2.0},
        ),
    )


def test_null_in_an_example_is_none(sound):
    examples = read_rules(sound).metrics["reaction_count"].examples
    assert examples[1].rows["reaction_count"] == [None, 0]
    assert examples[1].value == {"a": None, "b": 0.0}
