"""What the data say of a nominee and of its posts, in words: for the part that is opened later."""

from collections.abc import Iterable

from tolok.jury.ballot import Entry
from tolok.model import COUNTS
from tolok.publish.cards import chance
from tolok.publish.language import Language
from tolok.publish.packs.evidence import Evidence, EvidenceRow

Fact = tuple[str, str]


def nominee_facts(evidence: Evidence, language: Language, entry: Entry) -> tuple[Fact, ...]:
    """Followers, place, score and chances of a nominee.

    Missing: followers that nobody knows are told as such; chances that are not computed are not.
    """
    words, formats = language.words, language.formats
    institution = evidence.institutions.get(entry.institution_id)
    followers = institution.follower_count if institution else None
    facts = [
        (
            words("pack.followers"),
            language.missing(None) if followers is None else formats.count(followers),
        )
    ]
    score = evidence.scores.get((entry.category, entry.institution_id))
    if score is None or score.rank is None:
        return (*facts, (words("pack.place"), words("missing.not_ranked")))
    place = formats.count(score.rank)
    if score.rank_low is not None and score.rank_high is not None:
        low, high = formats.count(score.rank_low), formats.count(score.rank_high)
        place = words("pack.interval", place=place, low=low, high=high)
    facts.append((words("pack.place"), place))
    if score.score is not None:
        facts.append((words("pack.score"), formats.number(score.score)))
    for key, probability in (("first", score.p_first), ("nominee", score.p_nominee)):
        told = chance(probability, language)
        if told:
            facts.append((words(f"doubt.{key}"), told))
    return tuple(facts)


def nominee_flags(evidence: Evidence, language: Language, institution_id: str) -> tuple[str, ...]:
    """The flags of a nominee's accounts: kind and platform."""
    rows = evidence.flags.get(institution_id, ())
    named = [
        f"{language.words(f'flag.{row.flag}')} ({language.platform(row.platform)})" for row in rows
    ]
    return tuple(dict.fromkeys(named))


def post_facts(
    row: EvidenceRow, rows: Iterable[EvidenceRow], language: Language
) -> tuple[Fact, ...]:
    """Why a post was shown, and its counts; a missing one in words."""
    words, formats = language.words, language.formats
    same = [one for one in rows if (one.platform, one.post_id) == (row.platform, row.post_id)]
    why = [
        words("pack.best", place=one.place) if one.part == "best" else words("pack.drawn")
        for one in same
    ]
    facts = [(words("pack.why"), ", ".join(why))]
    for name in COUNTS:
        count, reason = getattr(row, name), getattr(row, f"{name}_missing")
        told = language.missing(reason) if count is None else formats.count(count)
        facts.append((language.count_name(name), told))
    total = row.interaction_count
    told = language.missing(None) if total is None else formats.count(total)
    return (*facts, (words("pack.interactions"), told))
