"""What may be wrong with accounts: each row alone, rows of one account, names, addresses."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import combinations

from tolok.errors import did_you_mean
from tolok.model import GRADES, PLATFORMS, ROLES, Account, Registry
from tolok.platforms import handle_from_url, is_platform_id, platform_of_url
from tolok.registry.days import dates_are_reversed, overlap
from tolok.registry.finding import Finding
from tolok.registry.lookalike import lookalikes

FILE = "registry/accounts.csv"


def account_findings(registry: Registry) -> Iterator[Finding]:
    """All findings about accounts but those that need the edition or the lineage."""
    institution_ids = {institution.institution_id for institution in registry.institutions}
    for account in registry.accounts:
        yield from _row_findings(account, institution_ids)
        yield from _url_findings(account)
    yield from _owner_findings(registry)
    yield from _name_findings(registry)
    for one, other in lookalikes(registry.accounts):
        problem = (
            f"its handle looks like {other.handle} of {other.institution_id} "
            f"(line {other.line or '?'})."
        )
        yield _warning(one, problem, "Make sure that both are what they say.")


def _row_findings(account: Account, institution_ids: Collection[str]) -> Iterator[Finding]:
    words = (
        ("institution", account.institution_id, institution_ids),
        ("platform", account.platform, PLATFORMS),
        ("role", account.role, ROLES),
        ("grade", account.grade, GRADES),
    )
    for column, value, known in words:
        if value not in known:
            expected = "" if column == "institution" else f"Expected one of {', '.join(known)}."
            remedy = f"{did_you_mean(value, known)} {expected}".strip()
            problem = f"{value!r} is not a known {column}."
            yield _fault(account, problem, remedy or "Add it to institutions.csv.")
    if dates_are_reversed(account):
        problem = f"valid_to {account.valid_to} is not after valid_from {account.valid_from}."
        yield _fault(account, problem, "The days are half-open: valid_to is the first day after.")
    if not account.counts and not account.counts_reason:
        yield _fault(account, "it does not count, and no reason is given.", "Fill counts_reason.")
    if account.grade in GRADES and not account.is_official:
        problem = f"grade {account.grade}: it is not called official."
        yield _warning(account, problem, "Let the institution confirm it, then set grade A.")


def _url_findings(account: Account) -> Iterator[Finding]:
    if not account.url or account.platform not in PLATFORMS:
        return
    platform = platform_of_url(account.url)
    if platform != account.platform:
        said = f"is an address of {platform}" if platform else "is not a web address"
        problem = f"{account.url} {said}, expected one of {account.platform}."
        yield _fault(account, problem, "Mend url or platform.")
        return
    named = handle_from_url(platform, account.url)
    if named is None:
        problem = f"{account.url} is not the address of a profile."
        yield _fault(account, problem, "Give the address that opens the profile.")
        return
    stated = (account.handle, *account.past_handles)
    if is_platform_id(platform, named):
        stated = (account.platform_id,)
    if any(stated) and named not in stated:
        names = " or ".join(filter(None, stated))
        problem = f"{account.url} names {named}, expected {names}."
        yield _fault(account, problem, "Mend url, or handle, platform_id or past_handles.")


def _owner_findings(registry: Registry) -> Iterator[Finding]:
    rows: defaultdict[str, list[Account]] = defaultdict(list)
    for account in registry.accounts:
        rows[account.account_id].append(account)
    for same in rows.values():
        for one, other in combinations(same, 2):
            if not overlap(one, other):
                continue
            if one.institution_id == other.institution_id:
                problem = f"the account stands twice for the same days (line {one.line or '?'})."
                yield _fault(other, problem, "Keep one row, or date them.")
            else:
                problem = (
                    f"{one.institution_id} (line {one.line or '?'}) and {other.institution_id} "
                    "own it on the same day."
                )
                yield _fault(other, problem, "Date the rows: one owner on each day.")


def _name_findings(registry: Registry) -> Iterator[Finding]:
    claims: defaultdict[str, list[Account]] = defaultdict(list)
    for account in registry.accounts:
        for name in account.names:
            claims[name].append(account)
    seen: set[tuple[str, str, bool]] = set()
    for name, claimants in claims.items():
        for one, other in combinations(claimants, 2):
            together = overlap(one, other)
            pair = (one.account_id, other.account_id, together)
            if one.account_id == other.account_id or pair in seen:
                continue
            seen.add(pair)
            if together:
                problem = f"{name} also stands for {one.account_id} (line {one.line or '?'})."
                remedy = "Give both rows one account_id, or date them: a name means one account."
                yield _fault(other, problem, remedy)
            else:
                problem = f"{name} stood for {one.account_id} on other days."
                yield _warning(other, problem, "Give platform_id, so that sources can tell them.")


def _fault(account: Account, problem: str, remedy: str) -> Finding:
    return Finding("fault", FILE, account.line, account.account_id, problem, remedy)


def _warning(account: Account, problem: str, remedy: str) -> Finding:
    return Finding("warning", FILE, account.line, account.account_id, problem, remedy)
