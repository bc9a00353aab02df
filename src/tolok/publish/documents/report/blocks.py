"""The blocks that a report is made of, in the form in which its template draws them."""

from collections.abc import Sequence
from typing import Any

Block = dict[str, Any]


def chapter(text: str) -> Block:
    """A chapter's heading, on a new page."""
    return {"type": "chapter", "text": text}


def section(text: str) -> Block:
    """A section's heading."""
    return {"type": "section", "text": text}


def lead(text: str) -> Block:
    """The paragraph under a chapter's heading."""
    return {"type": "lead", "text": text}


def text(sentence: str) -> Block:
    """A paragraph."""
    return {"type": "text", "text": sentence}


def note(sentence: str) -> Block:
    """A paragraph in small print."""
    return {"type": "note", "text": sentence}


def points(items: Sequence[str]) -> Block:
    """A list of sentences."""
    return {"type": "list", "items": list(items)}


def named(items: Sequence[tuple[str, str]]) -> Block:
    """Short paragraphs, each under its name."""
    return {"type": "named", "items": [list(item) for item in items]}


def command(line: str) -> Block:
    """A command as it is typed."""
    return {"type": "command", "command": line}


def quote(sentence: str, exact: str) -> Block:
    """What others may copy: a sentence, and what has to be copied character by character."""
    return {"type": "quote", "text": sentence, "exact": exact}


def tiles(rows: Sequence[tuple[str, str]]) -> Block:
    """Key figures, each with what it counts."""
    return {"type": "tiles", "rows": [list(row) for row in rows]}


def chart(drawing: str, title: str, subtitle: str, **shape: Any) -> Block:
    """A chart: how it is drawn, the finding, the unit, and its shape."""
    return {"type": "chart", "drawing": drawing, "title": title, "subtitle": subtitle} | shape


def pair(charts: Sequence[Block]) -> Block:
    """Charts in two columns."""
    return {"type": "pair", "charts": list(charts)}


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[float],
    size: float = 9,
) -> Block:
    """A table; columns of no width take what they need and are numbers, the others are texts."""
    return {
        "type": "table",
        "header": list(header),
        "rows": [list(row) for row in rows],
        "widths": list(widths),
        "align": ["left" if width else "right" for width in widths],
        "size": size,
    }
