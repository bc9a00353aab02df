"""What people need to read a form: labels, names and dates in their language."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from zoneinfo import ZoneInfo

from tolok.methodology.jury import Criterion
from tolok.methodology.rules import Rules
from tolok.publish.catalogue import Words
from tolok.publish.language import Language

_LONGEST_NAME = 160
_NEWLINE = re.compile(r"\r\n?")
_UNPRINTED = {"Cc", "Cs", "Cn", "Co"}


def clean(text: str) -> str:
    r"""The text without what no cell can hold: control characters, halves of characters.

    >>> clean("a\r\nb\x01")
    'a\nb'
    """
    text = _NEWLINE.sub("\n", text)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _UNPRINTED)


def cut(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis, in so many units as spreadsheets count.

    Units: of UTF-16, two for an emoji.
    """
    if len(text.encode("utf-16-le")) <= 2 * most:
        return text
    begun = text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore")
    return f"{begun.rstrip()}…"


@dataclass(frozen=True)
class Printed:
    """What forms need to be read by people: the rules' labels, names of institutions by id.

    `clusters` are names of clusters by institution_id; the list of a declaration shows them.
    """

    rules: Rules
    names: Mapping[str, str]
    language: str
    clusters: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def labels(self) -> Language:
        """The language of the form, with what the rules call things in it."""
        return Language(self.language, self.rules)

    @cached_property
    def words(self) -> Words:
        """The texts of the form's language."""
        return self.labels.words

    @cached_property
    def _shown(self) -> dict[str, str]:
        """Names by id; where two are alike, their ids tell them apart."""
        names = {one: _one_line(name) or one for one, name in self.names.items()}
        alike = Counter(name.casefold() for name in names.values())
        return {
            one: f"{name} ({one})" if alike[name.casefold()] > 1 else name
            for one, name in names.items()
        }

    def name(self, institution_id: str) -> str:
        """An institution's name on one line, unlike any other's; its id where it has none."""
        return self._shown.get(institution_id, institution_id)

    def category(self, name: str) -> str:
        """A category's label."""
        return clean(self.labels.category(name))

    def question(self, name: str) -> str:
        """A category's question; nothing where the rules do not have the category."""
        asked = (one.question for one in self.rules.categories if one.name == name)
        return next((clean(question[self.language]) for question in asked), "")

    def cluster(self, name: str) -> str:
        """A cluster's label."""
        return clean(self.labels.cluster(name))

    def criteria(self, category: str, asked: tuple[str, ...]) -> list[tuple[str, str, str, str]]:
        """For each criterion: its name, label, weight as a percentage, and anchors, one a line.

        Missing: a criterion that the rules do not have has its name for a label, and no more.
        """
        of = {one.name: one for one in self.rules.categories}.get(category)
        known = {one.name: one for one in of.criteria} if of else {}
        whole = sum(one.weight for one in known.values())
        return [self._criterion(name, known.get(name), whole) for name in asked]

    def moment_of_closing(self, name: str) -> str:
        """When a round closes, in the edition's time zone; nothing for an unknown round."""
        closing = (one.closes_at for one in self.rules.edition.jury.rounds if one.name == name)
        zone = self.rules.edition.window.time_zone
        found = next(closing, None)
        return self.labels.formats.moment(found.astimezone(ZoneInfo(zone)), zone) if found else ""

    def _criterion(
        self, name: str, found: Criterion | None, whole: float
    ) -> tuple[str, str, str, str]:
        if found is None:
            return name, name, "", ""
        anchors = [f"{one.score}: {clean(one.text[self.language])}" for one in found.anchors]
        weight = self.labels.formats.share(found.weight / whole) if whole else ""
        return name, clean(found.label[self.language]), weight, "\n".join(anchors)


def _one_line(name: str) -> str:
    return cut(" ".join(clean(name).split()), _LONGEST_NAME)
