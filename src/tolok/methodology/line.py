"""Where the tables and keys of a TOML text stand: tomllib tells values, but no lines."""

import re

Path = tuple[str, ...]

_QUOTED = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)
_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*$")
_KEY = re.compile(r"\s*([A-Za-z0-9_.\s-]+?)\s*=")
_PART = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|[A-Za-z0-9_-]+')


def key_lines(text: str) -> dict[Path, int]:
    """The line of every table and key of a TOML text, by path; arrays of tables count from "0".

    Keys inside an inline table or a list have no line of their own: theirs is that of the table.

    >>> key_lines('name = "a"\\n[[part]]\\nsize = 1')
    {('name',): 1, ('part',): 2, ('part', '0'): 2, ('part', '0', 'size'): 3}
    """
    lines: dict[Path, int] = {}
    lengths: dict[Path, int] = {}
    table: Path = ()
    depth = 0
    shapes = _QUOTED.sub(_hidden, text).split("\n")
    for number, (line, shape) in enumerate(zip(text.split("\n"), shapes, strict=True), start=1):
        header, key = _HEADER.match(shape), _KEY.match(shape)
        if depth == 0 and header:
            is_array = header[1] == "[["
            table = _placed(_parts(line, header), lengths, is_array=is_array)
            lines.setdefault(table[:-1] if is_array else table, number)
            lines.setdefault(table, number)
            continue
        if depth == 0 and key:
            parts = _parts(line, key)
            for end in range(1, len(parts) + 1):
                lines.setdefault((*table, *parts[:end]), number)
        depth += sum((mark in "[{") - (mark in "]}") for mark in shape)
    return lines


def comment_of(line: str) -> str:
    """The comment at the end of a line of TOML, or nothing.

    >>> comment_of('name = "#1"  # the first')
    '# the first'
    """
    marks = [found[0] for found in _QUOTED.finditer(line)]
    return marks[-1] if marks and marks[-1].startswith("#") else ""


def _hidden(quoted: re.Match[str]) -> str:
    """A text in quotation marks as letters, and a comment as blanks, of the same length."""
    blank = " " if quoted[0].startswith("#") else "s"
    return re.sub(r"[^\n]", blank, quoted[0])


def _parts(line: str, found: re.Match[str]) -> Path:
    """The parts of the dotted name that a match of a header or a key spans."""
    start, end = found.span(found.re.groups)
    return tuple(part.strip("\"'") for part in _PART.findall(line[start:end]))


def _placed(parts: Path, lengths: dict[Path, int], *, is_array: bool) -> Path:
    """The path of a table, with the place of every table in its array; `lengths` is kept up."""
    path: Path = ()
    for at, part in enumerate(parts, start=1):
        path = (*path, part)
        if is_array and at == len(parts):
            lengths[path] = lengths.get(path, 0) + 1
        if path in lengths:
            path = (*path, str(lengths[path] - 1))
    return path
