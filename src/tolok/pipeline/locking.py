"""Locking an edition's rules, once all of them hold: TOML, worked examples, registry."""

from datetime import datetime
from pathlib import Path

from tolok.methodology.lock import Lock, lock_rules
from tolok.methodology.rules import read_rules
from tolok.metrics.example import check_examples
from tolok.store.duckdb import DuckDb


def lock(folder: Path, *, now: datetime, erratum: str = "") -> Lock:
    """The lock of an edition whose rules are sound and whose metrics' worked examples hold.

    Raises: FaultsFound; RulesChanged where locked rules were changed and no erratum says why.
    """
    rules = read_rules(folder)
    with DuckDb() as engine:
        check_examples(engine, rules.metrics.values())
    return lock_rules(folder, now=now, erratum=erratum)
