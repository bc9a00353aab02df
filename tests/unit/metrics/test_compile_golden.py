"""The SQL that the shipped metrics of accounts come to: a change of it is a decision.

After such a decision, run this file with `--snapshot-update`.
"""

import pytest

from tolok.methodology.document import Document
from tolok.methodology.metric import read_metrics
from tolok.methodology.template import TEMPLATES
from tolok.metrics.compile import compile_metrics

METRICS = [
    metric
    for path in sorted((TEMPLATES / "gsm-2025" / "metrics").glob("*.toml"))
    for metric in read_metrics(Document(path))
]


@pytest.mark.parametrize("weekly", [False, True], ids=["window", "weekly"])
def test_sql_of_the_metrics_of_accounts_is_the_agreed_one(snapshot, weekly):
    metrics = [one for one in METRICS if (one.table, one.grain) == ("posts", "account")]
    assert len(metrics) == 20
    compiled = compile_metrics(metrics, weekly=weekly)
    assert compiled.sql == snapshot
    assert compiled.supports == snapshot
