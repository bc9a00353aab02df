"""Captions as they can be shown: other people's text, of any length, script and intent."""

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_MANY_LINES = re.compile(r"\n{4,}")


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
