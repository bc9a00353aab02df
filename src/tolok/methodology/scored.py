"""Which of the rules results are made from: all but words, looks, and what only the jury reads."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from tolok.methodology.category import Category
from tolok.methodology.edition import Edition
from tolok.methodology.jury import Panel
from tolok.methodology.metric import Metric
from tolok.methodology.rules import Rules
from tolok.model import Label

_NOT_SCORED: Mapping[type, frozenset[str]] = {
    Edition: frozenset({"languages", "accent", "address", "licence", "organiser"}),
    Metric: frozenset({"source"}),
    Category: frozenset({"criteria"}),
    Panel: frozenset(one.name for one in fields(Panel)) - {"seed", "best_posts", "sample_posts"},
}
"""Beside labels. A rule that is not named here is taken to be scored."""


def scored_rules_sha256(rules: Rules) -> str:
    """The hash of what scoring reads of the rules: the same where only words differ."""
    text = json.dumps(_scored(rules), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _scored(value: Any) -> Any:
    """A value as JSON can hold it, in the order in which it stands."""
    if isinstance(value, Label):
        return None
    if is_dataclass(value) and not isinstance(value, type):
        left_out = _NOT_SCORED.get(type(value), frozenset())
        read = (one.name for one in fields(value) if one.repr and one.name not in left_out)
        return {name: _scored(getattr(value, name)) for name in read}
    if isinstance(value, dict):
        return [[key, _scored(one)] for key, one in value.items()]
    if isinstance(value, tuple | list):
        return [_scored(one) for one in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)
