"""The switchboard of formulas, filled from the sums that the engine made."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tolok.composite.array import FloatArray
from tolok.methodology.formula import BASES
from tolok.methodology.rules import Rules
from tolok.metrics.formulas import formula_audience, run_formula_sums
from tolok.metrics.tables import Step
from tolok.model import Registry
from tolok.scoring.switchboard import AUDIENCE_NAMES, SUM_NAMES, FormulaData, formulas_table
from tolok.scoring.table import Columns
from tolok.store.engine import Engine


@dataclass(frozen=True)
class FormulaTables:
    """What the formulas are made of: sums by account, kind and basis, and followers by account."""

    sums: pa.Table
    audience: pa.Table


def audience_step() -> Step:
    """The step that keeps the followers by account; it reads audience_days, which is let go."""
    return Step("formula_audience", formula_audience(), is_kept=True)


def formula_tables(engine: Engine) -> FormulaTables:
    """The tables that the formulas are made of, from posts and the kept followers."""
    audience = engine.query("SELECT * FROM formula_audience ORDER BY institution_id, account_id")
    return FormulaTables(run_formula_sums(engine, BASES), audience)


def switchboard(
    tables: FormulaTables, scores: Columns, registry: Registry, rules: Rules
) -> Columns:
    """Every institution's value and rank under every formula, in the results' columns."""
    return formulas_table(formula_data(tables, registry, rules), scores, rules)


def formula_data(tables: FormulaTables, registry: Registry, rules: Rules) -> FormulaData:
    """The sums as arrays, with the institutions of the registry in order of their ids.

    Missing: an account whose followers were never read has NaN for each.
    """
    institutions = sorted(registry.institutions, key=lambda one: one.institution_id)
    ids = {one.institution_id: place for place, one in enumerate(institutions)}
    platforms = {name: place for place, name in enumerate(rules.edition.platforms)}
    keys = [tables.sums[name].to_pylist() for name in ("institution_id", "account_id", "platform")]
    accounts = sorted(set(zip(*keys, strict=True)))
    places = {account: place for place, account in enumerate(accounts)}
    followers = {
        (row["institution_id"], row["account_id"]): row for row in tables.audience.to_pylist()
    }
    by_account = [followers.get(account[:2], {}) for account in accounts]
    return FormulaData(
        institution_ids=tuple(ids),
        clusters=tuple(one.cluster for one in institutions),
        platforms=tuple(platforms),
        account_institution=np.array([ids[account[0]] for account in accounts], np.int64),
        account_platform=np.array([platforms[account[2]] for account in accounts], np.int64),
        account=np.array([places[key] for key in zip(*keys, strict=True)], np.int64),
        kind=np.array(tables.sums["kind"].to_pylist(), np.str_),
        basis=np.array(tables.sums["basis"].to_pylist(), np.str_),
        sums={name: _numbers(tables.sums[name].to_pylist()) for name in SUM_NAMES},
        audience={name: _numbers([row.get(name) for row in by_account]) for name in AUDIENCE_NAMES},
    )


def _numbers(values: list[float | None]) -> FloatArray:
    return np.array([np.nan if value is None else float(value) for value in values], np.float64)
