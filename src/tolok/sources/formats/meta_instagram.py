"""Meta Business Suite: the export of an Instagram account's content (posts, reels, stories).

Each post stands with its totals at the time of the export; rows of single days are no posts.

- Times are MM/DD/YYYY HH:mm in every language, in the zone of the account: it has to be told.
- Rows of another account whose reach is empty are joint posts that the other account published.
- "Komentar data" is a remark on the data, and no count of comments.
- The header is in the language of the person who exports. Where nobody taught it to Tolok, columns
  are told by the shape of what is in them, and counts by their order: Meta writes two orders, and
  one of them has to hold in every row (no reach above the views, no count above the reach) while
  the other does not in half of them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from tolok.errors import FileFault
from tolok.platforms import post_id_from_url
from tolok.sources.brought import Brought
from tolok.sources.cells import Cells, Column, known_counts
from tolok.sources.csv_records import Record
from tolok.sources.format import Format
from tolok.sources.raw import Options
from tolok.sources.table import Head, rows_below
from tolok.sources.table_format import TableFormat

SHARED_WORDS = {
    "id": ("post id", "id postingan", "beitrags-id", "id der beiträge"),
    "text": ("description", "deskripsi", "beschreibung"),
    "duration": ("duration (sec)", "durasi (detik)", "dauer (sek.)"),
    "published": (
        "publish time", "waktu penerbitan", "waktu publikasi",
        "veröffentlichungszeitpunkt", "veröffentlichungszeit",
    ),
    "permalink": ("permalink",),
    "type": ("post type", "jenis postingan", "beitragstyp", "beitragsart"),
    "date": ("date", "tanggal", "datum"),
    "views": ("views", "tayangan", "aufrufe"),
    "reach": ("reach", "jangkauan", "reichweite"),
    "comments": ("comments", "komentar", "kommentare"),
    "shares": (
        "shares", "frekuensi dibagikan", "kali dibagikan", "geteilte inhalte",
        "geteilt",
    ),
}  # fmt: skip
"""Headers that the exports of Instagram and of Facebook have in common."""
_WORDS = SHARED_WORDS | {
    "account_id": ("account id", "id akun", "konto-id"),
    "username": (
        "account username", "nama pengguna akun", "konto-benutzername",
        "benutzername des kontos",
    ),
    "likes": (
        "likes", "suka", "tanda suka", "„gefällt mir“-angaben", '"gefällt mir"-angaben',
        "gefällt mir-angaben",
    ),
    "saves": (
        "saves", "frekuensi disimpan", "kali disimpan", "gespeicherte beiträge",
        "gespeichert", "speicherungen",
    ),
    "replies": ("replies", "balasan", "antworten"),
    "taps": ("sticker taps", "ketukan stiker", "sticker-klicks"),
}  # fmt: skip
_KINDS = (
    ("reel", "short_video"),
    *((word, "carousel") for word in ("carousel", "korsel", "karussell", "album")),
    *((word, "story") for word in ("story", "stories", "cerita")),
    *((word, "image") for word in ("image", "gambar", "foto", "photo", "bild")),
    ("live", "live"),
    ("video", "video"),
)
_ADDRESSES = {"/reel/": "short_video", "/reels/": "short_video", "/stories/": "story"}
_SINGLE = {"image", "short_video", "video", "story", "live"}
_MANGLED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")

_STANDARD = (
    "id", "account_id", "username", "name", "text", "duration", "published", "permalink", "type",
    "remark", "date",
)  # fmt: skip
_ORDERS = (
    ("views", "reach", "likes", "shares", "follows", "comments", "saves"),
    ("views", "likes", "shares", "comments", "saves", "reach", "follows"),
)
_COUNT = r"(\d{1,3}([.,]\d{3})*|\d+)?"
_SHAPES = {
    "id": re.compile(r"\d{15,18}"),
    "account_id": re.compile(r"\d{15,18}"),
    "username": re.compile(r"[a-z0-9._]{1,30}"),
    "duration": re.compile(r"(\d{1,5})?"),
    "published": re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d"),
    "permalink": re.compile(r"https://www\.instagram\.com/(p|reel|tv)/[\w-]+/?"),
    "type": re.compile(r"[^\d/]{2,40}"),
    "date": re.compile(r"\D{2,40}|\d.*"),
}
_PROVING_ROWS = 10
_STRANGE_SHARE = 0.05
_SWITCH = (
    "Switch Business Suite to English or Indonesian and export again, "
    "or assign the columns once with `tolok map`"
)


def _rows(cells: Cells) -> Mapping[str, Mapping[str, Column]]:
    drop_days(cells)
    links = cells.words("permalink")
    kinds = [
        _kind(kind or "", link or "")
        for kind, link in zip(cells.folded("type"), links, strict=True)
    ]
    accounts, aliases = _accounts(cells)
    counts = {
        "view_count": cells.counts("views"),
        "reaction_count": cells.counts("likes"),
        "comment_count": cells.counts("comments"),
        "share_count": cells.counts("shares"),
        "save_count": cells.counts("saves"),
    }
    # stories have private replies, and nobody can save them
    is_stories = cells.has("taps") and not cells.has("comments")
    never = dict.fromkeys(("comment_count", "save_count"), "not_offered") if is_stories else {}
    platform = cells.same("instagram")
    return {
        "posts": {
            "platform": platform,
            "post_id": _post_ids(cells.ids("id"), links),
            "account_id": accounts,
            "published_at": published(cells),
            "kind": kinds,
            "text": cells.texts("text"),
            "url": links,
            "media_count": ["1" if kind in _SINGLE else None for kind in kinds],
            "duration_s": seconds(cells),
            "co_account_ids": _owners(cells, accounts),
            **known_counts(counts, never),
        },
        "aliases": {"platform": platform, "account_id": accounts, "alias": aliases},
    }


def drop_days(cells: Cells) -> None:
    """Leave out the rows of single days: a date has digits, "Lifetime" has none."""
    for index, day in enumerate(cells.words("date")):
        if day and any(letter.isdigit() for letter in day):
            cells.drop(index, "of single days, which are no totals of a post")


def published(cells: Cells) -> Column:
    """The times of publishing.

    Raises: FileFault where a spreadsheet has rewritten them: it may have swapped day and month.
    """
    written = [cell for cell in cells.words("published") if cell]
    slashed = sum("/" in cell for cell in written)
    dashed = sum(cell[:5].endswith("-") for cell in written)
    pointed = any(_MANGLED.match(cell) for cell in written)
    if pointed or (slashed and dashed):
        problem = "has times that Meta does not write so: a spreadsheet may have swapped days."
        remedy = "Bring the file as it was exported (MM/DD/YYYY), not saved again."
        column = cells.reading.headers.get("published")
        raise FileFault(cells.reading.file, problem, column=column, remedy=remedy)
    return cells.moments("published")


def seconds(cells: Cells) -> Column:
    """The durations in seconds; the 0 of what does not play is none."""
    return [None if found == "0" else found for found in cells.counts("duration")]


def _post_ids(ids: Column, links: Column) -> Column:
    return [
        post_id_from_url("instagram", link) if link else found
        for found, link in zip(ids, links, strict=True)
    ]


def _accounts(cells: Cells) -> tuple[Column, Column]:
    """The account of each row, by id where it is whole, and its handle where it comes first."""
    accounts: Column = []
    aliases: Column = []
    seen = set()
    for found, name in zip(cells.ids("account_id"), cells.folded("username"), strict=True):
        handle = f"@{name}" if name else None
        is_whole = bool(found and found.isdigit())
        accounts.append(found if is_whole else handle)
        is_new = is_whole and (found, handle) not in seen
        seen.add((found, handle))
        aliases.append(handle if is_new else None)
    return accounts, aliases


def _owners(cells: Cells, accounts: Column) -> Column:
    """The account whose export it is, beside the posts of others that it has a part in."""
    owners = cells.reading.owners
    owner = owners.get("account_id", "")
    if not owner.isdigit():
        owner = f"@{owners.get('username', '').casefold()}"
    reaches = cells.words("reach")
    return [
        owner if account and account != owner and reach is None else None
        for account, reach in zip(accounts, reaches, strict=True)
    ]


def _kind(name: str, link: str) -> str | None:
    by_address = next((kind for part, kind in _ADDRESSES.items() if part in link), None)
    return by_address or next((kind for word, kind in _KINDS if word in name), None)


_TABLE = TableFormat(
    name="meta-instagram",
    words=_WORDS,
    needs=("id", "account_id", "username", "published", "permalink", "type"),
    rows=_rows,
    numbers=("views", "likes", "comments", "shares", "saves", "duration"),
    owners=("account_id", "username"),
    order="month",
)


def claims(brought: Brought) -> bool:
    """Whether a table has the known words, or columns that are proved to be the export's."""
    return _TABLE.claims(brought) or _by_shape(brought) is not None


def read(brought: Brought, options: Options) -> list[Any]:
    """The rows of the table as relations.

    Raises: FileFault where the file leaves something open that an option has to say.
    """
    shaped = None if _TABLE.claims(brought) else _by_shape(brought)
    if shaped is None:
        return _TABLE.read(brought, options)
    head = brought.heads[0]
    header = head.rows[_header_place(head)]
    order = [word for word in shaped.words if word not in _STANDARD]
    named = ", ".join(
        f"{cell} as {word}" for word, cell in zip(order, header[len(_STANDARD) :], strict=True)
    )
    brought.notes.append(
        "has its header in a language that Tolok does not know. Columns were told by what is in "
        f"them, and counts by their order, which holds in every row: {named}. Look at one post."
    )
    return shaped.read(brought, options)


def hint(brought: Brought) -> str:
    """What to do with an export that cannot be read: in another language, or of single days."""
    if _TABLE.claims(brought):
        return "Where all its rows are of single days: export the totals of the posts (Lifetime)."
    for head in brought.heads:
        if _resembles(head):
            header = ", ".join(cell for cell in head.rows[_header_place(head)] if cell)
            return (
                "It looks like a content export of Meta Business Suite (Instagram) with its header "
                f"in a language that Tolok does not know, and nothing proves which columns hold "
                f"which counts: {header}. {_SWITCH}."
            )
    return ""


def _header_place(head: Head) -> int:
    """The place of the first row that is as wide as most are: titles may stand above it."""
    widths = [len(row) for row in head.rows]
    return widths.index(max(widths, key=lambda width: (widths.count(width), width)))


def _resembles(head: Head) -> bool:
    """Whether the first rows have addresses, ids and times as the export has them, somewhere.

    One of the rows may be odd, as one is at whose place the file was cut.
    """
    if not head.rows:
        return False
    at = _header_place(head)
    rows = [row for row in head.rows[at + 1 :] if len(row) == len(head.rows[at])]
    odd = 1 if len(rows) > 1 else 0
    found = [
        word
        for column in zip(*rows, strict=True)
        for word in ("id", "published", "permalink")
        if sum(not _SHAPES[word].fullmatch(cell.strip()) for cell in column) <= odd
    ]
    return found.count("id") >= 2 and {"published", "permalink"} <= set(found)


def _by_shape(brought: Brought) -> TableFormat | None:
    """The format with the file's own header as its words, where every column is proved."""
    if len(brought.heads) != 1 or not brought.heads[0].rows:
        return None
    head = brought.heads[0]
    header = head.folded[_header_place(head)]
    width = len(_STANDARD) + len(_ORDERS[0])
    if len(set(header)) != width or not all(header) or not _resembles(head):
        return None
    order = _proved_order(brought, head)
    if order is None:
        return None
    words = {
        word: (cell,) for word, cell in zip((*_STANDARD, *order), header, strict=True)
    }  # one header a word: this file's own
    return replace(_TABLE, words=words, needs=(*_STANDARD, *order))


def _proved_order(brought: Brought, head: Head) -> Sequence[str] | None:
    """The order of counts that holds in every row of a standard export, while the other fails.

    A few rows of another shape prove nothing for or against: they are refused when they are read.
    """
    failures = [0] * len(_ORDERS)
    count = strange = 0
    for chunk in rows_below(brought.path, head, _header_place(head) + 1):
        for row in chunk.good:
            counts = _counts_of(row)
            if counts is None:
                strange += 1
            elif all(cell is not None for cell in counts):
                count += 1
                for place, order in enumerate(_ORDERS):
                    failures[place] += not _holds(dict(zip(order, counts, strict=True)))
    held = [order for order, failed in zip(_ORDERS, failures, strict=True) if not failed]
    is_proved = (
        strange <= max(1, count * _STRANGE_SHARE)
        and count >= _PROVING_ROWS
        and len(held) == 1
        and max(failures) * 2 >= count
    )
    return held[0] if is_proved else None


def _counts_of(row: Record) -> list[int | None] | None:
    """The counts of a row in their order; nothing for a row of another shape."""
    cells = [cell.strip() for cell in row.cells]
    for word, cell in islice(zip(_STANDARD, cells, strict=False), len(_STANDARD)):
        if word in _SHAPES and not _SHAPES[word].fullmatch(cell):
            return None
    counts = cells[len(_STANDARD) :]
    if not all(re.fullmatch(_COUNT, cell) for cell in counts):
        return None
    return [int(re.sub("[.,]", "", cell)) if cell else None for cell in counts]


def _holds(counts: Mapping[str, Any]) -> bool:
    """Whether no more accounts were reached than views counted, and nobody acted unreached."""
    acts = max(counts[word] for word in ("likes", "shares", "follows", "comments", "saves"))
    return bool(acts <= counts["reach"] <= counts["views"])


FORMATS = (Format("meta-instagram", claims, read, hint=hint, nearness=_TABLE.nearness),)
