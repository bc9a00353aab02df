"""Meta Business Suite: sums by day of a whole account, one metric a file, and its audience.

They begin with `sep=,` and a title in one cell. Nothing in them belongs to a post.
"""

from typing import Any

from tolok.sources.brought import Brought
from tolok.sources.format import Format
from tolok.sources.raw import Options

_NOTHING = (
    "holds sums by day, or shares of the audience, of a whole account and no posts. "
    "Export the list of posts instead: Business Suite, Insights, Content, Export data, Lifetime."
)


def claims(brought: Brought) -> bool:
    """Whether it is a daily series, or tables one above the other with a title over each."""
    for head in brought.heads:
        rows = [[cell for cell in row if cell] for row in head.folded]
        if len(rows) < 3 or not rows[0] or not rows[0][0].startswith("sep=") or len(rows[1]) != 1:
            continue
        if len(rows[2]) == 2 and rows[2][1] == "primary":
            return True
        widths = [len(row) for row in rows[2:]]
        if widths[0] > 1 and 1 in widths:
            return True
    return False


def read(_brought: Brought, _options: Options) -> list[Any]:
    """No rows: such a file is refused before it is read."""
    return []


FORMATS = (Format("meta-daily", claims, read, holds_nothing=_NOTHING),)
