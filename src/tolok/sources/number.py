"""Counts as people's tools print them: 1.234, 18,400, 1.2K, 1,2 rb, 12.0.

A point parts thousands in Indonesian and fractions in English, and a comma the other way round, so
a lone 1.234 says nothing of itself. A file is asked first (NumberVote): a cell that can be read in
one way only decides for all its cells. Where none does, the cell is refused and nothing is guessed.

Digits are those of ASCII. Full-width and other digits are refused, not folded: the folding of
Unicode would also make 12 of 1². Excel's 1.2E+17 has lost digits and is refused as well.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

MISSING_MARKS = frozenset(
    {
        "", "-", "--", "---", "\N{EN DASH}", "\N{EM DASH}", "#n/a", "#na",
        "<na>", "n.a.", "n/a", "na", "nan", "none", "null",
    }
)  # fmt: skip
"""What stands for a value that is not there, in lower case and without white space around it."""

_CLEAR = frozenset('0123456789abcdefghijklmopqrstuvwxyzABCDEFGHIJKLMOPQRSTUVWXYZ@"')
"""First letters of what is no such mark: most cells are told by theirs."""

_ENGLISH = {"k": 3, "thousand": 3, "million": 6, "b": 9, "bn": 9, "billion": 9, "trillion": 12}
_INDONESIAN = {
    "rb": 3, "ribu": 3, "jt": 6, "juta": 6, "miliar": 9, "milyar": 9, "triliun": 12, "trilyun": 12,
}  # fmt: skip
# The power of ten of a suffix. T is a trillion and a triliun; M, a million and a miliar, is asked.
_POWERS = {"": 0, "t": 12} | _ENGLISH | _INDONESIAN
_POWERS_OF_M = {"en": 6, "id": 9}

_PARTS = re.compile(r"([+-]?)([\d., ']*\d) ?(%|[a-z]*)", re.ASCII)
# What stands before a decimal point or comma, grouped or not, and what stands after it.
_FORMS = {
    decimal: re.compile(rf"(\d+|[1-9]\d{{0,2}}(?:([{group} '])\d{{3}}(?:\2\d{{3}})*))"
                        rf"(?:[{decimal}](\d+))?", re.ASCII)
    for decimal, group in (".,", ",.")
}  # fmt: skip
# Excel's format 0,000 prints 5 as 0,005: not even a zero in front makes three digits a fraction.
_LONE = re.compile(r"\d{1,3}[.,]\d{3}", re.ASCII)
_GROUPS = re.compile(r"[., ']")
# No-break, thin and narrow blanks part groups as a blank does; a line break does not.
_PLAIN = str.maketrans("\u00a0\u2009\u202f\u2019\u2212", "   '-", "\u200b\ufeff")

_LONGEST = 40  # characters that are looked at: no number is longer
_MOST_DIGITS = 18  # beyond them 64 bits may not do, and what so long a text of digits is, is an id


class NotACount(ValueError):
    """A text that is no whole number."""


class AmbiguousNumber(ValueError):
    """A text that is one number by the one custom and another by the other."""


class NumberVote:
    """What the cells of a file say of its decimal mark and of its language, taken together."""

    def __init__(self) -> None:
        """A vote in which no cell was seen."""
        self._decimals: set[str] = set()
        self._languages: set[str] = set()

    def see(self, cells: Iterable[str | None]) -> None:
        """The evidence of more cells; texts that are no numbers say nothing."""
        for cell in {cell for cell in cells if cell and not cell.isdigit()}:
            parts = _parts(cell)
            if parts is None:
                continue
            _, body, suffix = parts
            if suffix in _ENGLISH or suffix in _INDONESIAN:
                self._languages.add("en" if suffix in _ENGLISH else "id")
            fitting = [decimal for decimal, form in _FORMS.items() if form.fullmatch(body)]
            known = suffix in _POWERS or suffix in {"m", "%"}
            if known and len(fitting) == 1 and not _LONE.fullmatch(body):
                self._decimals.update(fitting)

    @property
    def decimal(self) -> str | None:
        """The decimal mark; None if no cell says, or if they contradict each other."""
        return min(self._decimals) if len(self._decimals) == 1 else None

    @property
    def language(self) -> str | None:
        """The language of suffixes, "id" or "en"; None if none says, or if both are there."""
        return min(self._languages) if len(self._languages) == 1 else None

    @property
    def is_contradictory(self) -> bool:
        """Whether some cells have a decimal point for certain and others a decimal comma."""
        return len(self._decimals) > 1


def is_missing(text: str | None) -> bool:
    """Whether a cell is empty or holds a mark that stands for no value.

    >>> is_missing(" N/A"), is_missing("0")
    (True, False)
    """
    return text is None or (text[:1] not in _CLEAR and _folded(text) in MISSING_MARKS)


def words_of(cells: Sequence[str | None]) -> list[str | None]:
    """The cells without blanks around them.

    Missing: None where a cell is missing, as is_missing has it.
    """
    return [
        None
        if cell is None or (cell[:1] not in _CLEAR and _folded(cell) in MISSING_MARKS)
        else cell.strip()
        for cell in cells
    ]


def count_of(text: str, decimal: str | None = None, language: str | None = None) -> int:
    """The whole number that a text says, by a known decimal mark and language or by itself.

    Missing: a mark of nothing is no count; ask is_missing first.
    Raises: AmbiguousNumber where the text has two readings; NotACount where it has none.

    >>> count_of("1,2 rb"), count_of("1.234.567"), count_of("12.0"), count_of("1.234", ",")
    (1200, 1234567, 12, 1234)
    """
    parts = _parts(text)
    if parts is None or len(_digits(parts[1])) > _MOST_DIGITS:
        raise _no_count(text)
    sign, body, suffix = parts
    power = _power(text, suffix, language)
    marks = _FORMS if decimal is None else (decimal,)
    forms = [form for mark in marks if (form := _FORMS[mark].fullmatch(body))]
    # made of text, so that it is exact whatever the precision of arithmetic
    readings = {Decimal(f"{sign}{_digits(form[1])}.{form[3] or ''}E{power}") for form in forms}
    if not readings:
        raise _no_count(text, f" where {decimal!r} is the decimal mark" if decimal else "")
    if len(readings) > 1:
        either, other = (f"{reading:f}" for reading in sorted(readings))
        raise AmbiguousNumber(
            f"{_shown(text)} may be {either} or {other}, and nothing in the file decides. "
            "Pass `--decimal .` or `--decimal ,`."
        )
    (reading,) = readings
    if reading.as_integer_ratio()[1] != 1:
        raise NotACount(f"{_shown(text)} is no count, expected a whole number")
    if reading.adjusted() >= _MOST_DIGITS:
        raise _no_count(text)
    return int(reading)


def counts_of(
    cells: Sequence[str | None], decimal: str | None = None, language: str | None = None
) -> tuple[list[str | None], dict[int, str]]:
    """Each cell as the text of a whole number, and what is wrong with the others, by index.

    Missing: None where the cell is missing, and where it has a fault.
    """
    counts: list[str | None] = []
    faults: dict[int, str] = {}
    known: dict[str, tuple[str | None, str]] = {}
    for index, cell in enumerate(cells):
        if cell and cell.isdigit() and cell.isascii() and cell[0] != "0" and len(cell) < 19:
            counts.append(cell)
            continue
        if cell is None:
            counts.append(None)
            continue
        if cell not in known:
            known[cell] = _count_or_fault(cell, decimal, language)
        count, fault = known[cell]
        counts.append(count)
        if fault:
            faults[index] = fault
    return counts, faults


def _count_or_fault(cell: str, decimal: str | None, language: str | None) -> tuple[str | None, str]:
    if is_missing(cell):
        return None, ""
    try:
        return str(count_of(cell, decimal, language)), ""
    except (AmbiguousNumber, NotACount) as error:
        return None, str(error)


def _folded(text: str) -> str:
    """A cell in lower case and ASCII's blanks, as far as a number may hold others."""
    return (text if text.isascii() else text.translate(_PLAIN)).strip().casefold()


def _parts(text: str) -> tuple[str, str, str] | None:
    """Sign, body and suffix of what may be a number."""
    folded = _folded(text)
    found = _PARTS.fullmatch(folded) if len(folded) <= _LONGEST else None
    return (found[1], found[2], found[3]) if found else None


def _power(text: str, suffix: str, language: str | None) -> int:
    """The power of ten that a suffix stands for."""
    if suffix == "m":
        if language is None:
            raise AmbiguousNumber(
                f"{_shown(text)} may be in millions (English) or in billions (Indonesian miliar), "
                "and nothing in the file decides. Write million or miliar in place of M."
            )
        return _POWERS_OF_M[language]
    if suffix not in _POWERS:
        raise _no_count(text)
    return _POWERS[suffix]


def _digits(body: str) -> str:
    return _GROUPS.sub("", body)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}...")


def _no_count(text: str, where: str = "") -> NotACount:
    return NotACount(f"{_shown(text)} is no count{where}, expected 0, 1, 2 and so on")
