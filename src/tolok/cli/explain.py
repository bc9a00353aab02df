"""`tolok explain`."""

from itertools import chain
from pathlib import Path

import click

from tolok.cli.show import folder_argument, json_option, print_json
from tolok.model import LANGUAGES
from tolok.pipeline.explain import explain as explain_scores
from tolok.pipeline.explain import explanation_document
from tolok.publish.explained import explained_lines
from tolok.publish.language import Language
from tolok.publish.waterfall import waterfall
from tolok.publish.way_in import way_in_lines
from tolok.store.atomic import written_whole


@click.command()
@folder_argument
@click.argument("category")
@click.argument("institution")
@click.option("--against", metavar="OTHER", help="The institution to compare with.")
@click.option("--language", type=click.Choice(LANGUAGES), help="The edition's first by default.")
@click.option(
    "--chart", type=click.Path(path_type=Path, dir_okay=False), help="Write the chart, an SVG."
)
@click.option("--all", "is_whole", is_flag=True, help="Every cause, down to single posts.")
@json_option
def explain(  # noqa: PLR0913 -- one parameter an option
    folder: Path,
    category: str,
    institution: str,
    *,
    against: str | None,
    language: str | None,
    chart: Path | None,
    is_whole: bool,
    as_json: bool,
) -> None:
    """Say what makes the difference between two scores, and what leads to the nominees.

    CATEGORY and INSTITUTION are names as in results/scores.parquet. Without --against the
    institution is compared with the one just above it, the first with the second.
    """
    found = explain_scores(folder, category, institution, against)
    spoken = Language(language or found.rules.edition.languages[0], found.rules)
    if chart:
        with written_whole(chart) as unfinished:
            unfinished.write_text(waterfall(found, spoken), "utf-8")
    if as_json:
        print_json(explanation_document(found))
        return
    told = explained_lines(found, spoken, is_whole=is_whole)
    for line in chain(told, [""], way_in_lines(found, spoken)):
        click.echo(line)
