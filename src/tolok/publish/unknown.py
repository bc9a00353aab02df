"""How much of an institution's interactions nobody can see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tolok.publish.rows import CoverageRow

MUCH_MISSING = 0.2
"""Above this share of posts, a reader is told that interactions are unknown."""
_COUNTS = ("reaction_count", "comment_count")


def missing_share(
    rows: Iterable[CoverageRow], columns: Mapping[str, tuple[str, ...]]
) -> float | None:
    """The share of posts of which a count that makes up an interaction is unknown, at least.

    `columns` holds the counts that make up an interaction on each platform. The states of single
    posts are not known here: of two counts of an account, the one that lacks more posts is told.

    Missing: None where no post of a platform with interactions is known.
    """
    unknown: dict[str, int] = defaultdict(int)
    posts: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.count in _COUNTS and row.count in columns.get(row.platform, ()):
            lacking = (
                row.hidden_count + row.disabled_count + row.not_offered_count
                + row.not_collected_count + row.suspect_count
            )  # fmt: skip
            unknown[row.account_id] = max(unknown[row.account_id], lacking)
            posts[row.account_id] = max(posts[row.account_id], lacking + row.known_count)
    total = sum(posts.values())
    return sum(unknown.values()) / total if total else None
