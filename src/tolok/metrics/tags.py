"""Hashtags in captions: what counts as one, and which metrics ask for them.

Captions are long, so they are searched only for an edition whose metrics read the column `tags`.
"""

from collections.abc import Iterable
from unicodedata import category

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
from sqlglot import exp

from tolok.methodology.metric import Metric
from tolok.metrics.grammar import parse

COLUMN = "tags"
TYPE = "array<string>"
_LETTER = r"\p{L}\p{M}\p{N}_"
_RUNS = rf"(?:^|[^{_LETTER}&/#])((?:#[{_LETTER}]+)+)"
"""Hashtags written on end, behind nothing that makes the # part of a word, an address or &#39;."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]  # Ibis has no type for it
def regexp_extract_all(text: str, pattern: str, group: int) -> dt.Array[str]:
    """What a group of a pattern matched, match after match."""


def hashtags(text: ir.StringValue) -> ir.ArrayValue:
    """The hashtags of a text, in lower case and with their #, in the order in which they stand.

    Missing: null for a text that is null, an empty list for one without hashtags.
    """
    runs = regexp_extract_all(text.lower().replace("＃", "#"), _RUNS, 1)
    return regexp_extract_all(runs.join(""), "#[^#]+", 0)


def tag_of(text: str) -> str:
    """A hashtag as it is looked for: in lower case, with its #; empty where there is none.

    >>> tag_of("#HUTRI80"), tag_of("HUT RI")
    ('#hutri80', '')
    """
    word = text.replace("＃", "#").removeprefix("#").lower()
    is_word = bool(word) and all(sign == "_" or category(sign)[0] in "LMN" for sign in word)
    return f"#{word}" if is_word else ""


def reads_tags(metrics: Iterable[Metric]) -> bool:
    """Whether one of the metrics reads the hashtags of posts."""
    return any(
        column.name == COLUMN for metric in metrics for column in parse(metric).find_all(exp.Column)
    )
