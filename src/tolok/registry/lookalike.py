"""Handles that a reader may take for each other, and that belong to different institutions.

Regional offices, fan pages and impostors stand one letter away from a ministry's account. A pair is
worth a look and proves nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from tolok.model import Account

_SHORT = 6
"""Handles shorter than this are one letter apart by chance: ub, ui, ut are three universities."""

# What looks alike in a usual typeface, and the Cyrillic letters that look Latin.
_LETTERS = str.maketrans(
    "01l5\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456",
    "oiisaeopcxyi",
)
_SEPARATORS = str.maketrans("", "", "._-")


def skeleton(handle: str) -> str:
    """A handle with what looks alike made the same.

    >>> skeleton("bank_ind0nesla") == skeleton("bankindonesia")
    True
    """
    plain = handle.casefold().translate(_SEPARATORS).translate(_LETTERS)
    return plain.replace("rn", "m").replace("vv", "w")


def is_one_edit_away(one: str, other: str) -> bool:
    """Whether one letter put in, left out or changed makes one word of the other.

    >>> is_one_edit_away("bpsstatistic", "bpsstatistics"), is_one_edit_away("bps", "bnpb")
    (True, False)
    """
    if len(one) > len(other):
        one, other = other, one
    if one == other or len(other) - len(one) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[at + (len(one) == len(other)) :] == other[at + 1 :]


def lookalikes(accounts: Iterable[Account]) -> Iterator[tuple[Account, Account]]:
    """Pairs of accounts of one platform and two institutions whose handles look alike.

    Web hosts are left out: they differ by few letters by nature, and their registrar names them.
    """
    by_key: defaultdict[tuple[str, str], list[Account]] = defaultdict(list)
    for account in accounts:
        if account.handle and account.platform != "web":
            for key in _keys(account.handle):
                by_key[account.platform, key].append(account)
    seen: set[tuple[str, str]] = set()
    for alike in by_key.values():
        for one, other in combinations(alike, 2):
            pair = (min(one.account_id, other.account_id), max(one.account_id, other.account_id))
            if one.institution_id == other.institution_id or pair[0] == pair[1] or pair in seen:
                continue
            if _look_alike(one.handle, other.handle):
                seen.add(pair)
                yield one, other


def _keys(handle: str) -> set[str]:
    """Keys of which two handles share one if they look alike: so not every pair is compared."""
    keys = {f"~{skeleton(handle)}"}
    if len(handle) >= _SHORT - 1:  # a word of five letters may be one away from one of six
        keys |= {handle, *(handle[:at] + handle[at + 1 :] for at in range(len(handle)))}
    return keys


def _look_alike(one: str, other: str) -> bool:
    if skeleton(one) == skeleton(other):
        return True
    return max(len(one), len(other)) >= _SHORT and is_one_edit_away(one, other)
