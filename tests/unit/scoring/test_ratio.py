"""Shares and rates: pairs of known weeks, shrinkage, and means of several ratios."""

from dataclasses import replace

import numpy as np
import pytest
from tests.scoring_cases import category, indicator, invented, rules_of, share_of

from tolok.errors import InputError
from tolok.methodology.category import Ratio
from tolok.scoring import Reference, freeze_reference, score_edition, score_with
from tolok.scoring.reference import Key

NAN = np.nan
CASE = invented(institutions=4, posts=30, weeks=2)
"""Accounts 0 to 7: body-00 on Instagram, body-00 on X, body-01 on Instagram, ..."""


def panel_with(accounts=None, institutions=None):
    """The panel of CASE with some metrics put in place of its own."""
    panel = CASE.panel
    return replace(
        panel,
        account_counts=panel.account_counts | (accounts or {}),
        institution_counts=panel.institution_counts | (institutions or {}),
    )


def values(panel, one, name="value", platform=""):
    """A column of the only indicator by institution."""
    table = score_edition(panel, rules_of(category(one))).indicators
    rows = sorted(zip(table["institution_id"], table["platform"], range(99), strict=False))
    return [table[name][row] for _, where, row in rows if where == platform]


PART = np.array([[1, 2], [3, 0], [2, 2], [0, 0], [8, 8], [0, 1], [5, 5], [9, 9]], dtype=float)
WHOLE = np.full((8, 2), 10.0)


def test_share_of_an_institution_adds_its_accounts_up():
    panel = panel_with({"part": PART, "whole": WHOLE})
    assert values(panel, share_of("part", "whole")) == [6 / 40, 4 / 40, 17 / 40, 28 / 40]


def test_share_by_platform_keeps_accounts_apart():
    panel = panel_with({"part": PART, "whole": WHOLE})
    one = share_of("part", "whole", by_platform=True)
    assert values(panel, one, platform="instagram") == [3 / 20, 4 / 20, 16 / 20, 10 / 20]
    assert values(panel, one, platform="") == [None] * 4


def test_week_counts_only_where_part_and_whole_are_known():
    part, whole = PART.copy(), WHOLE.copy()
    part[0, 0] = whole[1, 1] = NAN
    panel = panel_with({"part": part, "whole": whole})
    assert values(panel, share_of("part", "whole"))[0] == (2 + 3) / 20


def test_week_whose_whole_is_unknown_for_the_institution_counts_for_no_account():
    whole = np.array([[20.0, NAN], [20, 20], [20, 20], [20, 20]])
    panel = panel_with({"part": PART}, {"whole": whole})
    assert values(panel, share_of("part", "whole"))[0] == (1 + 3) / 20


def test_metric_of_institutions_goes_before_that_of_accounts():
    own = np.array([[7.0, 7], [1, 1], [2, 2], [3, 3]])
    panel = panel_with({"part": PART}, {"part": own})
    assert values(panel, share_of("part", "days")) == [1.0, 2 / 14, 4 / 14, 6 / 14]
    assert values(panel, share_of("part", "weeks"))[1:] == [1.0, 1.0, 1.0]


def test_metric_of_institutions_cannot_compare_platforms():
    panel = panel_with(institutions={"part": np.ones((4, 2))})
    with pytest.raises(InputError, match=r"^category engaging, indicator share: 'part' has no"):
        values(panel, share_of("part", "whole", by_platform=True))


def test_metric_that_nobody_counted_is_unknown():
    panel = CASE.panel
    assert values(panel, share_of("part", "days"), "missing") == ["no_data"] * 4
    scores = score_edition(panel, rules_of(category(share_of("part", "days")))).scores
    assert set(scores["reason"]) == {"category_lacks_data"}


def test_share_is_shrunk_towards_the_mean_of_the_reference_set():
    panel = panel_with({"part": PART, "whole": WHOLE})
    one = share_of("part", "whole")
    reference = freeze_reference(panel, rules_of(category(one)))
    mean, weight = (
        reference.parameters[Key("engaging", "share", "", name)].value
        for name in ("shrink_mean", "prior_weight")
    )
    expected = [(k + mean * weight) / (40 + weight) for k in (6, 4, 17, 28)]
    assert values(panel, one, "shrunk") == pytest.approx(expected)


def test_several_shares_are_averaged_where_known():
    part = np.repeat(PART, 1, axis=0)
    unknown = np.where(np.arange(8)[:, None] < 2, NAN, PART[::-1])
    panel = panel_with({"part": part, "whole": WHOLE, "other": unknown})
    one = indicator(
        "share", "share", ratios=(Ratio("part", "whole"), Ratio("other", "whole")),
        transform="logit",
    )  # fmt: skip
    assert values(panel, one) == pytest.approx(
        [6 / 40, (4 + 17) / 80, (17 + 4) / 80, (28 + 6) / 80]
    )
    reference = freeze_reference(panel, rules_of(category(one)))
    assert {key.parameter for key in reference.parameters} == {
        "centre", "scale", "shrink_mean:part", "prior_weight:part", "shrink_mean:other",
        "prior_weight:other",
    }  # fmt: skip


def test_share_is_never_more_than_its_whole():
    panel = panel_with({"part": PART * 99, "whole": WHOLE})
    assert max(values(panel, share_of("part", "whole"))) == 1.0


def test_rate_is_events_per_exposure_times_per():
    panel = panel_with({"part": PART * 3, "whole": WHOLE})
    one = indicator("rate", "rate", ratios=(Ratio("part", "whole"),), per=100.0, transform="log1p")
    assert values(panel, one) == pytest.approx([45.0, 30.0, 127.5, 210.0])
    shrunk = values(panel, one, "shrunk")
    assert all(min(values(panel, one)) < value < 210.0 for value in shrunk)


def test_share_that_does_not_differ_has_no_points():
    panel = panel_with({"part": WHOLE / 2, "whole": WHOLE})
    assert values(panel, share_of("part", "whole"), "missing") == ["no_spread"] * 4
    scores = score_edition(panel, rules_of(category(share_of("part", "whole"))))
    assert set(scores.scores["reason"]) == {"category_lacks_spread"}
    rows = dict(zip(scores.reference["parameter"], scores.reference["value"], strict=True))
    assert rows["prior_weight"] is None


def test_slot_that_the_reference_does_not_know_has_no_points():
    panel = panel_with({"part": PART, "whole": WHOLE})
    rules = rules_of(category(share_of("part", "whole", by_platform=True)))
    known = freeze_reference(panel, rules).parameters
    reference = Reference({key: value for key, value in known.items() if key.slot != "x"})
    table = score_with(panel, rules, reference).indicators
    assert {
        (platform, missing)
        for platform, missing in zip(table["platform"], table["missing"], strict=True)
    } == {("instagram", ""), ("x", "no_reference"), ("", "")}
