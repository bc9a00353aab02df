"""What a site has beside its pages: assets, downloads, documents, data that scripts read, press."""

from collections.abc import Callable, Iterator

from tolok.publish.benchmark import build_benchmark
from tolok.publish.channels import build_channels
from tolok.publish.colours import DARK_PANEL, DARK_PAPER, LIGHT_PANEL, LIGHT_PAPER, accents
from tolok.publish.corrections import build_feed
from tolok.publish.documents.certificate import build_certificates
from tolok.publish.documents.report import build_reports
from tolok.publish.documents.scorecard import build_scorecards
from tolok.publish.documents.workbook import build_workbook
from tolok.publish.downloads import build_downloads
from tolok.publish.institution_index import build_index
from tolok.publish.press.kit import build_press
from tolok.publish.ranking_svg import build_ranking_svgs
from tolok.publish.render import TEMPLATES, environment
from tolok.publish.results import Results
from tolok.publish.scripts import build_scripts
from tolok.publish.vega import build_explored


def _assets(results: Results) -> Iterator[tuple[str, str]]:
    light, dark = accents(results.rules.edition.accent)
    style = environment().get_template("style.css")
    yield (
        "assets/style.css",
        style.render(
            accent=light,
            dark_accent=dark,
            paper=LIGHT_PAPER,
            panel=LIGHT_PANEL,
            dark_paper=DARK_PAPER,
            dark_panel=DARK_PANEL,
            cluster_count=len(results.rules.edition.clusters),
            category_count=len(results.rules.categories),
        ),
    )
    yield "assets/icon.svg", environment().get_template("icon.svg").render(accent=light)
    yield "assets/site.js", (TEMPLATES / "site.js").read_text("utf-8")


PARTS: tuple[Callable[[Results], Iterator[tuple[str, str | bytes]]], ...] = (
    _assets,
    build_scripts,
    build_downloads,
    build_scorecards,
    build_certificates,
    build_reports,
    build_workbook,
    build_benchmark,
    build_channels,
    build_index,
    build_feed,
    build_explored,
    build_ranking_svgs,
    build_press,
)
"""What stands beside the pages: each part yields the address in the site, and what is there."""
