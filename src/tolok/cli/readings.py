"""What `tolok check` says of the posts as read: counts set aside, unknown ones, deleted posts."""

from collections.abc import Iterator, Sequence

from tolok.pipeline.check import CheckReport

_MANY, _FEW = 10, 3
"""Of more than _MANY accounts with one thing to tell, _FEW are shown."""
_LACKS = {
    "hidden": "hidden by the account",
    "disabled": "switched off by the account",
    "suspect": "set aside as suspect",
    "not_collected": "in no file that was brought",
}
"""Why reactions are unknown, in words; that a platform offers none needs no telling."""


def told_readings(report: CheckReport, *, with_all: bool) -> Iterator[str]:
    """The lines of text, one an account and thing to tell."""
    yield from _suspects(report)
    yield from _longest(_unknown_reactions(report), with_all=with_all)
    yield from _longest(_deleted(report), with_all=with_all)


def _suspects(report: CheckReport) -> Iterator[str]:
    for one in report.suspect_counts:
        others = (
            "" if one.other_median is None else f", the others {one.other_median:,.0f} (median)"
        )
        yield (
            f"suspect count: {one.account_id}: {one.post_count:,} of {one.known_count:,} posts "
            f"({one.share:.1%}) have {one.reaction_count} reactions{others}. Some tools write "
            "hidden likes so: these counts are set aside as unknown. [suspect] in edition.toml "
            "sets the rule."
        )


def _unknown_reactions(report: CheckReport) -> list[tuple[int, str]]:
    """A line an account whose reactions are not all known, with the number of unknown ones."""
    lines = []
    for one in report.coverage:
        total = sum(one.reactions.values())
        numbers = {why: one.reactions[name] for name, why in _LACKS.items()}
        lacks = [f"{number:,} {why}" for why, number in numbers.items() if number]
        line = f"reactions: {one.account_id}: of {total:,} posts {', '.join(lacks)}."
        lines.append((sum(numbers.values()), line))
    return lines


def _deleted(report: CheckReport) -> list[tuple[int, str]]:
    """A line an account of which posts are gone, with their number."""
    lines = []
    for one in report.coverage:
        gone = f"{one.deleted_count:,} of {sum(one.reactions.values()):,} posts are gone"
        line = f"deleted: {one.account_id}: {gone}; they count as they were last read."
        lines.append((one.deleted_count, line))
    return lines


def _longest(lines: Sequence[tuple[int, str]], *, with_all: bool) -> Iterator[str]:
    """The lines with a number, the greatest first; of very many the first few."""
    told = [line for number, line in sorted(lines, key=lambda one: (-one[0], one[1])) if number]
    is_long = len(told) > _MANY and not with_all
    yield from told[:_FEW] if is_long else told
    if is_long:
        kind, *_ = told[0].split(":")
        yield f"{kind}: ... and {len(told) - _FEW} more accounts; --all shows them."
