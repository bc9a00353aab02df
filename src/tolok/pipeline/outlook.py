"""What will keep an edition, sound as it is, from being scored as its organiser expects."""

from collections import Counter
from collections.abc import Iterator

from tolok.jury.seating import panel_faults
from tolok.pipeline.panel import confirmed_institutions, counts_by_grade
from tolok.pipeline.workspace import Workspace
from tolok.registry.finding import Finding
from tolok.store.layout import finished_imports


def outlook(workspace: Workspace) -> list[Finding]:
    """Warnings: clusters too small, accounts too weakly proven, a jury unnamed, rejected rows."""
    parts = (_registry, _clusters, _jury, _imports)
    return [finding for part in parts for finding in part(workspace)]


def _registry(workspace: Workspace) -> Iterator[Finding]:
    if not workspace.registry.institutions:
        yield _warning(
            "registry/institutions.csv",
            "the registry",
            "holds no institution, so nothing can be scored.",
            "Add the institutions and their accounts.",
        )
    needed = workspace.rules.edition.attribution.min_grade
    for account in workspace.registry.accounts:
        if account.counts and not counts_by_grade(account, workspace.rules):
            yield _warning(
                "registry/accounts.csv",
                account.account_id,
                f"says counts=yes, but grade {account.grade} is below the edition's min_grade "
                f"{needed}: its posts will not count.",
                "Confirm the account, or lower min_grade in edition.toml.",
                line=account.line,
            )


def _clusters(workspace: Workspace) -> Iterator[Finding]:
    edition = workspace.rules.edition
    able = confirmed_institutions(workspace.registry, workspace.rules)
    sizes = Counter(i.cluster for i in workspace.registry.institutions if i.institution_id in able)
    needed = edition.eligibility.min_cluster_size
    for cluster in edition.clusters:
        if sizes[cluster.name] < needed:
            yield _warning(
                "edition.toml",
                f"cluster {cluster.name}",
                f"has {sizes[cluster.name]} institutions with an account that counts; a ranking "
                f"needs {needed}, so none will be stated.",
                "Add institutions, join clusters, or lower eligibility.min_cluster_size.",
            )


def _jury(workspace: Workspace) -> Iterator[Finding]:
    """What keeps the jury from beginning: after the lock its rules change by an erratum only."""
    rules = workspace.rules
    if rules.edition.decision != "jury":
        return
    missing = list(panel_faults(rules.edition.jury, rules.categories))
    if missing:
        more = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
        yield _warning(
            "edition.toml",
            "the jury",
            f"cannot begin yet: {missing[0].place} {missing[0].problem}{more}",
            "Name jurors and rounds before the lock, or by an erratum that says so.",
        )


def _imports(workspace: Workspace) -> Iterator[Finding]:
    for report in finished_imports(workspace.layout):
        if report.rows_rejected:
            first = report.rejects[0]
            yield _warning(
                "store",
                report.file,
                f"{report.rows_rejected:,} of {report.rows_read:,} rows were rejected; the first, "
                f"row {first.row}, {first.column}: {first.reason}.",
                "Mend the file or pass what the reason names, and import it again.",
            )


def _warning(
    file: str, subject: str, problem: str, remedy: str, *, line: int | None = None
) -> Finding:
    return Finding("warning", file, line, subject, problem, remedy)
