"""Whose file is this? The one format that claims it, or what to say where none or several do."""

from tolok.errors import AmbiguousFormat, UnknownFormat
from tolok.sources.brought import Brought
from tolok.sources.format import Format
from tolok.sources.formats import formats
from tolok.sources.mapped import Maps

_OLD_BOOK = b"\xd0\xcf\x11\xe0"
"""How files of old Office programs begin, and new ones with a password."""


def find_format(brought: Brought, name: str | None = None, maps: Maps | None = None) -> Format:
    """The one format that claims a file, the one that is named, or the profile for its header.

    Raises: UnknownFormat where none claims it, AmbiguousFormat where several do.
    """
    if name is not None:
        return formats()[name]
    claiming = [known for known in formats().values() if known.claims(brought)]
    if len(claiming) > 1:
        raise AmbiguousFormat(brought.name, [known.name for known in claiming])
    if claiming:
        return claiming[0]
    mapped = maps.format_for(brought) if maps else None
    if mapped:
        return mapped
    has_columns = brought.is_text or brought.sheets
    hints = [known.hint(brought) for known in formats().values() if has_columns]
    raise UnknownFormat(
        brought.name,
        brought.shown,
        tuple(formats()),
        " ".join(filter(None, [*hints, _near(brought)])),
    )


def _near(brought: Brought) -> str:
    """What else can be done: the format that the file resembles most, and how to map a table."""
    if brought.start.startswith(_OLD_BOOK):
        return "It is an old workbook (.xls), or one with a password: save it as .xlsx without one."
    if not brought.is_text and not brought.sheets:
        return "Bring the export itself, as CSV, XLSX or JSON."
    said = []
    nearest = max(formats().values(), key=lambda known: known.nearness(brought))
    share = nearest.nearness(brought)
    if share >= 0.5:
        said.append(f"Nearest is {nearest.name}, of whose needed columns it has {share:.0%}.")
    if any(len(row) > 1 for head in brought.heads for row in head.rows):
        said.append("Any table can be read by a mapping profile: see `tolok map`.")
    return " ".join(said)
