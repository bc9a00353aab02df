"""What is missing: counts that cannot be read, and who is not ranked, with the reasons."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from tolok.model import PLATFORMS
from tolok.publish.documents.report import blocks as b
from tolok.publish.documents.shapes import shares
from tolok.publish.findings import STATES, count_bars, counts_finding
from tolok.publish.language import Language
from tolok.publish.pages.data import RECORD_KINDS
from tolok.publish.results import Results
from tolok.publish.rows import CoverageRow


def blocks(results: Results, language: Language) -> Iterator[b.Block]:
    """The chapter of what is missing."""
    words = language.words
    yield b.chapter(words("report.gaps"))
    yield b.lead(words("data.lead"))
    yield b.section(words("data.coverage"))
    rows: dict[str, list[CoverageRow]] = defaultdict(list)
    for row in results.coverage:
        rows[row.platform].append(row)
    for platform in PLATFORMS:
        if count_bars(rows[platform]):
            yield _coverage(platform, rows[platform], results, language)
    yield b.section(words("data.unranked"))
    yield from _unranked(results, language)
    yield b.section(words("data.records"))
    yield _records(results, language)
    yield b.note(words("data.rejected_meaning"))


def _coverage(
    platform: str, rows: list[CoverageRow], results: Results, language: Language
) -> b.Block:
    words, bars = language.words, count_bars(rows)
    said = counts_finding(bars, language)
    window = language.formats.window(results.rules.edition.window)
    shown = [state for state in STATES if any(bar.states[state] for bar in bars)]
    return b.chart(
        "stacked",
        f"{language.platform(platform)}: {said[0].lower()}{said[1:]}",
        words("coverage.subtitle", window=window),
        states=[[state, words(f"coverage.{state}")] for state in shown],
        rows=[
            {
                "label": language.count_name(bar.name),
                "parts": shares([(state, bar.states[state]) for state in STATES]),
                "value": language.formats.share(bar.known_share),
            }
            for bar in bars
        ],
    )


def _unranked(results: Results, language: Language) -> Iterator[b.Block]:
    """How many have no rank in some award, by the reasons, those of most institutions first."""
    reasons: Counter[str] = Counter()
    who: set[str] = set()
    for score in results.scores:
        if score.rank is None:
            who.add(score.institution_id)
            codes = {code.partition(":")[0].strip() for code in (score.reason or "").split(";")}
            reasons.update({f"report.reason.{code}" for code in codes if code and code != "lacks"})
    words = language.words
    if not who:
        yield b.text(words("award.all_ranked"))
        return
    yield b.text(words("report.gaps.unranked", n=len(who)))
    ordered = sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
    yield b.table(
        [words("report.gaps.reason"), words("report.gaps.awards")],
        [
            [
                words(key) if key in words else key.rpartition(".")[2],
                language.formats.count(count),
            ]
            for key, count in ordered
        ],
        widths=[1, 0],
    )


def _records(results: Results, language: Language) -> b.Block:
    counts = [(kind, results.manifest.records(kind)) for kind in RECORD_KINDS]
    absent = language.words("missing.no_data")
    rows = [
        [language.words(f"record.{kind}"), absent if n is None else language.formats.count(n)]
        for kind, n in counts
    ]
    return b.table(
        [language.words("report.record"), language.words("report.count")], rows, widths=[1, 0]
    )
