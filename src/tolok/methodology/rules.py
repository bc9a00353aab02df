"""All rules of an edition folder, read at once: edition, columns, metrics and categories."""

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tolok.errors import FaultsFound, NotAnEdition, did_you_mean
from tolok.methodology.category import Category, Indicator, read_category
from tolok.methodology.document import Document
from tolok.methodology.edition import Edition, read_columns, read_edition
from tolok.methodology.metric import WINDOW_WHOLES, Metric, read_metrics

__all__ = ["WINDOW_WHOLES", "Rules", "metrics_used", "read_rules", "rule_files"]


@dataclass(frozen=True)
class Rules:
    """The methodology of one edition."""

    edition: Edition
    columns: dict[str, tuple[str, ...]]
    metrics: dict[str, Metric]
    categories: tuple[Category, ...]


def rule_files(folder: Path) -> list[Path]:
    """The files that hold an edition's rules, in a fixed order."""
    fixed = [folder / "edition.toml", folder / "columns.toml"]
    return (
        fixed
        + sorted((folder / "metrics").glob("*.toml"))
        + sorted((folder / "categories").glob("*.toml"))
    )


def read_rules(folder: Path) -> Rules:
    """The rules of an edition folder.

    Raises: NotAnEdition where edition.toml is absent; FaultsFound with every fault of every file.
    """
    if not (folder / "edition.toml").is_file():
        raise NotAnEdition(folder)
    documents = [
        Document(path, name=path.relative_to(folder).as_posix()) for path in rule_files(folder)
    ]
    edition = read_edition(documents[0])
    columns = read_columns(documents[1])
    metrics: dict[str, Metric] = {}
    categories: list[tuple[Document, Category]] = []
    for document in documents[2:]:
        if document.path.parent.name == "categories":
            category = read_category(document)
            categories.append((document, category))
        else:
            for metric in read_metrics(document):
                if metric.name in metrics:
                    place = f"It stands in {metrics[metric.name].file} too."
                    document.fault(metric.name, "is defined twice.", f"{place} Keep one.")
                metrics[metric.name] = metric
    if all(document.is_readable for document in documents):
        for document, category in categories:
            _check_references(document, category, metrics)
        _check_categories(categories)
        _check_jury(documents[0], edition, categories)
    faults = [fault for document in documents for fault in document.faults]
    if faults:
        title = f"{folder}: {len(faults)} fault{'s' if len(faults) > 1 else ''} in the rules"
        raise FaultsFound(title, faults)
    in_order = sorted((category for _, category in categories), key=lambda c: c.order)
    return Rules(edition, columns, metrics, tuple(in_order))


def metrics_used(indicator: Indicator) -> tuple[str, ...]:
    """The names of the metrics that an indicator reads."""
    parts = [name for ratio in indicator.ratios for name in (ratio.numerator, ratio.denominator)]
    return tuple(name for name in (indicator.metric, *parts) if name and name not in WINDOW_WHOLES)


def _check_references(document: Document, category: Category, metrics: dict[str, Metric]) -> None:
    for at, indicator in enumerate(category.indicators):
        section = document.at("indicator", str(at))
        for name in metrics_used(indicator):
            key = "metric" if name == indicator.metric else "ratio"
            if name not in metrics:
                hint = did_you_mean(name, metrics)
                listed = f"Metrics: {', '.join(sorted(metrics))}."
                section.fault(key, f"{name!r} is no metric.", f"{hint} {listed}".strip())
            elif not metrics[name].is_additive:
                remedy = "A category adds weeks up: use counts and sums."
                section.fault(key, f"{name!r} is not additive.", remedy)
            elif metrics[name].grain == "institution" and (
                indicator.by_platform or indicator.model == "diversity"
            ):
                remedy = "Name a metric of accounts, or leave by_platform out."
                section.fault(key, f"{name!r} has no value by platform.", remedy)
        for ratio in indicator.ratios:
            if ratio.numerator in WINDOW_WHOLES:
                section.fault("ratio", f"{ratio.numerator!r} is a whole, not a part.")


def _check_categories(written: list[tuple[Document, Category]]) -> None:
    names = [category.name for _, category in written]
    for document, category in written:
        if names.count(category.name) > 1:
            document.fault("name", f"{category.name!r} names two categories.", "Name each once.")
        for at, indicator in enumerate(category.indicators):
            taken = indicator.category
            if indicator.model == "category" and taken and taken not in names:
                hint = did_you_mean(taken, names)
                listed = f"Categories: {', '.join(names)}."
                section = document.at("indicator", str(at))
                problem = f"{taken!r} is no category."
                section.fault("category", problem, f"{hint} {listed}".strip())
    _check_circles(written)


def _check_jury(
    document: Document, edition: Edition, written: list[tuple[Document, Category]]
) -> None:
    """Jurors sit in categories that there are, and anchors lie on the scale."""
    names = [category.name for _, category in written]
    for at, juror in enumerate(edition.jury.jurors):
        for name in juror.categories:
            if name not in names:
                hint = did_you_mean(name, names)
                section = document.at("jury", "juror", str(at))
                listed = f"Categories: {', '.join(names)}."
                section.fault("categories", f"{name!r} is no category.", f"{hint} {listed}".strip())
    low, high = edition.jury.lowest_score, edition.jury.highest_score
    for of, category in written:
        for at, criterion in enumerate(category.criteria):
            for anchor in criterion.anchors:
                if not low <= anchor.score <= high:
                    problem = f"{anchor.score} is outside the scale from {low} to {high}."
                    of.at("criterion", str(at)).fault("anchor", problem)


def _check_circles(written: list[tuple[Document, Category]]) -> None:
    """No category may take, through whatever others, its own score."""
    scored_by = {
        category.name: [i.category for i in category.indicators if i.model == "category"]
        for _, category in written
    }
    try:
        TopologicalSorter(scored_by).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        (document, *_) = [one for one, category in written if category.name == circle[0]]
        told = " takes the score of ".join(circle)
        document.fault("indicator", f"{told}.", "Take one of these indicators out.")
