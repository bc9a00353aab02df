"""Accounts that sources name and the registry does not know, and what is known of each.

One account may stand in the store under several names: the platform's id, and handles of other
days. Names that sources give for one id are one account here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Alias:
    """A handle that a source gave for a platform's id, both as account_id, and when last."""

    account_id: str
    alias: str
    observed_at: datetime


@dataclass(frozen=True)
class UnknownAccount:
    """An account without an owner: its names, its rows, and what sources say beside them.

    `names` are those of its rows, most rows first; `aliases` the others, newest first. `addressed`
    counts its posts by the handle in their address, `joint_with` those made with a known account.
    `contested` are handles that sources gave for more than one id: they join nothing.
    """

    platform: str
    names: tuple[str, ...]
    row_count: int
    first_on: date
    last_on: date
    aliases: tuple[str, ...] = ()
    addressed: Mapping[str, int] = field(default_factory=dict)
    joint_with: Mapping[str, int] = field(default_factory=dict)
    contested: tuple[str, ...] = ()
    follower_count: int | None = None

    @property
    def account_id(self) -> str:
        """The name that most of its rows give."""
        return self.names[0]

    @property
    def all_names(self) -> tuple[str, ...]:
        """The names of its rows, then those that sources give beside them."""
        return tuple(dict.fromkeys((*self.names, *self.aliases)))

    @property
    def handles(self) -> tuple[str, ...]:
        """The handles it goes by, newest first; that of the addresses, where all say the same."""
        named = (handle_of(name) for name in (*self.aliases, *self.names))
        told = self.addressed if len(self.addressed) == 1 else ()
        return tuple(dict.fromkeys([*(name for name in named if name), *told]))


def handle_of(name: str) -> str:
    """The handle in an account_id, or nothing where it holds an id.

    >>> handle_of("x:@contoh"), handle_of("x:123")
    ('contoh', '')
    """
    _, mark, handle = name.partition(":@")
    return handle if mark else ""


def contested_handles(aliases: Iterable[Alias]) -> dict[str, tuple[str, ...]]:
    """Handles that were seen for more than one id, with these ids: they changed hands."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for alias in aliases:
        ids[alias.alias].add(alias.account_id)
    return {handle: tuple(sorted(of)) for handle, of in sorted(ids.items()) if len(of) > 1}


def names_of_one(aliases: Iterable[Alias]) -> dict[str, tuple[str, ...]]:
    """Each name to all names of its account, the newest handle first and the id last.

    Missing: a handle of several ids joins none of them, and stands here not at all.
    """
    aliases = list(aliases)
    contested = contested_handles(aliases)
    newest: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    for alias in aliases:
        if alias.alias not in contested:
            held = newest[alias.account_id]
            held[alias.alias] = max(held.get(alias.alias, alias.observed_at), alias.observed_at)
    found: dict[str, tuple[str, ...]] = {}
    for account_id, seen in newest.items():
        handles = sorted(seen, key=lambda handle: (-seen[handle].timestamp(), handle))
        found |= dict.fromkeys((*handles, account_id), (*handles, account_id))
    return found
