"""The method and its limits in plain words."""

from collections.abc import Iterator

from tolok.methodology.category import Category
from tolok.publish.documents.report import blocks as b
from tolok.publish.language import Language
from tolok.publish.panel_view import panel_view
from tolok.publish.results import Results

ROAD = ("window", "snapshot", "once", "platform", "points", "score")
LIMITS = ("attention", "sample", "hidden", "paid", "causes", "ranks", "jury")


def blocks(results: Results, language: Language) -> Iterator[b.Block]:
    """The chapter of the method."""
    words, formats, edition = language.words, language.formats, results.rules.edition
    yield b.chapter(words("report.method"))
    yield b.lead(words("method.lead"))
    yield b.section(words("method.road"))
    facts = {
        "window": formats.window(edition.window),
        "copy_days": edition.scoring.copy_days,
        "cap": edition.scoring.daily_cap,
        "trim": formats.share(edition.scoring.trim_share),
        "floor": formats.figure(edition.scoring.z_floor),
    }
    yield b.named([(words(f"road.{key}"), words(f"road.{key}.text", **facts)) for key in ROAD])
    yield b.section(words("method.eligibility"))
    yield b.points(_eligibility(results, language))
    yield b.section(words("method.categories"))
    for category in results.rules.categories:
        yield _weights(category, language)
    panel = panel_view(results.rules, language)
    if panel is not None:
        yield b.section(words("panel.title"))
        yield b.points(panel.sentences)
    yield b.section(words("report.limits"))
    limits = LIMITS if edition.decision == "jury" else LIMITS[:-1]
    yield b.named([(words(f"limit.{key}"), words(f"limit.{key}.text")) for key in limits])


def _eligibility(results: Results, language: Language) -> list[str]:
    words, formats = language.words, language.formats
    edition = results.rules.edition
    needs = edition.eligibility
    return [
        words("eligibility.grade", grade=edition.attribution.min_grade),
        words("eligibility.weeks", n=needs.min_active_weeks),
        words("eligibility.platform_posts", n=needs.min_platform_posts),
        words("eligibility.platforms", share=formats.share(needs.min_platform_share)),
        words("eligibility.indicators", share=formats.share(needs.min_indicator_share)),
        words("eligibility.cluster", n=needs.min_cluster_size),
    ]


def _weights(category: Category, language: Language) -> b.Block:
    total = sum(indicator.weight for indicator in category.indicators)
    return b.table(
        [category.label[language.code], "", language.words("table.weight")],
        [
            [
                language.indicator(category, one),
                language.words(f"model.{one.model}"),
                language.formats.share(one.weight / total),
            ]
            for one in category.indicators
        ],
        widths=[1.3, 1.5, 0],
    )
