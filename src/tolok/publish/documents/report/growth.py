"""Followers and accounts: who grew, and which accounts were opened, closed or changed hands."""

from collections.abc import Callable, Iterator
from datetime import date
from operator import attrgetter

from tolok.model import PLATFORMS, Lineage
from tolok.publish.documents.report import blocks as b
from tolok.publish.documents.year import Growth, growth
from tolok.publish.language import Language
from tolok.publish.results import Results
from tolok.publish.rows import AccountRow
from tolok.registry.read import read_lineage
from tolok.store.layout import Layout

_SHOWN = 30


def blocks(results: Results, language: Language) -> Iterator[b.Block]:
    """The chapter of followers and accounts."""
    words = language.words
    yield b.chapter(words("report.growth"))
    yield b.lead(words("report.growth.lead"))
    whole = growth(results.accounts, results)
    if whole.middle is None:
        yield b.text(words("report.growth.none"))
    else:
        share = language.formats.signed(100 * whole.middle)
        yield b.text(f"{words('report.growth.finding', share=share, n=whole.account_count)}.")
        yield b.section(words("report.growth.platforms"))
        yield _table(_by_platform(results, language), words("table.platform"), language)
        yield b.section(words("report.growth.clusters"))
        yield _table(_by_cluster(results, language), words("table.cluster"), language)
        yield b.note(words("report.growth.note"))
    yield b.section(words("report.accounts"))
    yield from _changes(results, language)


def _by_platform(results: Results, language: Language) -> list[tuple[str, Growth]]:
    return [
        (
            language.platform(platform),
            growth((row for row in results.accounts if row.platform == platform), results),
        )
        for platform in PLATFORMS
    ]


def _by_cluster(results: Results, language: Language) -> list[tuple[str, Growth]]:
    cluster_of = {row.institution_id: row.cluster for row in results.institutions.values()}

    def inside(name: str) -> Callable[[AccountRow], bool]:
        return lambda row: cluster_of.get(row.institution_id) == name

    return [
        (language.cluster(one.name), growth(filter(inside(one.name), results.accounts), results))
        for one in results.rules.edition.clusters
    ]


def _table(rows: list[tuple[str, Growth]], head: str, language: Language) -> b.Block:
    words, formats = language.words, language.formats
    keys = ("record.accounts", "report.growth.first", "report.growth.last", "report.growth.middle")
    return b.table(
        [head, *(words(key) for key in keys)],
        [
            [
                label,
                formats.count(one.account_count),
                formats.count(one.first_total),
                formats.count(one.last_total),
                f"{formats.signed(100 * one.middle)}%",
            ]
            for label, one in rows
            if one.middle is not None
        ],
        widths=[1, 0, 0, 0, 0],
    )


def _changes(results: Results, language: Language) -> Iterator[b.Block]:
    """Accounts opened and closed in the window, and institutions that became others."""
    words, window = language.words, results.rules.edition.window
    opened = [row for row in results.accounts if _inside(row.valid_from, results)]
    closed = [row for row in results.accounts if _inside(row.valid_to, results)]
    lineage = [one for one in _lineage(results) if _inside(one.effective_on, results)]
    facts = {"opened": len(opened), "closed": len(closed), "changed": len(lineage)}
    yield b.text(words("report.accounts.text", **facts, window=language.formats.window(window)))
    if lineage:
        keys = ("report.lineage.day", "report.lineage.before", "report.lineage.after")
        yield b.table(
            [*(words(key) for key in keys), words("report.lineage.change")],
            [_lineage_row(one, results, language) for one in lineage],
            widths=[0.8, 1.6, 1.6, 0.8],
        )
    for key, rows in (("opened", opened), ("closed", closed)):
        if rows:
            yield b.text(words(f"report.accounts.{key}", n=len(rows)))
            yield _accounts(rows, key, results, language)


def _accounts(rows: list[AccountRow], key: str, results: Results, language: Language) -> b.Block:
    words, formats = language.words, language.formats
    day = attrgetter("valid_from" if key == "opened" else "valid_to")
    ordered = sorted(rows, key=lambda row: (day(row) or date.min, row.account_id))
    lines = [
        [
            formats.short_day(day(row) or date.min),
            results.name(row.institution_id),
            language.platform(row.platform),
            row.handle or row.account_id,
        ]
        for row in ordered[:_SHOWN]
    ]
    if len(ordered) > _SHOWN:
        lines.append(["", words("doc.more_accounts", n=len(ordered) - _SHOWN), "", ""])
    keys = ("report.lineage.day", "table.institution", "table.platform", "table.account")
    return b.table([words(key) for key in keys], lines, widths=[0.8, 2.2, 0.8, 1.4], size=8.5)


def _lineage(results: Results) -> tuple[Lineage, ...]:
    return read_lineage(Layout(results.edition).registry)


def _lineage_row(one: Lineage, results: Results, language: Language) -> list[str]:
    key = f"report.lineage.{one.change}"
    return [
        language.formats.short_day(one.effective_on),
        results.name(one.predecessor_id),
        results.name(one.successor_id),
        language.words(key) if key in language.words else one.change,
    ]


def _inside(day: date | None, results: Results) -> bool:
    window = results.rules.edition.window
    return day is not None and window.opens_on <= day < window.closes_on
