"""The awards: who won, how sure that is, and in two sentences why."""

from collections.abc import Iterator

from tolok.publish.awards import Award
from tolok.publish.cards import card_of
from tolok.publish.documents.report import blocks as b
from tolok.publish.language import Language
from tolok.publish.results import Results
from tolok.publish.verdict import verdict_of

_LABEL_MM = 78


def blocks(results: Results, language: Language) -> Iterator[b.Block]:
    """The chapter of awards, category by category."""
    words = language.words
    yield b.chapter(words("home.awards"))
    is_by_jury = results.rules.edition.decision == "jury"
    key = "home.awards_decided" if results.jury.awards else "home.awards_jury"
    yield b.lead(words(key if is_by_jury else "home.awards_data"))
    sure = _sureness(results, language)
    if sure is not None:
        yield sure
        yield b.note(words("jury.sure.meaning"))
    for category in results.rules.categories:
        yield b.section(category.label[language.code])
        yield b.note(category.question[language.code])
        for award in results.awards.values():
            if award.category is category:
                yield _award(award, results, language)


def _sureness(results: Results, language: Language) -> b.Block | None:
    """The chance that each award's winner is the best, the surest first; None without a jury."""
    rows = [
        (one.share, one.words, f"{card.category}, {card.cluster}: {one.name}")
        for award in results.awards.values()
        for card in [card_of(award, results, language)]
        for one in (card.verdict.sureness if card.verdict else ())
    ]
    if not rows:
        return None
    rows.sort(key=lambda row: (-row[0], row[2]))
    sure = sum(share >= 0.8 for share, _, _ in rows)
    return b.chart(
        "bars",
        language.words("report.sure.finding", n=len(rows), sure=sure),
        language.words("jury.sure"),
        label_width=_LABEL_MM,
        rows=[{"label": n, "share": round(100 * s, 1), "value": words} for s, words, n in rows],
    )


def _award(award: Award, results: Results, language: Language) -> b.Block:
    words = language.words
    card = card_of(award, results, language)
    verdict = verdict_of(award, results, language)
    sentences: list[str] = []
    if verdict is not None:
        sentences = [*verdict.sentences, verdict.override_reason, verdict.differs]
        sentences += [
            f"{verdict.sureness_label}: {one.words}."
            if len(verdict.sureness) == 1
            else f"{verdict.sureness_label}, {one.name}: {one.words}."
            for one in verdict.sureness
        ]
    nominees = [
        f"{one.place}. {one.name}" + (f" ({one.short_chance})" if one.short_chance else "")
        for one in card.nominees
    ]
    return {
        "type": "award",
        "cluster": card.cluster,
        "status": card.state_label,
        "names": ", ".join(card.winners) or words("report.no_winner"),
        "sentences": [one for one in (*sentences, *card.reasons) if one],
        "nominees": words("report.nominees", names="; ".join(nominees)) if nominees else "",
    }
