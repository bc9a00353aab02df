"""The words of the site: one gettext catalogue a language under words/, read by Babel.

Message ids are keys (home.lead), not sentences, so that Indonesian is written and not translated.
A key may have further entries that end in .one and .zero; they are taken where the field n is 1
and 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType

from babel.messages.pofile import read_po

from tolok.publish.formats import Formats

WORDS = files("tolok.publish") / "words"
_SPECIAL: dict[object, str] = {0: "zero", 1: "one"}


@cache
def read_words(language: str) -> Mapping[str, str]:
    """Every text of a language's catalogue, by its key; read once, since reading takes a while."""
    with (WORDS / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    texts = {str(message.id): str(message.string) for message in catalogue if message.id}
    return MappingProxyType(texts)


@dataclass(frozen=True)
class Words:
    """The texts of one language, with fields put in as that language writes them."""

    formats: Formats

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Every text, by its key."""
        return read_words(self.formats.language)

    def __contains__(self, key: str) -> bool:
        """Whether the catalogue has a text for the key."""
        return key in self.texts

    def __call__(self, key: str, **fields: object) -> str:
        """The text of a key.

        Raises: KeyError for a key that the catalogue does not have.
        """
        special = f"{key}.{_SPECIAL.get(fields.get('n'), '')}"
        text = self.texts[special if special in self.texts else key]
        written = {name: self._written(value) for name, value in fields.items()}
        return text.format(**written) if fields else text

    def _written(self, value: object) -> str:
        if isinstance(value, bool | str):
            return str(value)
        if isinstance(value, int):
            return self.formats.count(value)
        if isinstance(value, float):
            return self.formats.number(value)
        if isinstance(value, date):
            return self.formats.day(value)
        return str(value)
