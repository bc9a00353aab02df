"""Probabilities in words: 9 of 10."""

from tolok.publish.language import Language

_RARE = 0.05
"""Below this chance, and above its complement, tenths would sound like never and always."""


def chance(probability: float | None, language: Language, *, is_short: bool = False) -> str:
    """A probability in words, such as 9 of 10; nothing where it is not computed.

    In short "less than" and "more than" are signs: a column of a table has no room for words.
    """
    if probability is None:
        return ""
    form = ".short" if is_short else ""
    if probability < _RARE:
        return language.words(f"chance.low{form}")
    if probability > 1 - _RARE:
        return language.words(f"chance.high{form}")
    return language.words("chance.tenths", n=min(9, max(1, round(probability * 10))))
