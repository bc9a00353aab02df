"""The posts that jurors see, from the engine's posts and the store's captions."""

import hashlib

import pyarrow as pa

from tolok.methodology.rules import Rules
from tolok.metrics.evidence import evidence_steps
from tolok.model import Registry
from tolok.pipeline.weekly import run_step
from tolok.store.engine import Engine
from tolok.store.evidence import EVIDENCE, EVIDENCE_UNITS

_DIGITS = 13
"""Hexadecimal digits of a hash that make a start: 2^52, so that steps are far finer than posts."""


def evidence_table(engine: Engine, rules: Rules, registry: Registry) -> pa.Table:
    """The best posts and the sample of every category and institution, in EVIDENCE's columns.

    Reads: posts and observations. Missing: an institution without own posts of the category's
    kinds has no rows.
    """
    engine.attach_table(EVIDENCE_UNITS.name, _units(rules, registry))
    steps = evidence_steps(rules.categories, rules.edition)
    for step in steps:
        run_step(engine, step)
    found = engine.query(f"SELECT * FROM evidence ORDER BY {', '.join(EVIDENCE.order)}")  # noqa: S608 -- our own names
    for step in steps:
        engine.drop(step.name)
    engine.drop(EVIDENCE_UNITS.name)
    return found


def _units(rules: Rules, registry: Registry) -> pa.Table:
    """Every category and institution with its cluster, and the start of its sample by the seed."""
    rows = [
        {
            "category": category.name,
            "cluster": institution.cluster,
            "institution_id": institution.institution_id,
            "start": _start(rules.edition.jury.seed, category.name, institution.institution_id),
        }
        for category in rules.categories
        for institution in registry.institutions
    ]
    return pa.Table.from_pylist(rows, schema=EVIDENCE_UNITS.arrow_schema)


def _start(seed: int, category: str, institution_id: str) -> int:
    """A whole number below 2^52, drawn by the seed for a category and an institution.

    >>> _start(2025, "most-active", "a") == _start(2025, "most-active", "b")
    False
    """
    drawn = hashlib.sha256(f"{seed}|{category}|{institution_id}".encode()).hexdigest()
    return int(drawn[:_DIGITS], 16)
