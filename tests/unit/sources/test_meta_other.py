"""Answers of Meta's interfaces about no post: known, and refused with what to ask for."""

import pytest
from tests.import_cases import bring, document

from tolok.sources.batch import NothingInside

INSIGHT = {"name": "reach", "period": "day", "values": [], "id": "178/insights/reach/day"}
NOTHING = [
    {"data": [INSIGHT]},
    {"id": "17843826142012701", "name": "love"},
    {"17843826142012701": {"id": "17843826142012701", "name": "love"}},
    {"data": [{"product_id": 1, "name": "a"}]},
    {"data": [{"config": {}, "quota_usage": 0}]},
]


@pytest.mark.parametrize("value", NOTHING)
def test_answer_is_refused_with_what_to_ask_for(tmp_path, value):
    with pytest.raises(NothingInside) as refused:
        bring(tmp_path / "edition", document(tmp_path / "a.json", value))
    assert "Counts of posts come with the posts" in str(refused.value)
