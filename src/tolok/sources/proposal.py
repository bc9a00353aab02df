"""A first mapping profile for a table of no known format: which column may be which of ours.

It is a proposal, made of the names of the columns and of the first values in them, for a person to
correct. What is not certain enough is left out and said, not guessed.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tolok.errors import FileFault
from tolok.methodology.mapping import NEEDED, header_sha256
from tolok.model import KINDS, PLATFORMS
from tolok.platforms import platform_of_url
from tolok.sources.brought import Brought
from tolok.sources.cells import Cells, Reading
from tolok.sources.network import network_platform
from tolok.sources.table import Head, rows_below

_TERMS: dict[str, tuple[str, ...]] = {
    "post_id": (
        "post id", "id postingan", "postid", "message id", "tweet id", "status id", "video id",
        "media id", "content id", "id konten", "shortcode", "id",
    ),
    "comment_id": ("comment id", "id komentar", "commentid"),
    "url": (
        "permalink", "post link", "post url", "link", "url", "tautan", "alamat", "address",
    ),
    "account_id": (
        "account id", "id akun", "page id", "channel id", "profile id", "handle", "username",
        "user name", "nama pengguna", "screen name", "account", "akun", "user", "page", "profile",
        "channel", "twitter", "instagram", "facebook", "youtube", "tiktok",
    ),
    "platform": ("platform", "social network", "network", "jaringan", "media sosial"),
    "observed_at": (
        "observed at", "date sampled", "sampled", "collected at", "collected", "retrieved at",
        "captured at", "snapshot", "export date", "tanggal pengambilan", "tanggal unduh",
    ),
    "published_at": (
        "published at", "publish time", "post time", "created at", "created time", "posted at",
        "published", "created", "waktu publikasi", "waktu penerbitan", "waktu unggah", "tanggal",
        "waktu", "timestamp", "date", "time",
    ),
    "kind": (
        "post type", "jenis postingan", "content type", "media type", "type", "jenis", "format",
    ),
    "reaction_count": ("reactions", "likes", "favorites", "favourites", "suka", "reaksi", "like"),
    "comment_count": ("comments", "replies", "komentar", "balasan", "comment"),
    "share_count": ("shares", "retweets", "reposts", "dibagikan", "share"),
    "save_count": ("saves", "bookmarks", "disimpan", "saved"),
    "view_count": ("views", "plays", "penayangan", "view"),
    "follower_count": (
        "followers", "follower", "pengikut", "subscribers", "subscriber", "fans", "likes followers",
    ),
    "author": ("author", "commenter", "penulis", "author name"),
    "text": (
        "caption", "post text", "message", "text", "description", "deskripsi", "teks", "isi",
        "keterangan", "konten", "title", "judul",
    ),
}  # fmt: skip
_GENERIC = {
    "id", "date", "time", "timestamp", "type", "format", "text", "title", "user", "page", "profile",
    "channel", "account", "description", "message", "created", "isi", "konten", "waktu", "tanggal",
    "jenis", "twitter", "instagram", "facebook", "youtube", "tiktok", "platform", "author",
}  # fmt: skip
"""Terms that say a column only where they are its whole name."""
_FILLERS = {"count", "counts", "total", "number", "of", "jumlah", "per", "post", "posts"}
_SPEAKING = {"tweet": "x", "tweets": "x", "retweets": "x", "retweet": "x"}
"""Words in the names of columns that speak of a platform."""
_DAYS = {"date", "day", "tanggal", "hari", "as of", "per tanggal"}
"""Columns that in a table of followers say when they were read."""
_LOOKED_AT = 2_000


@dataclass(frozen=True)
class Proposal:
    """What a table may be: its header, and what is proposed for a profile.

    unclear are what a person has to add or to look at, as sentences.
    """

    file: str
    header: Sequence[str]
    header_sha256: str
    table: str
    columns: Mapping[str, str]
    constants: Mapping[str, str]
    platforms: Mapping[str, str]
    kinds: Mapping[str, str]
    unclear: Sequence[str]

    def toml(self) -> str:
        """The profile as a file to correct."""
        lines = [
            f"# How Tolok reads tables with the columns of {self.file}. A proposal: correct it.",
            *(f"# ! {sentence}" for sentence in self.unclear),
            f"header_sha256 = {_quoted(self.header_sha256)}",
            f"table = {_quoted(self.table)}        # posts, followers or comments",
            'time_zone = ""           # of times without one, such as "Asia/Jakarta"',
            'decimal = ""             # "." or ",": empty if the numbers tell it themselves',
            'date_order = ""          # "day" or "month": empty if the dates tell it themselves',
            "",
            "[columns]                # ours = the column's name in the file",
            *_lines(self.columns),
            "",
            "[constants]              # what all rows share",
            *_lines(self.constants),
            "",
            "[platforms]              # the file's word = ours",
            *_lines(self.platforms),
            "",
            f"[kinds]                  # the file's word = one of {', '.join(KINDS)}",
            *_lines(self.kinds),
            "",
            "# Columns of the file: " + ", ".join(map(_quoted, self.header)),
        ]
        return "\n".join(lines) + "\n"


def propose(brought: Brought) -> Proposal:
    """The profile that the names and first values of a table's columns suggest.

    Raises: FileFault where the file holds no table.
    """
    head, row = _header(brought)
    names = [name for name in head.folded[row - 1] if name]
    shown = {folded: head.rows[row - 1][at] for at, folded in enumerate(head.folded[row - 1])}
    columns = _columns(names)
    table = _table(columns)
    values = _values(brought, head, row)
    found = {ours: shown[theirs].strip() for ours, theirs in columns.items()}
    if table == "followers":
        found = {k: v for k, v in found.items() if k in _OF_FOLLOWERS}
        if "account_id" in found:
            found.pop("url", None)
        if "observed_at" not in found and columns.get("published_at") in _DAYS:
            found["observed_at"] = shown[columns["published_at"]].strip()
    else:
        found.pop("author" if table == "posts" else "follower_count", None)
    platform = _platform(columns, names, values, brought.name)
    words = values.get(columns.get("platform", ""), ())
    platforms, strange = _platform_words(words)
    kind_words = values.get(columns.get("kind", ""), ()) if "kind" in found else ()
    kinds = _kinds(kind_words)
    constants = {"platform": platform} if platform and "platform" not in found else {}
    return Proposal(
        file=brought.name,
        header=[name.strip() for name in head.rows[row - 1] if name.strip()],
        header_sha256=header_sha256(head.folded[row - 1]),
        table=table,
        columns=found,
        constants=constants,
        platforms=platforms if "platform" in found else {},
        kinds=kinds,
        unclear=[*_unclear(table, found, constants), *strange, *_open_kinds(kind_words, kinds)],
    )


_OF_FOLLOWERS = ("platform", "account_id", "url", "observed_at", "follower_count")


def _header(brought: Brought) -> tuple[Head, int]:
    """The first row of the widest rows of the first table that has some."""
    for head in brought.heads:
        widths = [sum(1 for cell in row if cell.strip()) for row in head.rows]
        widest = max(widths, default=0)
        if widest > 1:
            return head, next(n for n, width in enumerate(widths, 1) if width > widest * 0.7)
    raise FileFault(
        brought.name, "holds no table.", remedy="A profile maps the columns of a table."
    )


def _columns(names: Sequence[str]) -> dict[str, str]:
    """The column of the file for each of ours, every column once, the surest first."""
    scored = sorted(
        (-score, list(_TERMS).index(ours), at, ours, name)
        for ours, terms in _TERMS.items()
        for at, name in enumerate(names)
        if (score := _likeness(name, terms)) > 0
    )
    columns: dict[str, str] = {}
    for _, _, _, ours, name in scored:
        if ours not in columns and name not in columns.values():
            columns[ours] = name
    return columns


def _likeness(name: str, terms: Sequence[str]) -> int:
    """How surely a column's name is one of the terms: whole, or as words of it; 0 for no term."""
    words = " ".join(re.split(r"[\W_]+", name)).strip()
    bare = _bare(words)
    for place, term in enumerate(terms):
        if words == term or bare == _bare(term):
            return 200 - place
    for place, term in enumerate(terms):
        if term not in _GENERIC and f" {_singular(term)} " in f" {_singular(words)} ":
            return 100 - place
    return 0


def _bare(words: str) -> str:
    """A name without the words that all counts share; itself, if it is made of nothing else."""
    kept = [word for word in words.split() if word not in _FILLERS]
    return _singular(" ".join(kept)) or words


def _singular(words: str) -> str:
    return " ".join(word.removesuffix("s") for word in words.split())


def _table(columns: Mapping[str, str]) -> str:
    if "comment_id" in columns or ("author" in columns and "post_id" in columns):
        return "comments"
    has_counts = {"comment_count", "share_count", "view_count"} & columns.keys()
    return "followers" if "follower_count" in columns and not has_counts else "posts"


def _values(brought: Brought, head: Head, row: int) -> dict[str, list[str]]:
    """The distinct values of each column in the first rows, by its folded name."""
    places = {name: at for at, name in enumerate(head.folded[row - 1]) if name}
    found: dict[str, dict[str, None]] = {name: {} for name in places}
    for chunk in islice(rows_below(brought.path, head, row), 1):
        cells = Cells(Reading(brought.name, places, {}), chunk.good[:_LOOKED_AT])
        for name in places:
            found[name] = dict.fromkeys(value for value in cells.words(name) if value)
    return {name: list(values) for name, values in found.items()}


def _platform(
    columns: Mapping[str, str], names: Iterable[str], values: Mapping[str, Sequence[str]], file: str
) -> str | None:
    """The one platform that the addresses, the columns' names or the file's name speak of."""
    addresses = values.get(columns.get("url", ""), ())
    of_addresses = {platform_of_url(address) for address in addresses[:100]} - {None, "web"}
    if len(of_addresses) == 1:
        return of_addresses.pop()
    words = {word for name in (*names, file) for word in re.split(r"[\W_]+", name.casefold())}
    spoken = {_SPEAKING.get(word) or network_platform(word) for word in words} - {None, "web"}
    return spoken.pop() if len(spoken) == 1 else None


def _platform_words(words: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """What the file's names of platforms mean, and those that mean none of ours."""
    known = {word.casefold(): network_platform(word.casefold()) for word in words}
    platforms = {
        word: meaning for word, meaning in known.items() if meaning and word not in PLATFORMS
    }
    strange = [word for word, meaning in known.items() if meaning is None]
    if not strange:
        return platforms, []
    listed = ", ".join(strange[:20])
    return platforms, [f"Rows of these platforms will be refused: {listed}."]


def _kinds(words: Iterable[str]) -> dict[str, str]:
    """What the file's names of kinds mean, as far as they say it."""
    found: dict[str, str] = {}
    for word in words:
        name = word.casefold()
        for part, kind in _KIND_WORDS:
            if part in name and name not in KINDS:
                found.setdefault(name, kind)
    return found


def _open_kinds(words: Iterable[str], kinds: Mapping[str, str]) -> list[str]:
    """What a person has to add for kinds that no word tells."""
    known = {*kinds, *KINDS}
    missing = [word for word in words if word.casefold() not in known]
    listed = ", ".join(missing[:20])
    return [f"Say under [kinds] what these words mean: {listed}."] if missing else []


_KIND_WORDS = (
    ("reel", "short_video"), ("short", "short_video"), ("carousel", "carousel"),
    ("album", "carousel"), ("korsel", "carousel"), ("story", "story"), ("cerita", "story"),
    ("live", "live"), ("video", "video"), ("photo", "image"), ("image", "image"),
    ("gambar", "image"), ("foto", "image"), ("link", "link"), ("status", "text"), ("text", "text"),
    ("teks", "text"),
)  # fmt: skip


def _unclear(table: str, columns: Mapping[str, str], constants: Mapping[str, str]) -> list[str]:
    given = {*columns, *constants}
    sentences = [
        f"No column is surely {needed}: name it under [columns], or its value under [constants]."
        for needed in NEEDED[table]
        if needed not in given and not (needed == "post_id" and "url" in given)
    ]
    if table != "comments" and "account_id" not in given:
        sentences.append(
            "No column names the account: put account_id under [constants], or pass --account."
        )
    if "observed_at" not in given:
        sentences.append("No column says when the counts were read: bring it with --exported-at.")
    return sentences


def _lines(pairs: Mapping[str, str]) -> list[str]:
    return [f"{_key(name)} = {_quoted(value)}" for name, value in pairs.items()]


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _quoted(text: str) -> str:
    """A text as TOML writes it: a JSON string is one, but for the code point 127."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
