"""What is missing and why: coverage by platform and count, rejected rows, who is not ranked."""

from collections import defaultdict
from collections.abc import Iterator

from tolok.model import PLATFORMS
from tolok.publish.findings import CountBar, count_bars, counts_finding
from tolok.publish.jury_downloads import (
    DECISIONS_CSV,
    JURORS_CSV,
    NOMINEES_CSV,
    VOTES_CSV,
    jury_downloads,
)
from tolok.publish.language import Language
from tolok.publish.links import institution_path, jury_csv_path, ranking_csv_path
from tolok.publish.page import Page
from tolok.publish.results import Results
from tolok.store.results import WITHHELD

PATH = "data.html"
RECORD_KINDS = (
    "posts", "observations", "comments", "follower_readings", "accounts", "institutions",
    "rejected_rows", "unknown_account_rows", "posts_too_young", "posts_read_late", "posts_deleted",
    "copies", "joint_posts",
)  # fmt: skip


def build(results: Results, language: Language) -> Iterator[Page]:
    """The page of the data."""
    unranked = _unranked(results, language)
    yield Page(
        path=PATH,
        title=language.words("data.title"),
        context={
            "records": [(kind, results.manifest.records(kind)) for kind in RECORD_KINDS],
            "inputs": results.manifest.inputs,
            "coverage": _coverage(results, language),
            "bars": count_bars(results.coverage),
            "downloads": [
                (
                    f"{award.category.label[language.code]}, {award.cluster.label[language.code]}",
                    ranking_csv_path(award.category.name, award.cluster.name),
                )
                for award in results.awards.values()
            ],
            "jury_downloads": _jury_downloads(results, language),
            "tables": results.csv_tables,
            "withheld": sorted(WITHHELD),
            "unranked": unranked,
            "never_ranked": sum(
                len(reasons) == 1 and reasons[0][1] == [] for *_, reasons in unranked
            ),
        },
    )


def _jury_downloads(results: Results, language: Language) -> list[tuple[str, str]]:
    """The label and address of each download of a closed jury; none without one."""
    tables = {
        DECISIONS_CSV: "download.jury_decisions",
        NOMINEES_CSV: "download.jury_nominees",
        VOTES_CSV: "download.jury_votes",
        JURORS_CSV: "download.jury_jurors",
    }
    labels = {path: language.words(key) for path, key in tables.items()}
    for award in results.awards.values():
        label = f"{award.category.label[language.code]}, {award.cluster.label[language.code]}"
        labels[jury_csv_path(*award.key)] = f"{language.words('download.jury_of')} {label}"
    return [(labels[path], path) for path, _ in jury_downloads(results) if path in labels]


def _coverage(results: Results, language: Language) -> list[tuple[str, str, list[CountBar]]]:
    """Each platform that has posts, with the sentence over its bars."""
    rows = defaultdict(list)
    for row in results.coverage:
        rows[row.platform].append(row)
    entries = []
    for platform in PLATFORMS:
        bars = count_bars(rows[platform])
        if bars:
            said = counts_finding(bars, language)
            finding = f"{language.platform(platform)}: {said[0].lower()}{said[1:]}"
            entries.append((platform, finding, bars))
    return entries


def _unranked(
    results: Results, language: Language
) -> list[tuple[str, str, list[tuple[str, list[str]]]]]:
    """Who has no rank somewhere: name, page, and each set of reasons with its categories.

    The categories of a set of reasons that holds in all of them are left out: it holds everywhere.
    """
    sets: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for score in results.scores:
        if score.rank is None:
            sets[score.institution_id][score.reason or ""].append(score.category)
    everywhere = len(results.rules.categories)
    entries = []
    for row in sorted(sets, key=lambda key: results.name(key).casefold()):
        reasons = [
            (
                "; ".join(language.reasons(reason)) or language.words("reason.unstated"),
                [] if len(names) == everywhere else [language.category(name) for name in names],
            )
            for reason, names in sets[row].items()
        ]
        entries.append((results.name(row), institution_path(row), reasons))
    return entries
