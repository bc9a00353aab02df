"""How many posts have unknown interactions."""

from tolok.publish.rows import CoverageRow
from tolok.publish.unknown import missing_share

COLUMNS = {"instagram": ("reaction_count", "comment_count"), "youtube": ("reaction_count",)}


def row(account, count, known, hidden=0, platform="instagram"):
    return CoverageRow("i", account, platform, count, known, hidden, 0, 0, 0, 0)


def test_count_that_lacks_more_posts_is_told():
    rows = [row("a", "reaction_count", 6, hidden=4), row("a", "comment_count", 9, hidden=1)]
    assert missing_share(rows, COLUMNS) == 0.4


def test_accounts_are_weighed_by_their_posts():
    rows = [row("a", "reaction_count", 0, hidden=10), row("b", "reaction_count", 30)]
    assert missing_share(rows, COLUMNS) == 0.25


def test_counts_that_make_up_no_interaction_are_left_out():
    rows = [
        row("a", "view_count", 0, hidden=10),
        row("y", "comment_count", 0, hidden=10, platform="youtube"),
        row("w", "reaction_count", 0, hidden=10, platform="web"),
    ]
    assert missing_share(rows, COLUMNS) is None
