"""The accounts of the invented institutions: handles, roles, owners by date, and posting days."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from zlib import crc32

import numpy as np

from tolok.model import Account
from tolok.simulate.institutions import Change, Institutions
from tolok.simulate.plan import SimulationPlan
from tolok.simulate.seed import generator, key_of

# Main accounts per 100 institutions; with the others about 700 accounts for 211.
MAIN_SHARES = {
    "instagram": 1.00,
    "facebook": 0.68,
    "x": 0.60,
    "youtube": 0.52,
    "tiktok": 0.22,
    "web": 0.20,
}
PLATFORMS = tuple(MAIN_SHARES)
# (role, platforms in turn, accounts per 100 institutions, ending of the handle)
OTHER_ROLES = (
    ("topical", ("instagram", "x"), 0.09, "info"),
    ("unit", ("facebook", "instagram"), 0.07, "unit"),
    ("leader", ("instagram", "x"), 0.06, "ketua"),
)
URLS = {
    "instagram": "https://www.instagram.com/{}/",
    "facebook": "https://www.facebook.com/{}",
    "x": "https://x.com/{}",
    "youtube": "https://www.youtube.com/channel/{}",
    "tiktok": "https://www.tiktok.com/@{}",
    "web": "https://{}/",
}
# X allows 15 characters: "simulasi", three letters of the name and two syllables.
CONSONANTS, VOWELS = "bdgklmpst", "aeiou"


@dataclass(frozen=True)
class SimulatedAccount:
    """An account as it is posted from: by one institution's people, from a day to a day.

    voice is the position of the institution whose qualities shape the posts; owners are
    positions with the half-open days that they owned the account. Posts stop on stops_on, when
    the heir closes the account.
    """

    row: Account
    voice: int
    owners: tuple[tuple[int, date | None, date | None], ...]
    starts_on: date | None = None
    stops_on: date | None = None

    @property
    def export_id(self) -> str:
        """The account_id as exports write it: the platform's id if known, else `@handle`."""
        return self.row.account_id.partition(":")[2]


def open_accounts(plan: SimulationPlan, institutions: Institutions) -> tuple[SimulatedAccount, ...]:
    """All accounts in the order of platforms and institutions."""
    x_handles: set[str] = set()
    accounts = []
    for platform, role, position, ending in _seats(plan, institutions):
        handle = _handle(institutions, platform, position, ending, x_handles)
        account = _account(plan, platform, handle, role)
        accounts.append(_owned(account, position, institutions))
    return tuple(accounts)


def registry_rows(
    accounts: tuple[SimulatedAccount, ...], institutions: Institutions
) -> list[Account]:
    """A row for each account and owner, in the order of accounts and dates."""
    rows = []
    for account in accounts:
        for owner, owned_from, owned_to in account.owners:
            row = replace(
                account.row,
                institution_id=institutions.rows[owner].institution_id,
                valid_from=owned_from,
                valid_to=owned_to,
            )
            if owned_from and owned_from == account.stops_on:
                row = replace(row, counts=False, counts_reason="closed at the merger")
            rows.append(row)
    return rows


def _seats(plan: SimulationPlan, institutions: Institutions) -> list[tuple[str, str, int, str]]:
    """(platform, role, institution, ending of the handle) of every account to open."""
    openers = [p for p in range(len(institutions.rows)) if institutions.opens_accounts(p)]
    # The first steady institution keeps to a single platform, whatever the draw.
    single = institutions.steady[0]
    others = np.array([position for position in openers if position != single])
    seats = []
    for platform in PLATFORMS:
        count = round(MAIN_SHARES[platform] * len(others))
        rng = generator(plan.seed, "seats", platform)
        chosen = sorted(rng.permutation(others)[:count].tolist())
        alone = [single] if platform == "instagram" else []
        seats += [(platform, "main", position, "") for position in [*alone, *chosen]]
    for role, platforms, share, ending in OTHER_ROLES:
        rng = generator(plan.seed, "seats", role)
        chosen = sorted(rng.permutation(others)[: max(1, round(share * len(others)))].tolist())
        seats += [
            (platforms[turn % len(platforms)], role, position, ending)
            for turn, position in enumerate(chosen)
        ]
    return sorted(seats, key=lambda seat: (PLATFORMS.index(seat[0]), seat[2]))


def _handle(
    institutions: Institutions, platform: str, position: int, ending: str, x_handles: set[str]
) -> str:
    name = institutions.names[position]
    if platform == "web":
        return f"simulasi-{name.stem}.example"
    if platform == "x":
        return _x_handle(f"simulasi{name.letters}", f"{name.stem}{ending}", x_handles)
    return f"simulasi_{name.stem}" + (f"_{ending}" if ending else "")


def _x_handle(start: str, name: str, taken: set[str]) -> str:
    """A short handle two letters or more away from all others.

    taken holds each handle with each of its letters left open, and grows.
    """
    for attempt in count():
        number = crc32(f"{name} {attempt}".encode())
        end = ""
        for letters in (CONSONANTS, VOWELS, CONSONANTS, VOWELS):
            number, place = divmod(number, len(letters))
            end += letters[place]
        handle = start + end
        near = {f"{handle[:at]}?{handle[at + 1 :]}" for at in range(len(handle))}
        if taken.isdisjoint(near):
            break
    taken |= near
    return handle


def _account(plan: SimulationPlan, platform: str, handle: str, role: str) -> Account:
    """The account's registry row, without its owners."""
    channel = ""
    if platform == "youtube":
        channel = f"UCsimulasi{key_of(plan.seed, handle):016x}"[:24]
    export_id = {"youtube": channel, "web": handle}.get(platform, f"@{handle}")
    return Account(
        account_id=f"{platform}:{export_id}",
        institution_id="",
        platform=platform,
        handle=handle,
        platform_id=channel,
        url=URLS[platform].format(channel or handle),
        role=role,
        counts=role != "leader",
        counts_reason="akun pribadi pimpinan / the head's own account" if role == "leader" else "",
        grade="A",
        checked_on=plan.opens_on - timedelta(days=14),
        evidence="simulasi, akun rekaan / simulated, invented account",
    )


def _owned(row: Account, position: int, institutions: Institutions) -> SimulatedAccount:
    """The account with its owners: the founder, and the heir if there is one."""
    founder = institutions.rows[position]
    change = institutions.change_ending(position)
    if change is None:
        alone = ((position, founder.valid_from, None),)
        return SimulatedAccount(row, position, alone, starts_on=founder.valid_from)
    ends_on = change.effective_on
    owners = ((position, None, ends_on), (change.heir, ends_on, None))
    if not _passes_on(row, position, change):
        return SimulatedAccount(row, position, owners, stops_on=ends_on)
    # A renamed institution renames its main accounts; exports know the new handle only.
    renames = row.role == "main" and row.platform in ("instagram", "tiktok")
    if change.change == "rename" and renames:
        row = replace(row, past_handles=(f"dulu_{row.handle}"[:24],))
    return SimulatedAccount(row, position, owners)


def _passes_on(row: Account, position: int, change: Change) -> bool:
    """Whether the heir keeps the account: of merged institutions, the first one's and Instagram.

    An institution merged into a standing one brings its Instagram account alone.
    """
    if change.change != "merge":
        return True
    is_first = change.heir_is_new and position == change.predecessors[0]
    return is_first or (row.platform == "instagram" and row.role == "main")
