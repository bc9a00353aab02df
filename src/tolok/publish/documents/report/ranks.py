"""The appendix: every rank with its interval, cluster by cluster."""

from collections.abc import Iterator

from tolok.publish.documents.report import blocks as b
from tolok.publish.language import Language
from tolok.publish.results import Results
from tolok.publish.rows import ScoreRow


def blocks(results: Results, language: Language) -> Iterator[b.Block]:
    """The appendix of ranks."""
    words, categories = language.words, results.rules.categories
    yield b.chapter(words("report.ranks"))
    yield b.text(words("report.ranks.text"))
    for cluster in results.rules.edition.clusters:
        rows = results.institutions_of.get(cluster.name, [])
        if not rows:
            continue
        yield b.section(cluster.label[language.code])
        yield b.table(
            [words("table.institution"), *(one.label[language.code] for one in categories)],
            [
                [
                    row.institution,
                    *(
                        _rank(results.score_of.get((one.name, row.institution_id)))
                        for one in categories
                    ),
                ]
                for row in rows
            ],
            widths=[3.2, *(1.0 for _ in categories)],
            size=8,
        )


def _rank(score: ScoreRow | None) -> str:
    """A rank with its interval and ◆ for a nominee; a dash where there is none."""
    if score is None or score.rank is None:
        return "–"
    mark = " ◆" if score.nominee else ""
    if score.rank_low is None or score.rank_high is None:
        return f"{score.rank}{mark}"
    return f"{score.rank} ({score.rank_low}–{score.rank_high}){mark}"
