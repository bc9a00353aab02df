"""What is wrong or doubtful in a registry: everything that is found, at once."""

from collections import Counter
from collections.abc import Collection, Iterator

from tolok.errors import did_you_mean
from tolok.model import PLATFORMS, Account, Institution, Registry, Window
from tolok.registry.check_accounts import account_findings
from tolok.registry.check_lineage import lineage_findings
from tolok.registry.days import dates_are_reversed, end_day, first_day
from tolok.registry.finding import Finding, Severity

__all__ = ["Finding", "check_registry"]

FILE = "registry/institutions.csv"


def check_registry(
    registry: Registry,
    edition_clusters: Collection[str],
    platforms: Collection[str],
    window: Window,
) -> list[Finding]:
    """All findings about a registry in an edition: faults first, then by file and line."""
    findings = [
        *_institution_findings(registry, edition_clusters),
        *account_findings(registry),
        *lineage_findings(registry, window),
        *_coverage_findings(registry, platforms, window),
    ]
    return sorted(findings, key=lambda f: (f.severity, f.file, f.line or 0, f.subject, f.problem))


def _institution_findings(registry: Registry, clusters: Collection[str]) -> Iterator[Finding]:
    seen: dict[str, Institution] = {}
    for institution in registry.institutions:
        key = institution.institution_id
        if key in seen:
            problem = f"the institution_id stands twice (line {seen[key].line or '?'})."
            yield _finding("fault", institution, problem, "Give each institution its own.")
        seen.setdefault(key, institution)
        if institution.cluster not in clusters:
            hint = did_you_mean(institution.cluster, clusters)
            problem = f"{institution.cluster!r} is not a cluster of the edition."
            remedy = f"{hint} Expected one of {', '.join(clusters)}.".strip()
            yield _finding("fault", institution, problem, remedy)
        if dates_are_reversed(institution):
            problem = (
                f"valid_to {institution.valid_to} is not after valid_from {institution.valid_from}."
            )
            remedy = "The days are half-open: valid_to is the first day after."
            yield _finding("fault", institution, problem, remedy)


def _coverage_findings(
    registry: Registry, platforms: Collection[str], window: Window
) -> Iterator[Finding]:
    counted = [a for a in registry.accounts if a.counts and _is_in(a, window)]
    covered = {a.institution_id for a in counted if a.platform in platforms}
    for institution in registry.institutions:
        if _is_in(institution, window) and institution.institution_id not in covered:
            problem = "no account of it counts in this edition."
            remedy = (
                "Add its accounts, or confirm those that are noted; without one it has no rank."
            )
            yield _finding("warning", institution, problem, remedy)
    elsewhere = Counter(a.platform for a in counted if a.platform not in platforms)
    for platform in PLATFORMS:
        if elsewhere[platform]:
            yield Finding(
                "warning",
                "registry/accounts.csv",
                None,
                platform,
                f"{elsewhere[platform]} counted accounts are on a platform that the edition lacks.",
                "Add it to platforms in edition.toml, or leave them uncounted.",
            )


def _is_in(span: Institution | Account, window: Window) -> bool:
    return first_day(span) < window.closes_on and end_day(span) > window.opens_on


def _finding(severity: Severity, institution: Institution, problem: str, remedy: str) -> Finding:
    return Finding(severity, FILE, institution.line, institution.institution_id, problem, remedy)
