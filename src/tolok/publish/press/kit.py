"""The files of the press kit: releases as Markdown, and charts as SVG and PNG."""

from collections.abc import Iterator

from tolok.publish.awards import Award
from tolok.publish.language import Language
from tolok.publish.press.chart import chart_svg, picture_of
from tolok.publish.press.fields import values_of
from tolok.publish.press.paths import chart_path, release_path
from tolok.publish.press.template import ReleaseText, read_release
from tolok.publish.results import Results


def awarded(results: Results) -> list[Award]:
    """The awards that have a winner, in their order."""
    return [award for award in results.awards.values() if award.winners]


def build_press(results: Results) -> Iterator[tuple[str, str | bytes]]:
    """Each file of the press kit as its address in the site and its content.

    Raises: FaultsFound where a release's text has an unknown field.
    """
    if not awarded(results):
        return
    for code in results.rules.edition.languages:
        language = Language(code, results.rules)
        text = read_release(results.edition, code)
        for award in awarded(results):
            yield release_path(*award.key, code), release_of(award, text, results, language)
            svg = chart_svg(award, results, language)
            yield chart_path(*award.key, code, "svg"), svg
            yield chart_path(*award.key, code, "png"), picture_of(svg)


def release_of(award: Award, text: ReleaseText, results: Results, language: Language) -> str:
    """The release of an award; that of a simulated edition begins by saying so, whatever the text.

    A release of invented names must not pass for a real one, even cut out of the site.
    """
    release = text.filled(values_of(award, results, language))
    if not results.rules.edition.is_simulated:
        return release
    return f"**{language.words('press.simulated')}**\n\n{release}"
