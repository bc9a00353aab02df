"""The rubric of a category in words: its questions, their weights, and what scores mean."""

from dataclasses import dataclass

from tolok.methodology.category import Category
from tolok.publish.language import Language


@dataclass(frozen=True)
class Question:
    """One question of the rubric, with its share of the weight and what scores mean."""

    label: str
    share: float
    anchors: tuple[tuple[int, str], ...]


def questions_of(category: Category, language: Language) -> tuple[Question, ...]:
    """The questions that the jury answers on each nominee of a category."""
    total = sum(one.weight for one in category.criteria) or 1.0
    return tuple(
        Question(
            label=one.label[language.code],
            share=one.weight / total,
            anchors=tuple((anchor.score, anchor.text[language.code]) for anchor in one.anchors),
        )
        for one in category.criteria
    )
