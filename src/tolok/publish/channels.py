"""The channels as data for the verify box: which address is whose, on what evidence.

Only what the registry holds exactly is called official; a likeness is found by the page, and is
called one.
"""

from collections.abc import Iterator

from tolok.publish.links import institution_path, web_address
from tolok.publish.results import Results
from tolok.publish.rows import AccountRow
from tolok.publish.scripts import data_script

OFFICIAL, PAST, UNCONFIRMED = "official", "past", "unconfirmed"


def build_channels(results: Results) -> Iterator[tuple[str, str]]:
    """Every account of the directory, as a script."""
    rows = [
        [
            account.platform,
            names_of(account),
            results.name(account.institution_id),
            institution_path(account.institution_id),
            state_of(account),
            (account.evidence or "") if not web_address(account.evidence) else "",
            web_address(account.evidence),
            account.checked_on.isoformat() if account.checked_on else "",
            web_address(account.url),
            account.valid_to.isoformat() if account.valid_to else "",
        ]
        for account in results.accounts
    ]
    yield data_script("channels", rows)


def names_of(account: AccountRow) -> list[str]:
    """What an address of the account may name: its handle, and the platform's id of it."""
    _, _, bare = account.account_id.partition(":")
    names = [account.handle or "", bare.removeprefix("@")]
    return list(dict.fromkeys(name for name in names if name))


def state_of(account: AccountRow) -> str:
    """Whether the account is official, was so in former days, or is not confirmed."""
    if not account.is_official:
        return UNCONFIRMED
    return OFFICIAL if account.valid_to is None else PAST
