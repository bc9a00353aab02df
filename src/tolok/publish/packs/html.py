"""Packs as one HTML file each: no script, no address that is loaded, everything inside."""

from collections.abc import Sequence

from tolok.jury.ballot import Entry
from tolok.publish.colours import DARK_PANEL, DARK_PAPER, LIGHT_PANEL, LIGHT_PAPER, accents
from tolok.publish.language import Language
from tolok.publish.packs.evidence import Evidence
from tolok.publish.packs.guide import guide
from tolok.publish.packs.view import PackView, figures_view, pack_view
from tolok.publish.render import environment


def pack_html(
    evidence: Evidence, *, juror: str, category: str, entries: Sequence[Entry], language: str
) -> str:
    """The posts of a category's nominees as one juror sees them, without a figure."""
    spoken = Language(language, evidence.rules)
    return _page(pack_view(evidence, spoken, juror, category, entries))


def figures_html(
    evidence: Evidence, *, juror: str, category: str, entries: Sequence[Entry], language: str
) -> str:
    """The figures behind the same posts in the same order, to be opened after the ballot."""
    spoken = Language(language, evidence.rules)
    return _page(figures_view(evidence, spoken, juror, category, entries))


def _page(view: PackView) -> str:
    edition = view.language.rules.edition
    light, dark = accents(edition.accent)
    return _TEMPLATES.get_template("pack.html").render(
        pack=view,
        lang=view.language,
        t=view.language.words,
        f=view.language.formats,
        edition=edition,
        guide=guide(view),
        total_weight=sum(one.weight for one in view.category.criteria),
        accent=light,
        dark_accent=dark,
        paper=LIGHT_PAPER,
        panel=LIGHT_PANEL,
        dark_paper=DARK_PAPER,
        dark_panel=DARK_PANEL,
    )


_TEMPLATES = environment()
