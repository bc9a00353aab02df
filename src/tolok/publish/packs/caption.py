"""Captions as they can be shown: other people's text, of any length, script and intent."""

import re
import unicodedata
from collections.abc import Iterator

MARK = "\ue000"
"""Stands in a text for characters that no font has; a document draws it as a small sign."""
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_MANY_LINES = re.compile(r"\n{4,}")
_LONG = re.compile(r"\S{30,}")
_PIECE = 20
_ZERO_WIDTH = "\u200b"
_UNSEEN = ("Mn", "Me", "Cf", "Sk")
"""Categories of characters that only change the one before them: accents, joiners, skin tones."""


def clean(text: str | None) -> str:
    """A caption without control characters, its lines ended alike.

    >>> clean("a\\r\\nb\\x00\\x1b[31m")
    'a\\nb[31m'
    """
    lined = _LINE_ENDS.sub("\n", text or "")
    kept = (one for one in lined if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))
    return _MANY_LINES.sub("\n\n\n", "".join(kept)).strip()


def shortened(text: str, most: int = 160) -> str:
    """The beginning of a caption on one line, without turns of direction that would stay open.

    >>> shortened("satu\\ndua tiga", 9)
    'satu dua…'
    """
    line = " ".join(_DIRECTION.sub("", text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def breakable(text: str) -> str:
    """A text in which words too long for a line can be broken, by spaces of no width."""
    return _LONG.sub(lambda found: _ZERO_WIDTH.join(_pieces(found[0])), text)


def marked(text: str, absent: frozenset[str]) -> str:
    """A text in which each run of absent characters is one MARK.

    >>> marked("ya 🙏🏽🇮🇩 漢 字!", frozenset("🙏🏽🇮🇩漢字")).replace(MARK, "<>")
    'ya <>!'
    """
    if absent.isdisjoint(text):
        return text
    out: list[str] = []
    for one in text:
        if one in absent:
            if out and out[-1] == " " and out[-2:-1] == [MARK]:
                out.pop()
            if out[-1:] != [MARK]:
                out.append(MARK)
        elif not (out[-1:] == [MARK] and unicodedata.category(one) in _UNSEEN):
            out.append(one)
    return "".join(out)


def _pieces(word: str) -> Iterator[str]:
    """A word in pieces, cut where nothing belongs to the character before."""
    start = 0
    for at in range(1, len(word)):
        is_joined = unicodedata.category(word[at]) in _UNSEEN or word[at - 1] == "\u200d"
        if at - start >= _PIECE and not is_joined:
            yield word[start:at]
            start = at
    yield word[start:]
