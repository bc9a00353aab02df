"""The text of a release: the organiser's words with named fields in braces.

A line that begins with // is a note and is not printed; a line whose fields are all empty is left
out. There is nothing else to learn: no conditions, no loops.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tolok.errors import FaultsFound, FileFault, InputError, did_you_mean
from tolok.methodology.template import TEMPLATES

FIELDS = (
    "winner", "short", "category", "cluster", "edition", "window", "jury", "sure", "differs",
    "override", "place", "nominees", "figures", "method", "address", "chart", "lock", "contact",
)  # fmt: skip
NOTE = "//"
_GAP = re.compile(r"\[[^\[\]]+\](?!\()")
_FIELD = re.compile(r"\{([^{}]*)\}")
_SHIPPED = TEMPLATES / "gsm-2025"


@dataclass(frozen=True)
class ReleaseText:
    """The lines of a release's text, notes left out, fields still in braces."""

    lines: tuple[str, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """What still stands in square brackets for the organiser to fill in; links are none."""
        return tuple(gap for line in self.lines for gap in _GAP.findall(line))

    def filled(self, values: Mapping[str, str]) -> str:
        """The release with the values of its fields; no two blank lines follow each other."""
        written: list[str] = []
        for line in self.lines:
            names = _FIELD.findall(line)
            if names and not any(values[name.strip()] for name in names):
                continue
            text = _FIELD.sub(lambda found: values[found[1].strip()], line).rstrip()
            if text or (written and written[-1]):
                written.append(text)
        return "\n".join(written).strip() + "\n"


def read_release(folder: Path, language: str) -> ReleaseText:
    """The text of an edition's releases in a language; Tolok's own where the edition has none.

    Raises: FaultsFound with every unknown field and every lone brace, each with its line.
    """
    path = folder / "press" / f"release.{language}.md"
    name = f"press/{path.name}"
    if not path.is_file():
        path = _SHIPPED / name
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 at byte {error.start}."
        raise FaultsFound("a release cannot be read", [
            FileFault(name, problem, remedy="Save it as plain text in UTF-8.")
        ]) from error  # fmt: skip
    faults: list[InputError] = []
    lines = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith(NOTE):
            faults += _faults(name, number, line)
            lines.append(line)
    if faults:
        raise FaultsFound("a release cannot be written", faults)
    return ReleaseText(tuple(lines))


def _faults(file: str, number: int, line: str) -> list[FileFault]:
    listed = f"Fields: {', '.join(FIELDS)}."
    unknown = [name for name in _FIELD.findall(line) if name.strip() not in FIELDS]
    found = [
        FileFault(
            file,
            f"{{{name}}} is no field.",
            line=number,
            remedy=f"{did_you_mean(name.strip(), FIELDS)} {listed}".strip(),
        )
        for name in unknown
    ]
    if re.search(r"[{}]", _FIELD.sub("", line)):
        problem = "a brace stands alone."
        found.append(FileFault(file, problem, line=number, remedy=f"Write {{winner}}. {listed}"))
    return found
