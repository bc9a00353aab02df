"""What stands in the place of the fields of a release, for one award in one language."""

import re

from tolok.publish.awards import Award
from tolok.publish.chances import chance
from tolok.publish.language import Language
from tolok.publish.links import award_path
from tolok.publish.press.paths import chart_path
from tolok.publish.results import Results
from tolok.publish.rows import ScoreRow
from tolok.publish.verdict import Verdict, verdict_of

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def escaped(text: str) -> str:
    """A text of others as Markdown shows it: no sign of it is markup.

    >>> escaped("<b>*Awan*</b>")
    '\\\\<b\\\\>\\\\*Awan\\\\*\\\\</b\\\\>'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def values_of(award: Award, results: Results, language: Language) -> dict[str, str]:
    """The value of every field for an award that has a winner; what there is not is empty."""
    words, edition = language.words, results.rules.edition
    organiser = edition.organiser
    verdict = verdict_of(award, results, language)
    winners = [row.institution_id or "" for row in award.winners]
    path = f"{language.code}/{award_path(*award.key)}"
    chart = chart_path(*award.key, language.code, "png")
    return {
        "winner": language.listed([escaped(results.name(one)) for one in winners]),
        "short": language.listed([escaped(results.short(one)) for one in winners]),
        "category": award.category.label[language.code],
        "cluster": award.cluster.label[language.code],
        "edition": edition.title[language.code],
        "window": language.formats.window(edition.window),
        "jury": escaped(" ".join(verdict.sentences)) if verdict else words("press.by_data"),
        "sure": _sure(award, verdict, results, language),
        "differs": escaped(verdict.differs) if verdict else "",
        "override": _override(verdict, language),
        "place": " ".join(_place(one, award, results, language) for one in winners),
        "nominees": "\n".join(_nominee(row.institution_id, award, results, language)
                              for row in award.nominees),
        "figures": "\n".join(_figures(one, award, results, language) for one in winners),
        "method": _method(results, language),
        "address": f"{edition.address}/{path}" if edition.address else "",
        "chart": f"{edition.address}/{chart}" if edition.address else chart,
        "lock": results.lock_hash or results.manifest.lock_hash,
        "contact": escaped(", ".join(filter(None, (organiser.name, organiser.contact)))),
    }  # fmt: skip


def _sure(award: Award, verdict: Verdict | None, results: Results, language: Language) -> str:
    """How sure the award is, in words: the chance to be the best by the jury, or by the data."""
    words = language.words
    if verdict is not None:
        return " ".join(
            words("press.sure.jury", label=verdict.sureness_label, name=escaped(one.name),
                  chance=one.words)
            for one in verdict.sureness
        )  # fmt: skip
    told = []
    for row in award.winners:
        score = results.score_of.get((award.category.name, row.institution_id or ""))
        likely = chance(score.p_first if score else None, language)
        if likely:
            name = escaped(results.short(row.institution_id or ""))
            told.append(words("press.sure.data", name=name, chance=likely))
    return " ".join(told)


def _override(verdict: Verdict | None, language: Language) -> str:
    if verdict is None or not verdict.override_reason:
        return ""
    reason = escaped(verdict.override_reason)
    return language.words("press.override", reason=reason, by=escaped(verdict.override_by))


def _place(institution_id: str, award: Award, results: Results, language: Language) -> str:
    """Where the data put an institution, with the interval of its rank."""
    score = results.score_of.get((award.category.name, institution_id))
    if score is None or score.rank is None:
        return ""
    rows = results.scores_by_award.get(award.key, [])
    count = sum(row.rank is not None for row in rows)
    name = escaped(results.short(institution_id))
    text = language.words("press.place", name=name, rank=score.rank, of=count)
    return f"{text}{_interval(score, language)}."


def _interval(score: ScoreRow, language: Language) -> str:
    if score.rank_low is None or score.rank_high is None:
        return ""
    return language.words("press.interval", low=score.rank_low, high=score.rank_high)


def _nominee(institution_id: str, award: Award, results: Results, language: Language) -> str:
    """A nominee as a line of a list: its rank by the data with the interval, and whether it won."""
    words = language.words
    score = results.score_of.get((award.category.name, institution_id))
    facts = ""
    if score is not None and score.rank is not None:
        facts = words("press.rank", rank=score.rank) + _interval(score, language)
    won = institution_id in {row.institution_id for row in award.winners}
    mark = f" **({words('jury.winner')})**" if won else ""
    name = escaped(results.name(institution_id))
    return f"- {name}{mark}: {facts}" if facts else f"- {name}{mark}"


def _figures(institution_id: str, award: Award, results: Results, language: Language) -> str:
    """The figures of a winner as lines of a list; what is not known is said."""
    row = results.institutions.get(institution_id)
    if row is None:
        return ""
    words, formats = language.words, language.formats
    pace = 7 * row.post_count / results.rules.edition.window.day_count
    lines = [
        words("press.figure.posts", n=row.post_count, pace=pace),
        words("press.figure.interactions", n=row.interaction_count)
        if row.interaction_count is not None
        else words("press.figure.interactions_unknown"),
        words("press.figure.followers", n=row.follower_count)
        if row.follower_count is not None
        else words("press.figure.followers_unknown"),
    ]
    score = results.score_of.get((award.category.name, institution_id))
    if score is not None and score.score is not None:
        lines.append(words("press.figure.score", score=formats.number(score.score)))
    if len(award.winners) > 1:
        lines = [f"{escaped(results.short(institution_id))}: {line}" for line in lines]
    return "\n".join(f"- {line}" for line in lines)


def _method(results: Results, language: Language) -> str:
    """How awards come about in this edition, and that the rules were locked if they were."""
    words, edition = language.words, results.rules.edition
    told = words(
        f"press.method.{edition.decision}",
        institutions=len(results.institutions),
        nominees=edition.nominee_count,
    )
    is_locked = bool(results.lock_hash or results.manifest.lock_hash)
    return f"{told} {words('press.locked')}" if is_locked else told
