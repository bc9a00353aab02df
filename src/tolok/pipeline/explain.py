"""From results/ to an account of a difference: the panel is read back and scored again."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from tolok.errors import InputError, did_you_mean
from tolok.methodology.rules import Rules
from tolok.model import KINDS
from tolok.pipeline.publish import ResultsOutdated, current_results
from tolok.pipeline.reread import read_tables, reread_panel, reread_reference
from tolok.pipeline.workspace import Workspace
from tolok.publish.explained import Explanation, Place
from tolok.scoring.category import CategoryScore, with_probabilities
from tolok.scoring.edition import score_categories
from tolok.scoring.explain import Scene, explain_difference
from tolok.scoring.explain_posts import KnownPost
from tolok.scoring.explain_step import Step, last_nominee, steps_to
from tolok.scoring.panel import Panel
from tolok.scoring.view import View, view_of

SAME_SCORE = 1e-9
"""Scores nearer than this are one; machines may differ in the last bits."""


@dataclass(eq=False)
class NotInEdition(InputError):
    """A category or an institution that the edition does not have."""

    word: str
    what: str
    hint: str

    def __str__(self) -> str:
        """The word, and the nearest that there is."""
        return f"{self.word!r} is no {self.what} of this edition. {self.hint}".strip()


@dataclass(eq=False)
class NothingToCompare(InputError):
    """Two institutions whose scores cannot be set against each other."""

    category: str
    institution_id: str
    why: str

    def __str__(self) -> str:
        """Who, and why."""
        return f"{self.institution_id}, category {self.category}: {self.why}"


def explain(
    folder: Path, category: str, institution: str, against: str | None = None
) -> Explanation:
    """Why a score differs from another's: that of the institution just above, if none is named.

    The first is set against the second. Only results/ and the rules are read.
    Raises: NotScored and ResultsOutdated as for publish; ResultsOutdated also where what is read
    back scores otherwise than was published; NotInEdition; NothingToCompare where one of both is
    not ranked, or nobody else is.
    """
    workspace = Workspace(folder)
    results, rules = current_results(workspace), workspace.rules
    if category not in {one.name for one in rules.categories}:
        raise NotInEdition(
            category, "category", _hint(category, [c.name for c in rules.categories])
        )
    panel = reread_panel(results, rules)
    view = view_of(panel, rules)
    reference = reread_reference(results)
    posts = read_tables(results, ("best_posts",))["best_posts"].to_pylist()
    known = tuple(_known_posts(posts, panel, rules))
    published: list[dict[str, Any]] = read_tables(results, ("scores",))["scores"].to_pylist()
    scores = tuple(_settled(view, one, published) for one in score_categories(view, reference))
    scene = Scene(view, scores, reference, known)
    one = scene.category(category)
    own = _row(panel, institution)
    _demand_rank(one, panel, own)
    other = _row(panel, against) if against else _neighbour(one, panel, own)
    _demand_rank(one, panel, other)
    if own == other:
        raise NothingToCompare(category, institution, "is set against itself. Name another.")
    _demand_published_scores(folder, published, one, panel)
    target = last_nominee(scene, category, own)
    return Explanation(
        rules=rules,
        category=one.category,
        own=_place(one, panel, own),
        other=_place(one, panel, other),
        difference=explain_difference(scene, category, own, other),
        target=None if target is None else _place(one, panel, target),
        steps=() if target is None else steps_to(scene, category, own, float(one.score[target])),
        posts={
            _post_name(row): (row["url"] or row["post_id"], row["published_on"]) for row in posts
        },
    )


def explanation_document(found: Explanation) -> dict[str, Any]:
    """An explanation as one JSON document."""
    return {
        "edition": found.rules.edition.name,
        "category": found.category.name,
        "institution": asdict(found.own),
        "against": asdict(found.other),
        "difference": asdict(found.difference),
        "nominees": {
            "last": None if found.target is None else asdict(found.target),
            "steps": [_step(step) for step in found.steps],
        },
    }


def _step(step: Step) -> dict[str, Any]:
    """A step as JSON, which has no infinity: null where nothing would do."""
    document = asdict(step)
    for part in (document, *document["needs"]):
        for name in ("needed", "deviations"):
            if name in part and not isfinite(part[name]):
                part[name] = None
    return document


def _hint(word: str, names: list[str]) -> str:
    return did_you_mean(word, names) or f"There are: {', '.join(names)}."


def _row(panel: Panel, institution: str) -> int:
    if institution not in panel.institution_ids:
        hint = did_you_mean(institution, panel.institution_ids)
        raise NotInEdition(institution, "institution_id", hint)
    return panel.institution_ids.index(institution)


def _demand_rank(one: CategoryScore, panel: Panel, row: int) -> None:
    if not one.is_ranked[row]:
        why = f"it is not ranked ({one.reasons[row]}), so there is no score to explain."
        raise NothingToCompare(one.category.name, panel.institution_ids[row], why)


def _settled(view: View, one: CategoryScore, rows: list[dict[str, Any]]) -> CategoryScore:
    """The scores with the published ranks: equal ones are told apart by their chance of rank 1."""
    chance = {
        row["institution_id"]: row["p_first"]
        for row in rows
        if row["category"] == one.category.name and row["p_first"] is not None
    }
    ids = view.panel.institution_ids
    p_first = np.array([chance.get(name, np.nan) for name in ids], dtype=np.float64)
    return with_probabilities(view, one, p_first) if chance else one


def _demand_published_scores(
    folder: Path, rows: list[dict[str, Any]], one: CategoryScore, panel: Panel
) -> None:
    """Refuse to explain other scores than the published ones: another Tolok has made them."""
    scores = dict(zip(panel.institution_ids, one.score, strict=True))
    for row in rows:
        if row["category"] != one.category.name or row["score"] is None:
            continue
        if not abs(row["score"] - scores[row["institution_id"]]) <= SAME_SCORE:
            raise ResultsOutdated(folder, ["Tolok itself"])


def _neighbour(one: CategoryScore, panel: Panel, row: int) -> int:
    """The next better rank in the cluster; of the first, the next in the ranking."""
    clusters = np.array(panel.clusters, dtype=np.str_)
    rows = np.flatnonzero(one.is_ranked & (clusters == clusters[row]))
    others = rows[rows != row]
    better = others[one.rank[others] < one.rank[row]]
    if better.size:
        return int(better[np.argmax(one.rank[better])])
    if not others.size:
        why = "nobody else is ranked in its cluster. Name another with --against."
        raise NothingToCompare(one.category.name, panel.institution_ids[row], why)
    return int(others[np.argmin(one.rank[others])])


def _place(one: CategoryScore, panel: Panel, row: int) -> Place:
    return Place(
        panel.institution_ids[row],
        panel.institution_names[row],
        panel.clusters[row],
        int(one.rank[row]),
        float(one.score[row]),
    )


def _post_name(row: dict[str, Any]) -> str:
    return f"{row['platform']}:{row['post_id']}"


def _known_posts(rows: list[dict[str, Any]], panel: Panel, rules: Rules) -> Iterator[KnownPost]:
    """The best posts with their places in the panel; days outside its weeks are left out."""
    owners = [panel.institution_ids[row] for row in panel.account_institution]
    pairs = zip(owners, panel.account_ids, strict=True)
    accounts = {pair: at for at, pair in enumerate(pairs)}
    weeks = {week: at for at, week in enumerate(rules.edition.window.weeks)}
    for row in rows:
        day: date = row["published_on"]
        account = accounts.get((row["institution_id"], row["account_id"]))
        week = weeks.get(day - timedelta(days=day.weekday()))
        if account is not None and week is not None:
            kind = KINDS.index(row["kind"]) if row["kind"] else -1
            yield KnownPost(_post_name(row), account, week, kind, row["interaction_count"])
