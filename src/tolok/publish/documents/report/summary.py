"""The first page of the report and its summary: the finding of the year, and key figures."""

from collections.abc import Iterator

from tolok.publish.documents.report import blocks as b
from tolok.publish.documents.report.effects import effects_chart, kinds_told
from tolok.publish.documents.shapes import runs
from tolok.publish.documents.year import growth, kind_effects
from tolok.publish.findings import count_bars, counts_finding, month_ticks, platform_lines
from tolok.publish.language import Language
from tolok.publish.pages.home import RECORD_KINDS
from tolok.publish.results import Results
from tolok.publish.verdict import verdict_of


def cover_chart(results: Results, language: Language) -> b.Block | None:
    """The finding of the year: the kind of post that brings most; else the platforms' weeks.

    Missing: None where nobody posted.
    """
    effects = kind_effects(results.posting_kinds)
    if any(effect.low > 0 for effect in effects.values()):
        named = {language.kind(kind): effect for kind, effect in effects.items()}
        title = kinds_told(named, language)
        return effects_chart(named, title, language.words("report.effects.subtitle"), language)
    return weeks_chart(results, language)


def weeks_chart(results: Results, language: Language) -> b.Block | None:
    """The posts a week of all institutions, a line a platform; None where nobody posted."""
    words, formats = language.words, language.formats
    window = results.rules.edition.window
    lines = platform_lines(results.weekly, window)
    if not lines:
        return None
    share = formats.share(lines[0].total / sum(line.total for line in lines))
    return b.chart(
        "lines",
        words("finding.platform", platform=language.platform(lines[0].platform), share=share),
        words("finding.platform.subtitle", window=formats.window(window)),
        unit=words("weekly.all"),
        months=[[at, name] for at, name in month_ticks(window, language)],
        rows=[
            {
                "label": language.platform(line.platform),
                "runs": runs(line.path),
                "value": formats.figure(line.typical),
            }
            for line in lines
        ],
    )


def blocks(results: Results, language: Language) -> Iterator[b.Block]:
    """The summary."""
    words, formats, manifest = language.words, language.formats, results.manifest
    edition = results.rules.edition
    yield b.chapter(words("report.summary"))
    yield b.lead(
        words(
            "home.lead",
            institutions=words("many.institutions", n=len(results.institutions)),
            clusters=words("many.clusters", n=len(edition.clusters)),
            awards=words("many.awards", n=len(results.awards)),
        )
    )
    counted = [(kind, manifest.records(kind)) for kind in RECORD_KINDS]
    accounts = len({row.account_id for row in results.accounts})
    yield b.tiles(
        [
            (formats.count(len(results.institutions)), words("record.institutions")),
            (formats.count(accounts), words("record.accounts")),
            *((formats.count(n), words(f"record.{kind}")) for kind, n in counted if n is not None),
        ]
    )
    yield b.note(words("home.counted_apart"))
    yield from _winners(results, language)
    yield b.section(words("report.known"))
    yield b.points([sentence for sentence in _sentences(results, language) if sentence])
    yield b.section(words("home.decided"))
    decision = edition.decision
    keys = ("collect", "measure", "rank", decision)
    fields = {"n": edition.nominee_count}
    yield b.named([(words(f"step.{key}"), words(f"step.{key}.text", **fields)) for key in keys])
    yield b.text(words("site.measures"))


def _winners(results: Results, language: Language) -> Iterator[b.Block]:
    """The winners as a table, a row a category and a column a cluster; nothing without a winner."""
    edition = results.rules.edition
    cells = {
        award.key: ", ".join(results.short(row.institution_id or "") for row in award.winners)
        for award in results.awards.values()
    }
    if not any(cells.values()):
        return
    yield b.section(language.words("report.winners"))
    yield b.table(
        [language.words("doc.category"), *(one.label[language.code] for one in edition.clusters)],
        [
            [
                category.label[language.code],
                *(cells.get((category.name, one.name)) or "–" for one in edition.clusters),
            ]
            for category in results.rules.categories
        ],
        widths=[1.2, *(1.0 for _ in edition.clusters)],
        size=8,
    )


def _sentences(results: Results, language: Language) -> Iterator[str]:
    """What the chapters find, a sentence each."""
    words, formats = language.words, language.formats
    lines = platform_lines(results.weekly, results.rules.edition.window)
    if lines:
        share = formats.share(lines[0].total / sum(line.total for line in lines))
        platform = language.platform(lines[0].platform)
        yield f"{words('finding.platform', platform=platform, share=share)}."
    named = {
        language.kind(kind): effect for kind, effect in kind_effects(results.posting_kinds).items()
    }
    yield f"{kinds_told(named, language)}." if named else ""
    grown = growth(results.accounts, results)
    if grown.middle is not None:
        share = formats.signed(100 * grown.middle)
        yield f"{words('report.growth.finding', share=share, n=grown.account_count)}."
    verdicts = [verdict_of(award, results, language) for award in results.awards.values()]
    decided = [verdict for verdict in verdicts if verdict is not None]
    if decided:
        clear = sum(verdict.status == "clear" for verdict in decided)
        yield words("report.awards.clear", n=len(decided), clear=clear)
    unranked = len(
        {row.institution_id for row in results.scores}
        - {row.institution_id for row in results.scores if row.rank is not None}
    )
    yield words("report.unranked", n=unranked)
    bars = count_bars(results.coverage)
    yield f"{counts_finding(bars, language, 'finding.counts')}." if bars else ""
