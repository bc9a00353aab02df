"""A TOML file read with all its faults collected, each with its line."""

import re
import tomllib
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tolok.errors import FileFault, InputError, did_you_mean
from tolok.methodology.line import key_lines
from tolok.model import LANGUAGES, Label

_MISSING = object()
_NO_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)


class Section:
    """One table of a TOML file, whose values are taken out by type; faults go to one list.

    A taker returns the default (or an empty value of its type) where the value is at fault, so that
    reading goes on and the operator sees every fault of the file at once.
    """

    def __init__(self, document: "Document", data: dict[str, Any], path: tuple[str, ...]) -> None:
        self.document = document
        self._data = data
        self._path = path
        self._taken: set[str] = set()

    def __contains__(self, key: str) -> bool:
        """Whether the key stands in the table."""
        return key in self._data

    def fault(self, key: str, problem: str, remedy: str = "") -> None:
        """Note a fault at a key of this table, or at the table itself where the key is "".

        A file that cannot be read has that one fault: what it lacks is not known.
        """
        if not self.document.is_readable:
            return
        path = (*self._path, key) if key else self._path
        line = self.document.line(path)
        column = ".".join(part for part in path if not part.isdigit())
        self.document.faults.append(
            FileFault(self.document.name, problem, line=line, column=column, remedy=remedy)
        )

    def text(
        self, key: str, default: Any = _MISSING, *, choices: Collection[str] | None = None
    ) -> str:
        """A string, if asked one of a closed set; one that has to be there is not blank."""
        value = self._take(key, str, default, "a text in quotation marks", "")
        is_given = self._data.get(key) == value
        if is_given and choices is None and default is _MISSING and not value.strip():
            self.fault(key, "is blank.", "Expected a text.")
        if is_given and choices is not None and value not in choices:
            expected = f"Expected one of {', '.join(choices)}."
            hint = did_you_mean(str(value), choices)
            self.fault(key, f"{value!r} is not known.", f"{expected} {hint}".strip())
        return str(value)

    def number(
        self,
        key: str,
        default: Any = _MISSING,
        *,
        low: float | None = None,
        high: float | None = None,
    ) -> float:
        """A number between low and high, both included; never nan or inf."""
        value = float(self._take(key, (int, float), default, "a number", low or 0.0))
        if not isfinite(value):
            self.fault(key, f"{value} is not finite.", "Expected a number.")
            return low or 0.0
        if (low is not None and value < low) or (high is not None and value > high):
            bounds = f"at least {low:g}" if high is None else f"between {low:g} and {high:g}"
            self.fault(key, f"{value:g} is out of range.", f"Expected a number {bounds}.")
        return value

    def integer(self, key: str, default: Any = _MISSING, *, low: int = 0) -> int:
        """A whole number not below low."""
        value = int(self._take(key, int, default, "a whole number", low))
        if value < low:
            self.fault(key, f"{value} is out of range.", f"Expected a whole number from {low}.")
        return value

    def integers(self, key: str, default: Any = _MISSING, *, low: int = 0) -> tuple[int, ...]:
        """A list of whole numbers, none below `low`."""
        values = self._take(key, (list, tuple), default, "a list of whole numbers", ())
        wrong = [v for v in values if not isinstance(v, int) or isinstance(v, bool) or v < low]
        for value in wrong:
            expected = f"Expected whole numbers from {low} on."
            self.fault(key, f"{value!r} does not fit.", expected)
        return () if wrong else tuple(values)

    def flag(self, key: str, default: Any = _MISSING) -> bool:
        """true or false."""
        return bool(self._take(key, bool, default, "true or false", False))

    def day(self, key: str) -> date:
        """A date without a time of day."""
        value: date = self._take(key, date, _MISSING, "a date such as 2025-01-31", date.min)
        if isinstance(value, datetime):
            self.fault(key, "has a time of day.", "Expected a date such as 2025-01-31.")
            return date.min
        return value

    def moment(self, key: str, zone: ZoneInfo) -> datetime:
        """An instant in UTC; one that is written without an offset is in the zone."""
        expected = "a date and time such as 2026-02-02T09:00:00"
        value: datetime = self._take(key, datetime, _MISSING, expected, _NO_MOMENT)
        return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)

    def texts(
        self, key: str, default: Any = _MISSING, *, choices: Collection[str] | None = None
    ) -> tuple[str, ...]:
        """A list of strings, if asked all of a closed set, each once."""
        values = self._take(key, (list, tuple), default, "a list of texts", ())
        if any(not isinstance(value, str) for value in values):
            self.fault(key, "not every value is a text.", "Expected a list of texts.")
            return ()
        for value in values if choices is not None else ():
            if value not in (choices or ()):
                expected = f"Expected some of {', '.join(choices or ())}."
                hint = did_you_mean(value, choices or ())
                self.fault(key, f"{value!r} is not known.", f"{expected} {hint}".strip())
        if len(set(values)) < len(values):
            self.fault(key, "a value stands twice.", "Keep each once.")
        return tuple(values)

    def label(self, key: str, default: Any = _MISSING) -> Label:
        """A text in both languages, written { id = "...", en = "..." }."""
        value = self._take(key, dict, default, '{ id = "...", en = "..." }', {})
        if isinstance(value, Label):
            return value
        texts = [value.get(language) for language in LANGUAGES]
        is_text = [isinstance(text, str) and bool(text.strip()) for text in texts]
        wanted = [word for word, there in zip(LANGUAGES, is_text, strict=True) if not there]
        other = [str(word) for word in value if word not in LANGUAGES]
        expected = 'Expected { id = "...", en = "..." }.'
        if isinstance(self._data.get(key), dict) and wanted:
            self.fault(key, f"no text in {', '.join(wanted)}.", expected)
        elif other:
            self.fault(key, f"a text in {', '.join(other)}.", expected)
        return Label(*(str(text or "") for text in texts))

    def section(self, key: str, *, required: bool = False) -> "Section":
        """The table under a key; an empty one where it is absent and not required."""
        value = self._take(key, dict, _MISSING if required else {}, "a table", {})
        return Section(self.document, value, (*self._path, key))

    def sections(self, key: str, *, required: bool = False) -> list["Section"]:
        """The tables of an array of tables."""
        values = self._take(key, list, _MISSING if required else [], f"tables [[{key}]]", [])
        if any(not isinstance(value, dict) for value in values):
            self.fault(key, "is not a list of tables.", f"Expected tables [[{key}]].")
            return []
        if required and self._data.get(key) == []:
            self.fault(key, "is empty.", f"Expected tables [[{key}]].")
        return [
            Section(self.document, value, (*self._path, key, str(at)))
            for at, value in enumerate(values)
        ]

    def named_sections(self) -> Iterator[tuple[str, "Section"]]:
        """The tables of this table, by name."""
        for key, value in self._data.items():
            self._taken.add(key)
            if isinstance(value, dict):
                yield key, Section(self.document, value, (*self._path, key))
            else:
                self.fault(key, "is not a table.", f"Expected [{key}] and its values under it.")

    def values(self) -> dict[str, Any]:
        """All values of this table as they stand."""
        self._taken.update(self._data)
        return dict(self._data)

    def close(self) -> None:
        """Note every key that nothing has taken: a mistyped rule must not be passed over."""
        for key in self._data:
            if key not in self._taken:
                hint = did_you_mean(key, sorted(self._taken))
                self.fault(key, "is not a known key.", hint or "Take it out.")

    def _take(self, key: str, kind: Any, default: Any, expected: str, empty: Any) -> Any:
        self._taken.add(key)
        value = self._data.get(key, default)
        if value is _MISSING:
            self.fault(key, "is missing.", f"Expected {expected}.")
            return empty
        is_right = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        if key in self._data and not is_right:
            self.fault(key, f"{value!r} is of the wrong type.", f"Expected {expected}.")
            return empty if default is _MISSING else default
        return value


class Document(Section):
    """One TOML file: its root table, its lines and the faults found in it so far."""

    def __init__(self, path: Path, *, name: str | None = None) -> None:
        self.path = path
        self.name = name or path.name
        self.faults: list[InputError] = []
        self.is_readable = True
        self._text = ""
        super().__init__(self, self._read(), ())

    def at(self, *path: str) -> Section:
        """The place of a table that was read already, to note a fault there."""
        return Section(self, {}, path)

    def line(self, path: tuple[str, ...]) -> int:
        """The line of the key at a path, or of the nearest table above it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    @cached_property
    def _lines(self) -> dict[tuple[str, ...], int]:
        return key_lines(self._text)

    def _hint(self, line: int | None) -> str:
        """What a line that is no TOML most likely means: a date or a number written as at home."""
        lines = self._text.splitlines()
        text = lines[line - 1] if line and line <= len(lines) else ""
        if re.search(r"=\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{4}", text):
            return "Write a date as 2025-12-31."
        if re.search(r"=\s*\d+,\d+", text):
            return "Write a number with a point: 0.4."
        return ""

    def _read(self) -> dict[str, Any]:
        try:
            self._text = self.path.read_text("utf-8-sig")  # Windows' editor writes the mark
            return tomllib.loads(self._text)
        except FileNotFoundError:
            problem, line = "there is no such file.", None
        except OSError as error:
            problem, line = f"cannot be read: {error.strerror}.", None
        except UnicodeDecodeError as error:
            problem, line = f"is not UTF-8 at byte {error.start}.", None
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"at line (\d+)", str(error))
            problem, line = f"is not TOML: {error}.", int(found[1]) if found else None
        self.faults.append(FileFault(self.name, problem, line=line, remedy=self._hint(line)))
        self.is_readable = False
        return {}
