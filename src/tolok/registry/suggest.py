"""Who may own an account that the registry does not know: candidates, each with its evidence.

Nothing here is decided: a person confirms a candidate, corrects the row, and puts it into the
registry. Four grades tell how far the evidence goes.

- same_account: sources give one id for this account and for one of the registry.
- likely: the addresses of its posts name a known handle, or a handle equals a name.
- possible: a handle resembles a name.
- partner: it made posts with a known account; more likely it is another body.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tolok.model import Account, Institution, Registry
from tolok.platforms import handle_from_url, is_platform_id, profile_url
from tolok.registry.days import end_day
from tolok.registry.ownership import account_names
from tolok.registry.resemblance import LIKELY, Names
from tolok.registry.unknown import UnknownAccount, handle_of

Certainty = Literal["same_account", "likely", "possible", "partner"]
CERTAINTIES: tuple[Certainty, ...] = ("same_account", "likely", "possible", "partner")

_SHOWN = 5
"""Candidates of one account at most."""
_SCORES = {"same_account": 1.0, "likely": 0.98, "possible": 0.7, "partner": 0.3}
"""Where evidence is of a kind and not of a degree."""


@dataclass(frozen=True)
class Candidate:
    """An institution that may own an account: how surely, how much is alike, and why.

    `account_id` is the account of the registry that this one may be, or that it resembles.
    """

    institution_id: str
    certainty: Certainty
    score: float
    evidence: tuple[str, ...]
    account_id: str = ""
    is_one: bool = False
    """Whether it is held to be the very account of the registry, and not another of its owner."""


@dataclass(frozen=True)
class Suggestion:
    """An unknown account, its candidates, best first, and a row for the registry to correct.

    The row has no institution_id where no candidate stands alone at the head. Where the account is
    one that the registry has, the row stands for that of the line `replaces`, and `changes` says
    what is new in it.
    """

    unknown: UnknownAccount
    candidates: tuple[Candidate, ...]
    row: Account
    replaces: int | None = None
    changes: tuple[str, ...] = ()

    @property
    def best(self) -> Candidate | None:
        """The candidate that stands alone at the head, if there is one."""
        return _best(self.candidates)


class Suggester:
    """A registry made ready to be asked for the owners of many accounts."""

    def __init__(self, registry: Registry) -> None:
        self._institutions = {one.institution_id: one for one in registry.institutions}
        self._rows: dict[str, Account] = {}
        for account in sorted(registry.accounts, key=end_day):
            self._rows[account.account_id] = account  # of several owners the last
        self._known = account_names(registry)
        self._names = Names(registry)

    def suggest(self, unknown: UnknownAccount) -> Suggestion:
        """The candidates for an account and the row that follows from them.

        Ties: surer evidence first, then the higher score, then institution_id.
        """
        found = [
            *self._same(unknown),
            *self._addressed(unknown),
            *self._resembling(unknown),
            *self._joint(unknown),
        ]
        candidates = tuple(_merged(found))[:_SHOWN]
        best = _best(candidates)
        if best is not None and best.is_one:
            held = self._rows[best.account_id]
            row = _completed(held, unknown, best)
            return Suggestion(unknown, candidates, row, held.line, _changes(held, row))
        handles = [h for h in _handles(unknown) if f"{unknown.platform}:@{h}" not in self._known]
        return Suggestion(unknown, candidates, _proposed(unknown, candidates, handles))

    def _account_of(self, name: str) -> tuple[Account, str] | None:
        """The registry's account of a name, and how the name differs from the registry's."""
        if name in self._known:
            return self._rows[self._known[name]], ""
        platform, _, bare = name.partition(":")
        meant = f"{platform}:@{_bare_handle(name)}"
        if meant in self._known:
            how = "written as an address" if "/" in bare else "written without its @"
            return self._rows[self._known[meant]], how
        if platform == "facebook" and bare.startswith("@"):
            # Facebook takes names that differ in full stops for one:
            # https://www.facebook.com/help/105399436216001 (as of 2025)
            plain = bare.replace(".", "")
            for other, account_id in self._known.items():
                if other.replace(".", "") == f"{platform}:{plain}":
                    return self._rows[account_id], "but for full stops, which Facebook ignores"
        return None

    def _same(self, unknown: UnknownAccount) -> Iterator[Candidate]:
        for name in unknown.all_names:
            found = self._account_of(name)
            if found is None:
                continue
            held, but = found
            is_joined = not _ids_differ(held, unknown)
            how = f", {but}" if but else ""
            if name not in unknown.names:
                meant = "" if name == held.account_id else f", which is {held.account_id}"
                said = f"sources give it the name {name}{meant}{how}"
            else:
                said = f"it is {held.account_id}{how}"
            if not is_joined:
                said += f"; but the registry gives that one the id {held.platform_id}"
            certainty: Certainty = "same_account" if is_joined else "possible"
            yield _of_account(held, certainty, said, is_one=is_joined)
        for name in unknown.contested:
            found = self._account_of(name)
            if found is not None:
                said = f"it bore the name {name}, which other accounts bore too"
                yield _of_account(found[0], "possible", said)

    def _addressed(self, unknown: UnknownAccount) -> Iterator[Candidate]:
        posts = sum(unknown.addressed.values())
        for handle, count in unknown.addressed.items():
            found = self._account_of(f"{unknown.platform}:@{handle}")
            if found is None or any(handle_of(name) == handle for name in unknown.all_names):
                continue
            held = found[0]
            clash = _ids_differ(held, unknown)
            said = f"the addresses of {count} of {_posts(posts)} name {held.account_id}"
            if clash:
                said += f"; but the registry gives that one the id {held.platform_id}"
            is_sure = count == posts and not clash
            yield _of_account(held, "likely" if is_sure else "possible", said, is_one=is_sure)

    def _resembling(self, unknown: UnknownAccount) -> Iterator[Candidate]:
        for handle in _handles(unknown):
            if f"{unknown.platform}:@{handle}" in self._known:
                continue  # an account of the registry, of which the stronger evidence speaks
            for found in self._names.resembling(handle):
                certainty: Certainty = "likely" if found.score >= LIKELY else "possible"
                said = f"{handle}: {found.evidence}{self._ended(found.institution_id, unknown)}"
                yield Candidate(
                    found.institution_id, certainty, found.score, (said,), found.account_id
                )

    def _ended(self, institution_id: str, unknown: UnknownAccount) -> str:
        institution: Institution | None = self._institutions.get(institution_id)
        ended_on = institution.valid_to if institution else None
        return f"; but it ended on {ended_on}" if ended_on and ended_on <= unknown.first_on else ""

    def _joint(self, unknown: UnknownAccount) -> Iterator[Candidate]:
        for account_id, count in unknown.joint_with.items():
            held = self._rows[account_id]
            said = (
                f"it made {_posts(count)} together with {account_id}: more likely another body, "
                "or an office of the same"
            )
            yield _of_account(held, "partner", said)


def _of_account(
    held: Account, certainty: Certainty, said: str, *, is_one: bool = False
) -> Candidate:
    score = _SCORES[certainty]
    return Candidate(held.institution_id, certainty, score, (said,), held.account_id, is_one)


def _ids_differ(held: Account, unknown: UnknownAccount) -> bool:
    """Whether both have a platform's own id, and not the same."""
    given = {name.partition(":")[2] for name in unknown.all_names if is_an_id(name)}
    return bool(held.platform_id and given) and held.platform_id not in given


def _posts(count: int) -> str:
    return "1 post" if count == 1 else f"{count:,} posts"


def _order(candidate: Candidate) -> tuple[int, float, str]:
    return CERTAINTIES.index(candidate.certainty), -candidate.score, candidate.institution_id


def _merged(found: Sequence[Candidate]) -> list[Candidate]:
    """One candidate an institution: its best, with all that speaks for it."""
    best: dict[str, Candidate] = {}
    for one in sorted(found, key=_order):
        held = best.setdefault(one.institution_id, one)
        if held is not one:
            said = tuple(dict.fromkeys((*held.evidence, *one.evidence)))
            best[one.institution_id] = replace(held, evidence=said)
    return sorted(best.values(), key=_order)


def _best(candidates: Sequence[Candidate]) -> Candidate | None:
    if not candidates or candidates[0].certainty == "partner":
        return None
    head = _order(candidates[0])[:2]
    return candidates[0] if len(candidates) < 2 or _order(candidates[1])[:2] > head else None


def _proposed(
    unknown: UnknownAccount, candidates: Sequence[Candidate], handles: Sequence[str]
) -> Account:
    """A new row: of grade C, uncounted, with the candidates and their evidence in words."""
    best = _best(candidates)
    platform = unknown.platform
    given = (name.partition(":")[2] for name in unknown.all_names if is_an_id(name))
    platform_id = next(given, "")
    return Account(
        account_id=unknown.account_id,
        institution_id=best.institution_id if best else "",
        platform=platform,
        handle=handles[0] if handles else "",
        platform_id=platform_id,
        url=_address(platform, handles[0] if handles else platform_id),
        counts=False,
        counts_reason="suggested, to be confirmed",
        evidence=_evidence(candidates),
        past_handles=tuple(handles[1:]),
    )


def _address(platform: str, name: str) -> str:
    """The profile's address, where it can be made and names the account again."""
    url = profile_url(platform, name) if name else ""
    return url if url and handle_from_url(platform, url) == name else ""


def _evidence(candidates: Sequence[Candidate]) -> str:
    if not candidates:
        return "tolok registry suggest: nobody known resembles it"
    said = [f"{one.institution_id} ({one.certainty}): {one.evidence[0]}" for one in candidates]
    return f"tolok registry suggest: {'. '.join(said)}"


def _completed(held: Account, unknown: UnknownAccount, best: Candidate) -> Account:
    """The registry's row of an account with the names that it lacks; what counts stays."""
    row = held
    newest = handle_of(unknown.aliases[0]) if unknown.aliases else ""
    for name in unknown.all_names:
        if name in row.names:
            continue
        handle, bare = handle_of(name), name.partition(":")[2]
        if not handle and not row.platform_id and bare.casefold() != row.handle:
            row = replace(row, platform_id=bare)
        elif not handle:
            row = replace(row, account_id=name)  # as platform_id it would take the handle's place
        elif handle == newest and f"{row.platform}:@{row.handle}" in unknown.aliases:
            past, url = (row.handle, *row.past_handles), _address(row.platform, handle)
            row = replace(row, handle=handle, past_handles=past, url=url)
        else:
            row = replace(row, past_handles=(*row.past_handles, handle))
    place = f"in place of line {held.line}, " if held.line else ""
    said = f"tolok registry suggest: {place}{best.certainty}: {best.evidence[0]}"
    return replace(row, evidence=f"{row.evidence}; {said}" if row.evidence else said)


def _changes(held: Account, row: Account) -> tuple[str, ...]:
    """What a completed row has anew, as column and cell."""
    pairs = (
        ("account_id", held.account_id, row.account_id),
        ("handle", held.handle, row.handle),
        ("platform_id", held.platform_id, row.platform_id),
        ("url", held.url, row.url),
        ("past_handles", ";".join(held.past_handles), ";".join(row.past_handles)),
    )
    return tuple(f"{column} = {new}" for column, old, new in pairs if new != old)


def _handles(unknown: UnknownAccount) -> tuple[str, ...]:
    """The handles of an account, and what its names hold where they lack the @ of a handle."""
    bare = [_bare_handle(name) for name in unknown.all_names]
    return tuple(dict.fromkeys([*unknown.handles, *filter(None, bare)]))


def _bare_handle(name: str) -> str:
    """The handle in an account_id that a file gives without @, or as an address; else nothing.

    >>> _bare_handle("x:Contoh"), _bare_handle("x:x.com/contoh"), _bare_handle("x:123")
    ('contoh', 'contoh', '')
    """
    platform, _, bare = name.partition(":")
    if bare.startswith("@") or is_an_id(name):
        return ""
    return (handle_from_url(platform, bare) or "") if "/" in bare else bare.casefold()


def is_an_id(name: str) -> bool:
    """Whether an account_id holds what only a platform's own id can be.

    >>> is_an_id("x:123"), is_an_id("x:contoh")
    (True, False)
    """
    platform, _, bare = name.partition(":")
    return bare.isdigit() or is_platform_id(platform, bare)
