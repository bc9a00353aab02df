"""A pack before it is a document: what of each nominee is shown, in which order, in words."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from babel.lists import format_list

from tolok.jury.ballot import Entry
from tolok.methodology.category import Category
from tolok.publish.language import Language
from tolok.publish.links import web_address
from tolok.publish.packs.caption import clean, shortened
from tolok.publish.packs.evidence import Evidence, EvidenceRow
from tolok.publish.packs.figures import nominee_facts, nominee_flags, post_facts
from tolok.publish.packs.pictures import Picture, Unfit, picture_of

Fact = tuple[str, str]


@dataclass(frozen=True)
class PostView:
    """One post as a juror sees it; `facts` are its figures, in the open part alone.

    Missing: kind is empty where no source says it, url where there is none that may be a link.
    """

    platform: str
    kind: str
    day: str
    text: str
    url: str
    joint: str = ""
    picture: Picture | None = None
    picture_note: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class NomineeView:
    """One nominee: its number in this pack, its name, what it is, its posts.

    `facts` and `flags` are figures, in the open part alone.
    """

    number: int
    name: str
    cluster: str
    context: tuple[str, ...]
    posts: tuple[PostView, ...]
    facts: tuple[Fact, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class PackView:
    """A juror's pack of one category; `is_open` is the part with the figures."""

    language: Language
    category: Category
    juror: str
    is_open: bool
    nominees: tuple[NomineeView, ...]
    clusters: dict[str, list[NomineeView]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What the document is, and of which award."""
        words = self.language.words
        kind = words("pack.open_title") if self.is_open else words("pack.title")
        return f"{kind}: {self.category.label[self.language.code]}"


def pack_view(
    evidence: Evidence, language: Language, juror: str, category: str, entries: Sequence[Entry]
) -> PackView:
    """The pack without a figure: nothing here reads a count, a score or a rank."""
    return _view(evidence, language, juror, category, entries, is_open=False)


def figures_view(
    evidence: Evidence, language: Language, juror: str, category: str, entries: Sequence[Entry]
) -> PackView:
    """The same nominees and posts in the same order, with what the data say."""
    return _view(evidence, language, juror, category, entries, is_open=True)


def shown_posts(
    evidence: Evidence, juror: str, category: str, institution_id: str
) -> list[EvidenceRow]:
    """The posts of a nominee, each once, shuffled by the juror: best ones and sample are mixed."""
    rows = evidence.posts.get((category, institution_id), ())
    once = {(row.platform, row.post_id): row for row in reversed(rows)}

    def turn(row: EvidenceRow) -> bytes:
        key = f"{juror}\x00{category}\x00{institution_id}\x00{row.platform}\x00{row.post_id}"
        return hashlib.sha256(key.encode()).digest()

    return sorted(once.values(), key=turn)


def _view(  # noqa: PLR0913 -- what a pack is made of, and whether it is open
    evidence: Evidence,
    language: Language,
    juror: str,
    category: str,
    entries: Sequence[Entry],
    *,
    is_open: bool,
) -> PackView:
    asked = [entry for entry in entries if entry.category == category]
    nominees = tuple(
        _nominee(evidence, language, juror, number, entry, is_open=is_open)
        for number, entry in enumerate(asked, 1)
    )
    clusters: dict[str, list[NomineeView]] = {}
    for nominee in nominees:
        clusters.setdefault(nominee.cluster, []).append(nominee)
    return PackView(language, evidence.category(category), juror, is_open, nominees, clusters)


def _nominee(  # noqa: PLR0913 -- what a pack is made of, and whether it is open
    evidence: Evidence,
    language: Language,
    juror: str,
    number: int,
    entry: Entry,
    *,
    is_open: bool,
) -> NomineeView:
    rows = shown_posts(evidence, juror, entry.category, entry.institution_id)
    blind = NomineeView(
        number=number,
        name=clean(evidence.name(entry.institution_id)),
        cluster=language.cluster(entry.cluster),
        context=_context(evidence, language, entry),
        posts=tuple(_post(evidence, language, row) for row in rows),
    )
    if not is_open:
        return blind
    parts = evidence.posts.get((entry.category, entry.institution_id), ())
    return NomineeView(
        number=number,
        name=blind.name,
        cluster=blind.cluster,
        context=(),
        posts=tuple(
            PostView(
                post.platform,
                post.kind,
                post.day,
                shortened(post.text),
                post.url,
                facts=post_facts(row, parts, language),
            )
            for row, post in zip(rows, blind.posts, strict=True)
        ),
        facts=nominee_facts(evidence, language, entry),
        flags=nominee_flags(evidence, language, entry.institution_id),
    )


def _context(evidence: Evidence, language: Language, entry: Entry) -> tuple[str, ...]:
    """Where it publishes, and among how many it stands; no figure of its own."""
    words, locale = language.words, language.formats.locale
    names = [language.platform(name) for name in evidence.platforms(entry.institution_id)]
    others = evidence.competitors.get((entry.category, entry.cluster), 1) - 1
    cluster = language.cluster(entry.cluster)
    found = []
    if names:
        found.append(words("pack.platforms", names=format_list(names, locale=locale)))
    if others > 0:
        found.append(words("pack.competes", n=others, cluster=cluster))
    return tuple(found)


def _post(evidence: Evidence, language: Language, row: EvidenceRow) -> PostView:
    picture = picture_of(evidence.media, row.platform, row.post_id)
    others = [name.partition(":")[2] for name in row.co_account_ids or ()]
    joined = format_list(others, locale=language.formats.locale) if others else ""
    return PostView(
        platform=language.platform(row.platform),
        kind=language.kind(row.kind) if row.kind else "",
        day=language.formats.day(row.published_on),
        text=clean(row.text),
        url=web_address(row.url),
        joint=language.words("pack.joint", names=clean(joined)) if joined else "",
        picture=picture if isinstance(picture, Picture) else None,
        picture_note=language.words(f"pack.picture_{picture.reason}")
        if isinstance(picture, Unfit)
        else "",
    )
