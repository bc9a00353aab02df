"""Formats: which kinds of post each platform carries, and what works where."""

from collections.abc import Iterator

from tolok.model import KINDS, PLATFORMS
from tolok.publish.documents.report import blocks as b
from tolok.publish.documents.report.effects import best_told, effects_chart, kinds_told
from tolok.publish.documents.year import kind_counts, kind_effects, platform_kind_effects
from tolok.publish.language import Language
from tolok.publish.results import Results

_KINDS_SHOWN = 6


def blocks(results: Results, language: Language) -> Iterator[b.Block]:
    """The chapter of formats."""
    words = language.words
    yield b.chapter(words("report.formats"))
    yield b.lead(words("report.formats.lead"))
    if not results.posting_kinds:
        yield b.text(words("weekly.empty"))
        return
    yield b.section(words("report.formats.shares"))
    yield _shares(results, language)
    yield b.section(words("report.formats.works"))
    subtitle = words("report.effects.subtitle")
    overall = {language.kind(k): e for k, e in kind_effects(results.posting_kinds).items()}
    if len(overall) > 1:
        yield effects_chart(overall, kinds_told(overall, language), subtitle, language)
    found = platform_kind_effects(results.posting_kinds)
    for platform in PLATFORMS:
        effects = {
            language.kind(kind): found[platform, kind]
            for kind in KINDS
            if (platform, kind) in found
        }
        if len(effects) > 1:
            title = f"{language.platform(platform)}: {best_told('kind', effects, language)}"
            yield effects_chart(effects, title, subtitle, language)
    yield b.note(words("report.effects.note"))


def _shares(results: Results, language: Language) -> b.Block:
    """The kinds of post as a share of each platform's, a small chart a platform."""
    words, formats = language.words, language.formats
    counts = kind_counts(results.posting_kinds)
    panels, video, total = [], 0, 0
    for platform in PLATFORMS:
        kinds = counts.get(platform)
        whole = sum(kinds.values()) if kinds else 0
        if not kinds or not whole:
            continue
        video += sum(kinds[kind] for kind in ("video", "short_video", "live"))
        total += whole
        rows = [
            {
                "label": language.kind(kind),
                "share": round(100 * count / whole, 1),
                "value": formats.share(count / whole),
            }
            for kind, count in sorted(kinds.items(), key=lambda one: (-one[1], one[0]))
        ]
        panels.append({"label": language.platform(platform), "rows": rows[:_KINDS_SHOWN]})
    share = formats.share(video / total) if total else "–"
    window = formats.window(results.rules.edition.window)
    title = words("report.formats.finding", share=share)
    subtitle = words("report.formats.subtitle", window=window)
    return b.chart("multiples", title, subtitle, panels=panels)
