"""What a public body may call itself in a handle, and what a handle says once habit is taken off.

The habits are those of Indonesian bodies: kemen- and kem- for a ministry, pemprov, pemkot and
pemkab for a province, city and regency, jatim for Jawa Timur, univ for a university; and around the
name words that any body may carry, such as humas, official or ri.
"""

import re
import unicodedata
from collections.abc import Iterator

from tolok.model import Institution

_NOISE = (
    "official", "officially", "ofc", "resmi", "akun", "humas", "divhumas", "divisi", "divisihumas",
    "biro", "ppid", "info", "berita", "news", "media", "mediacenter", "portal", "publik", "halo",
    "sahabat", "republikindonesia", "indonesia", "ri", "indo", "id", "goid", "acid", "go", "ac",
    "tv", "channel", "kanal", "campus", "kampus", "kominfo", "diskominfo", "kantor",
)  # fmt: skip
"""Words that any body may put around its name; they say nothing of whose a handle is."""

_KINDS = {
    "kementerian": ("kementerian", "kementrian", "kemen", "kem"),
    "universitas": ("universitas", "univ", "u"),
    "institut": ("institut", "inst"),
    "politeknik": ("politeknik", "poltek"),
    "provinsi": ("provinsi", "pemprov", "prov", "pemda", "pemprovinsi"),
    "kabupaten": ("kabupaten", "pemkab", "kab", "pemda"),
    "kota": ("kota", "pemkot", "pemda"),
    "pemerintah": ("pemerintah", "pemprov", "prov", "pemda"),
}
"""How the first word of a full name is written in handles, before or behind the rest."""
_MINISTRY = re.compile(r"(?:kementerian|kemen|kem)(?!ko)([a-z]{2,})")
_SMALL = {"dan", "dari", "untuk", "of", "and", "the", "bidang"}

_ISLANDS = {"jawa": "ja", "sumatera": "sum", "sulawesi": "sul", "kalimantan": "kal"}
_SIDES = {
    "barat": ("bar",), "timur": ("tim",), "tengah": ("teng",), "selatan": ("sel",),
    "utara": ("ut", "tara"), "tenggara": ("tra",),
}  # fmt: skip
_REGIONS = {
    ("kepulauan", "riau"): ("kepri",), ("kepulauan", "bangka", "belitung"): ("babel",),
    ("nusa", "tenggara", "barat"): ("ntb",), ("nusa", "tenggara", "timur"): ("ntt",),
    ("daerah", "istimewa", "yogyakarta"): ("diy", "jogja"),
}  # fmt: skip


def letters(text: str) -> list[str]:
    """The words of a text, in lower-case letters alone: digits and separators part them.

    >>> letters("BPS_Statistik 24/7 Café")
    ['bps', 'statistik', 'cafe']
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[a-z]+", "".join(c for c in plain if not unicodedata.combining(c)))


def squashed(handle: str) -> str:
    """A handle without separators and in lower case; digits stay.

    >>> squashed("Bank_Indonesia.151")
    'bankindonesia151'
    """
    return re.sub(r"[^\w]|_", "", handle.casefold())


def cores(handle: str) -> dict[str, tuple[str, ...]]:
    """What a handle may say of its owner, each with the words that were taken off its ends.

    Ties: where a core can be reached in several ways, the one that takes off the fewest words.

    >>> cores("official.kpk_ri")
    {'officialkpkri': (), 'kpkri': ('official',), 'officialkpk': ('ri',), 'kpk': ('official', 'ri')}
    """
    whole = "".join(letters(handle))
    found: dict[str, tuple[str, ...]] = {whole: ()} if whole else {}
    frontier = list(found)
    while frontier:
        core = frontier.pop(0)
        for rest, word in _shorter(core):
            if rest not in found:
                found[rest] = (*found[core], word)
                frontier.append(rest)
    return found


def _shorter(core: str) -> Iterator[tuple[str, str]]:
    for word in _NOISE:
        if len(core) - len(word) >= 2:
            if core.startswith(word):
                yield core.removeprefix(word), word
            if core.endswith(word):
                yield core.removesuffix(word), word


def is_noise(core: str) -> bool:
    """Whether a word says nothing of whose it is.

    >>> is_noise("humas"), is_noise("polri")
    (True, False)
    """
    return core in _NOISE or any(core in names for names in _KINDS.values())


def keys(institution: Institution) -> dict[str, str]:
    """What an institution may be called in a handle, each with the words for where it is from.

    >>> bogor = Institution("kota-bogor", "Pemerintah Kota Bogor", "Kota Bogor", "cities")
    >>> keys(bogor)["pemkotbogor"], keys(bogor)["bogor"]
    ('short name', 'short name without its kind')
    """
    found: dict[str, str] = {}
    named = [(institution.short_name, "short name"), (institution.institution, "name")]
    for text, what in named:
        for part in text.split("/"):
            for key, source in _keys(_words(part), what):
                found.setdefault(key, source)
    if letters(institution.institution)[:1] == ["kementerian"]:
        for kind in _KINDS["kementerian"]:
            found.setdefault(kind + "".join(_words(institution.short_name)), "short name")
    own = {"".join(letters(text)) for text, _ in named}
    return {
        key: what
        for key, what in found.items()
        if len(key) >= 2 and (key in own or not is_noise(key))
    }


def _words(name: str) -> list[str]:
    """The words of a name, `Pemerintah` before another kind and `Republik Indonesia` left out."""
    words = letters(name)
    if len(words) > 2 and words[0] == "pemerintah" and words[1] in _KINDS:
        words = words[1:]
    if len(words) > 2 and words[-2:] == ["republik", "indonesia"]:
        words = words[:-2]
    if len(words) > 1 and words[-1] == "ri":
        words = words[:-1]
    return words


def _keys(words: list[str], what: str) -> Iterator[tuple[str, str]]:
    if not words:
        return
    yield "".join(words), what
    kinds = _KINDS.get(words[0], ())
    rest = words[1:] if kinds and len(words) > 1 else words
    for short in ("".join(rest), *_regional(rest)):
        for kind in kinds:
            yield kind + short, what
            yield short + kind, what
    if rest != words:
        yield "".join(rest), f"{what} without its kind"
    for short in _regional(rest):
        yield short, "short form of its region"
    ministry = _MINISTRY.fullmatch(words[0])
    if ministry and words[0] != "kementerian":
        tail = ministry[1] + "".join(words[1:])
        for kind in (*_KINDS["kementerian"], ""):
            yield kind + tail, what if kind else f"{what} without its kind"
    initials = "".join(word[0] for word in words if word not in _SMALL)
    if len(initials) >= 3:
        yield initials, "initials"


def _regional(words: list[str]) -> tuple[str, ...]:
    if tuple(words) in _REGIONS:
        return _REGIONS[tuple(words)]
    if len(words) == 2 and words[0] in _ISLANDS and words[1] in _SIDES:
        return tuple(_ISLANDS[words[0]] + side for side in _SIDES[words[1]])
    return ()
