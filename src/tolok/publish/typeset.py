"""Documents by Typst: texts go in as data, never as markup; fonts are those of its package.

The bytes hold neither a clock nor anything of the machine.
"""

import json
import re
import threading
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import typst

from tolok.publish.glyphs import absent_characters, fonts
from tolok.publish.render import TEMPLATES

MARK = "\ue000"
"""Stands in a text for characters that no font has; a document draws it as a small sign."""
_OF_THREAD = threading.local()
_LONG = re.compile(r"\S{30,}")
_PIECE = 20
_ZERO_WIDTH = "\u200b"
_UNSEEN = ("Mn", "Me", "Cf", "Sk")
"""Categories of characters that only change the one before them: accents, joiners, skin tones."""


def typeset(source: str | bytes, data: Any, *, root: Path | None = None) -> bytes:
    """A template's document as PDF, or that of a source; `root` holds the pictures it names.

    The template reads the data from `sys.inputs.data`, as JSON.
    Raises: TypstError, for instance for a picture that cannot be read.
    """
    main = (TEMPLATES / source).read_bytes() if isinstance(source, str) else source
    made = _compiler().compile(
        input=main,
        format="pdf",
        root=(root or Path(str(TEMPLATES))).resolve(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=0,
    )
    assert isinstance(made, bytes)
    return made


def _compiler() -> typst.Compiler:
    """One compiler a thread for all its documents: it keeps its fonts, and what documents share."""
    if not hasattr(_OF_THREAD, "compiler"):
        _OF_THREAD.compiler = typst.Compiler(b"", font_paths=fonts(), ignore_system_fonts=True)
    made: typst.Compiler = _OF_THREAD.compiler
    return made


def fit(data: Any, verbatim: Collection[str] = ()) -> Any:
    """The data with texts whose characters can be drawn and whose words can be broken.

    Values of the names in `verbatim` are no text to read: they stay as they are.
    """
    absent = absent_characters("".join(texts(data, verbatim)))
    return _fit(data, absent, verbatim)


def texts(data: Any, verbatim: Collection[str] = ()) -> Iterator[str]:
    """Every text of the data, wherever it stands."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for name, value in data.items():
            if name not in verbatim:
                yield from texts(value, verbatim)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from texts(value, verbatim)


def _fit(data: Any, absent: frozenset[str], verbatim: Collection[str]) -> Any:
    if isinstance(data, str):
        return breakable(marked(data, absent))
    if isinstance(data, dict):
        return {
            name: value if name in verbatim else _fit(value, absent, verbatim)
            for name, value in data.items()
        }
    if isinstance(data, list | tuple):
        return [_fit(value, absent, verbatim) for value in data]
    return data


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
