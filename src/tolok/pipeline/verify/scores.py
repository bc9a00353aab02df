"""Scores, doubt and nominees computed again from the published panel, and what hangs on them."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pyarrow as pa

from tolok.methodology.rules import Rules
from tolok.model import Registry
from tolok.pipeline.formulas import FormulaTables, switchboard
from tolok.pipeline.progress import Progress
from tolok.pipeline.reread import reread_panel
from tolok.pipeline.results import followers_of, shaped
from tolok.pipeline.size import Sizes, size_comparison
from tolok.pipeline.verify.compare import compare_tables
from tolok.pipeline.verify.package import Package
from tolok.pipeline.verify.report import Check, Difference, checked
from tolok.pipeline.verify.sums import rank_differences
from tolok.pipeline.verify.typed import read_csv_table
from tolok.publish.open_data import file_of
from tolok.scoring import freeze_methods, score_with_doubt
from tolok.store.results import AS_CSV, RESULT_TABLES

Tables = Mapping[str, pa.Table]
GROUPS = {
    "scores": ("scores", ("scores", "indicators", "reference", "importance")),
    "uncertainty": ("doubt", ("uncertainty", "leave_one_out", "sensitivity")),
    "nominees": ("nominees", ("nominees",)),
    "comparisons": ("sizes, published formulas, repeated ranks", ("size_comparison", "formulas")),
}
"""The checks of what is scored: what each is called, and the tables it holds."""


def rescored(package: Package, rules: Rules, progress: Progress) -> dict[str, pa.Table]:
    """The tables of scores and doubt from the published panel; winners as the data have them."""
    panel = reread_panel(package.results, rules)
    references = freeze_methods(panel, rules)
    scores = score_with_doubt(panel, rules, references, partial(progress, "uncertainty"))
    found = {
        "scores": scores.scores, "indicators": scores.indicators, "reference": scores.reference,
        "nominees": scores.nominees, "winners": scores.winners, "uncertainty": scores.uncertainty,
        "leave_one_out": scores.leave_one_out, "sensitivity": scores.sensitivity,
        "importance": scores.importance,
    }  # fmt: skip
    return {name: shaped(RESULT_TABLES[name], columns) for name, columns in found.items()}


def compared_again(tables: Tables, computed: Tables, registry: Registry, rules: Rules) -> Tables:
    """The tables that set scores beside sizes and beside published formulas."""
    scores, indicators = (computed[name].to_pydict() for name in ("scores", "indicators"))
    sizes = Sizes(
        tables["institutions"], tables["engagement_sums"], followers_of(tables["audience"])
    )
    given = FormulaTables(tables["formula_sums"], tables["formula_audience"])
    found = {
        "size_comparison": size_comparison(sizes, scores, indicators, rules),
        "formulas": switchboard(given, scores, registry, rules),
    }
    return {name: shaped(RESULT_TABLES[name], columns) for name, columns in found.items()}


def check_scores(package: Package, tables: Tables, computed: Tables) -> list[Check]:
    """Every cell of every table that scoring makes, by kind."""
    checks = []
    for name, (what, names) in GROUPS.items():
        differences: list[Difference] = []
        cells = 0
        for table in names:
            file = f"results/{file_of(table)}"
            published = tables.get(table)
            if table in AS_CSV:
                read = read_csv_table(package.results / file_of(table), RESULT_TABLES[table])
                differences += [replace(one, file=file) for one in read.faults]
                published = read.table
            assert published is not None
            differences += compare_tables(file, RESULT_TABLES[table], published, computed[table])
            cells += published.num_rows * published.num_columns
        if name == "comparisons":
            differences += rank_differences(tables, computed["scores"])
        checks.append(checked(name, f"cells of {what}", cells, differences))
    return checks
