"""`tolok publish`."""

from pathlib import Path

import click

from tolok.cli.show import folder_argument, json_option, print_json, progress_shown
from tolok.pipeline.publish import publish as publish_edition


@click.command()
@folder_argument
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="Where the site goes.")
@json_option
def publish(folder: Path, to: Path | None, *, as_json: bool) -> None:
    """Write the static results site, in Indonesian and English."""
    with progress_shown() as progress:
        site = publish_edition(folder, to=to, progress=progress)
    if as_json:
        print_json({"index": site.index, "pages": site.pages})
        return
    click.echo(f"{site.pages:,} pages. Open {site.index.resolve().as_uri()}")
