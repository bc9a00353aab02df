"""Tables of no known format, read by the mapping profiles of the edition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat

from tolok.methodology.mapping import MappingProfile, header_sha256
from tolok.model import COUNTS, KINDS, PLATFORMS
from tolok.platforms import handle_from_url, platform_of_url, post_id_from_url
from tolok.sources.brought import Brought
from tolok.sources.cells import Cells, Column, known_counts
from tolok.sources.format import Format
from tolok.sources.table import folded
from tolok.sources.table_format import Columns, TableFormat

_PREFIX = "map "
_NUMBERS = (*COUNTS, "engagement_count", "follower_count", "media_count")
_DATES = ("published_at", "observed_at")
_ADDRESS = ("/", "www.")


@dataclass(frozen=True)
class Maps:
    """The profiles of an edition, by the hash of the header that each is for."""

    profiles: Mapping[str, MappingProfile] = field(default_factory=dict)

    def format_for(self, brought: Brought) -> Format | None:
        """The format that a profile makes of a table's header, or None."""
        profile = self._profile(brought)
        return mapped_format(profile).format() if profile else None

    def sha256_for(self, brought: Brought) -> str | None:
        """The hash of the profile by which a file would be read, or None."""
        profile = self._profile(brought)
        return profile.sha256 if profile else None

    def sha256_of(self, found: Format) -> str | None:
        """The hash of the profile that made a format, or None for one of Tolok's own."""
        named = (p.sha256 for p in self.profiles.values() if found.name == f"{_PREFIX}{p.name}")
        return next(named, None)

    def _profile(self, brought: Brought) -> MappingProfile | None:
        for head in brought.heads:
            for row in head.folded:
                if (found := self.profiles.get(header_sha256(row))) is not None:
                    return found
        return None


def mapped_format(profile: MappingProfile) -> TableFormat:
    """The format of tables with the profile's header."""
    words = {word: (folded(header),) for word, header in profile.columns.items()}
    return TableFormat(
        name=f"{_PREFIX}{profile.name}",
        words=words,
        needs=tuple(words),
        rows=partial(_rows, profile),
        numbers=tuple(word for word in _NUMBERS if word in words),
        dates=tuple(word for word in _DATES if word in words),
        zone=profile.time_zone or None,
        decimal=profile.decimal or None,
        order=profile.date_order or None,
        has_titles=True,
        commenter="author" if "author" in words else "",
        also=lambda row: header_sha256(row) == profile.header_sha256,
    )


def _rows(profile: MappingProfile, cells: Cells) -> dict[str, Columns]:
    platforms = _platforms(profile, cells)
    urls = cells.words("url")
    accounts = [
        _account(platform, account, url)
        for platform, account, url in zip(
            platforms, _given(profile, cells, "account_id"), urls, strict=True
        )
    ]
    base: dict[str, Column] = {"platform": platforms, "account_id": accounts}
    if cells.has("observed_at"):
        base["observed_at"] = cells.moments("observed_at")
    if profile.table == "followers":
        return {"followers": base | {"follower_count": cells.counts("follower_count")}}
    base["published_at"] = cells.moments("published_at")
    base["text"] = cells.texts("text")
    if profile.table == "comments":
        base.pop("account_id")
        for word in ("comment_id", "post_id", "parent_id", "author", "is_institution"):
            if cells.has(word) or word in profile.constants:
                base[word] = _given(profile, cells, word)
        if cells.has("reaction_count"):
            base["reaction_count"] = cells.counts("reaction_count")
        return {"comments": base}
    return _posts(profile, cells, base, urls)


def _posts(
    profile: MappingProfile, cells: Cells, base: dict[str, Column], urls: Column
) -> dict[str, Columns]:
    ids = [
        _post_id(platform, post_id, url)
        for platform, post_id, url in zip(
            base["platform"], _given(profile, cells, "post_id"), urls, strict=True
        )
    ]
    counts = {name: cells.counts(name) for name in COUNTS if cells.has(name)}
    posts = {**base, "post_id": ids, "url": urls, **known_counts(counts, {})}
    if not counts:
        posts["missing"] = cells.same(None)
    for word in ("duration_s", "co_account_ids"):
        posts[word] = cells.words(word)
    for word in ("media_count", "engagement_count"):
        posts[word] = cells.counts(word) if cells.has(word) else cells.same(None)
    kinds = _given(profile, cells, "kind")
    posts["kind"] = [kind and _kind(profile, kind) for kind in kinds]
    strange = {kind for kind, known in zip(kinds, posts["kind"], strict=True) if kind and not known}
    for kind in sorted(strange):
        cells.notes.append(f"has posts of the kind {kind!r}, which [kinds] of its profile lacks.")
    tables: dict[str, Columns] = {"posts": posts}
    if cells.has("follower_count"):
        at_posting = {"observed_at": base["published_at"]}
        count = cells.counts("follower_count")
        tables["followers"] = {**base, **at_posting, "follower_count": count}
    return tables


def _given(profile: MappingProfile, cells: Cells, word: str) -> Column:
    """A column of the file, or the constant that stands for it."""
    constant = profile.constants.get(word)
    return cells.same(constant) if constant is not None else cells.ids(word)


def _platforms(profile: MappingProfile, cells: Cells) -> Column:
    given = _given(profile, cells, "platform")
    urls = cells.words("url") if cells.has("url") else list(repeat(None, len(given)))
    return [_platform(profile, word, url) for word, url in zip(given, urls, strict=True)]


def _platform(profile: MappingProfile, word: str | None, url: str | None) -> str | None:
    """The platform of a row: as the profile says of the file's word, else by the address."""
    name = (word or "").casefold()
    if name in profile.platforms:
        return profile.platforms[name]
    if name in PLATFORMS:
        return name
    return platform_of_url(url) if url and not word else word


def _kind(profile: MappingProfile, word: str) -> str | None:
    """What the file's word for a kind means; None where nobody says it."""
    name = word.casefold()
    return profile.kinds.get(name) or (name if name in KINDS else None)


def _account(platform: str | None, account: str | None, url: str | None) -> str | None:
    """The account of a row: an id, a handle, or whom an address names."""
    if platform not in PLATFORMS:
        return account
    if account is None or any(sign in account for sign in _ADDRESS):
        account = handle_from_url(platform, account or url or "") or account
    is_id = account is None or account.isdigit() or account.startswith(("@", "UC", "urn:"))
    return account if is_id or platform == "web" else f"@{account}"


def _post_id(platform: str | None, post_id: str | None, url: str | None) -> str | None:
    """The id of a post: from its address where that names one, else as the column has it."""
    if platform not in PLATFORMS:
        return post_id
    address = post_id if post_id and "/" in post_id else url
    return (post_id_from_url(platform, address) if address else None) or post_id
