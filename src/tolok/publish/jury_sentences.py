"""How an award was decided, in two plain sentences: what the scores say, and what settled it."""

from tolok.publish.jury_case import JuryCase


def sentences(case: JuryCase) -> tuple[str, ...]:
    """What the jury's scores gave, and how that became a winner."""
    status = case.row.status
    if status == "undecided":
        return _undecided(case)
    if status == "overridden":
        return _overridden(case)
    if status == "clear":
        return _clear(case)
    return _scored(case), _settled(case)


def _clear(case: JuryCase) -> tuple[str, ...]:
    words = case.language.words
    first, *others = case.final
    second = others[0] if others else None
    digits = case.digits(first.jury_score, second.jury_score if second else None)
    score = case.points(first.jury_score, digits=digits)
    told = words("jury.said.clear", name=case.names([first.institution_id]), score=score)
    if second is None:
        return (told,)
    score = case.points(second.jury_score, digits=digits)
    return told, words("jury.said.second", name=case.names([second.institution_id]), score=score)


def _scored(case: JuryCase) -> str:
    """What the scores alone gave, where they did not settle the award."""
    words = case.language.words
    if case.row.tally_status == "tied":
        names = case.names([one.institution_id for one in case.leaders])
        scores = [one.jury_score for one in case.leaders]
        if case.is_level:
            return words("jury.said.equal", names=names, score=case.points(*scores[:1]))
        return words("jury.said.near", names=names, scores=case.points(*scores))
    whys = [why for why in (_why(case, *reason) for reason in case.reasons) if why]
    if not whys:
        return words("jury.said.open")
    return words("jury.said.contested", why="; ".join(whys))


def _why(case: JuryCase, code: str, figure: str) -> str:
    """A reason why the scores leave an award open; nothing for what speaks for the first."""
    words, panel = case.language.words, case.results.rules.edition.jury
    if code in ("leads_without_any_juror", "override"):
        return ""
    if f"jury.why.{code}" not in words:
        return f"{code}:{figure}" if figure else code
    return words(
        f"jury.why.{code}",
        n=int(figure) if figure.isdecimal() else 1,
        least=panel.least_scores,
        chance=case.language.formats.share(panel.least_chance),
    )


def _settled(case: JuryCase) -> str:
    """What made a winner of an award that the scores left open."""
    words, status = case.language.words, case.row.status
    if status == "decided_by_data":
        return _by_data(case)
    if status == "decided_by_vote":
        return _by_vote(case)
    if status == "shared":
        asked = case.row.tally_status == "contested"
        by_data = asked or "data" in case.results.rules.edition.jury.tie_order
        way = ("data" if by_data else "plain", "both" if by_data else "vote")[bool(case.votes)]
        return words(f"jury.said.shared.{way}")
    score = next((one.jury_score for one in case.final if one.institution_id in case.winners), None)
    return words("jury.said.no_vote", name=case.names(case.winners), score=case.points(score))


def _by_data(case: JuryCase) -> str:
    key = "jury.said.even_data" if case.votes else "jury.said.data"
    chances = {one.institution_id: one.p_first for one in case.award.nominees}
    winner = case.winners[0] if case.winners else ""
    own = chances.get(winner)
    rivals = {one.institution_id for one in case.leaders} | _voted(case)
    others = [chance for one in rivals - {winner} if (chance := chances.get(one)) is not None]
    name = case.names([winner])
    if own is None or not others:
        return case.language.words(f"{key}.plain", name=name)
    formats = case.language.formats
    pairs = [(formats.share(own, d), formats.share(max(others), d)) for d in (0, 1, 2)]
    told = next((pair for pair in pairs if pair[0] != pair[1]), pairs[-1])
    return case.language.words(key, name=name, own=told[0], next=told[1])


def _voted(case: JuryCase) -> set[str]:
    return {name for row in case.votes for name in (row.first, row.second)}


def _by_vote(case: JuryCase) -> str:
    """How many chose the winner: of the jurors, or of all choices where there were more pairs.

    Where the scores put somebody else first, that is said before.
    """
    winner = case.winners[0] if case.winners else ""
    rows = [row for row in case.votes if winner in (row.first, row.second)]
    won = sum(row.first_count if row.first == winner else row.second_count for row in rows)
    total = sum(row.first_count + row.second_count for row in rows)
    key = "jury.said.vote" if len(case.votes) == 1 else "jury.said.votes"
    told = case.language.words(key, name=case.names([winner]), won=won, n=total)
    first = [one for one in case.final if one.jury_rank == 1]
    if not first or winner in {one.institution_id for one in first}:
        return told
    names, score = case.names([one.institution_id for one in first]), first[0].jury_score
    ahead = case.language.words("jury.said.ahead", names=names, score=case.points(score))
    return f"{ahead} {told}"


def _overridden(case: JuryCase) -> tuple[str, ...]:
    """Whom the scores put first, and whom the recorded decision names instead."""
    words = case.language.words
    first = [one for one in case.final if one.jury_rank == 1]
    told = []
    if first:
        ids = [one.institution_id for one in first]
        score = case.points(first[0].jury_score)
        told.append(words("jury.said.first", names=case.names(ids), score=score))
        is_same = ids == case.winners
    else:
        told.append(_undecided(case)[0])
        is_same = False
    key = "jury.said.override.same" if is_same else "jury.said.override"
    return *told, words(key, name=case.names(case.winners))


def _undecided(case: JuryCase) -> tuple[str, ...]:
    words = case.language.words
    codes = [code for code, _ in case.reasons if code != "override"]
    code = codes[0] if codes else "no_scores"
    known = f"jury.undecided.{code}" in words
    return words(f"jury.undecided.{code}") if known else code, words("jury.said.nobody")
