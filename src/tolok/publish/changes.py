"""What became of an institution inside the window: merged, split, renamed, begun or ended.

Its figures are those of the whole window all the same, so every page that ranks it says so.
"""

from datetime import date

from tolok.publish.language import Language
from tolok.publish.results import Results


def changes_of(institution_id: str, results: Results, language: Language) -> tuple[str, ...]:
    """The changes of an institution inside the window, in the order of days.

    Those of one day and one kind are one sentence.

    Missing: none where the registry holds no lineage of it. A row from a body to itself, as in a
    split after which it goes on, is no change of its own; nor is one on the first day or earlier.
    """
    window = results.rules.edition.window
    told: dict[tuple[date, str], list[str]] = {}
    for row in sorted(results.past.lineage, key=lambda row: (row.effective_on, row.successor_id)):
        is_before = row.predecessor_id == institution_id
        if row.predecessor_id == row.successor_id or not (
            is_before or row.successor_id == institution_id
        ):
            continue
        if not window.opens_on < row.effective_on < window.closes_on:
            continue
        other = row.successor_id if is_before else row.predecessor_id
        key = f"change.{'after' if is_before else 'before'}.{row.change}"
        told.setdefault((row.effective_on, key), []).append(results.name(other) if other else "")
    return tuple(
        language.words(key, day=language.formats.day(day), other=language.listed(names))
        for (day, key), names in told.items()
    )
