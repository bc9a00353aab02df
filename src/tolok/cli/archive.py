"""`tolok archive`."""

from pathlib import Path

import click

from tolok.cli.show import counted, folder_argument, json_option, print_json
from tolok.pipeline.archive import archive as archive_edition


@click.command()
@folder_argument
@click.argument("other", type=click.Path(path_type=Path, exists=True, file_okay=False))
@json_option
def archive(folder: Path, other: Path, *, as_json: bool) -> None:
    """Put an earlier edition into the archive of this one, to be compared with.

    OTHER is the earlier edition's folder, its site, or the open data of its site (site/data).
    """
    done = archive_edition(folder, other)
    if as_json:
        print_json(
            {
                "edition": done.edition.name,
                "folder": done.folder,
                "opens_on": done.edition.window.opens_on,
                "closes_on": done.edition.window.closes_on,
                "files": done.files,
                "is_replaced": done.is_replaced,
            }
        )
        return
    if done.is_replaced:
        click.echo(f"{done.folder}: stood there before and is replaced.")
    window = f"{done.edition.window.opens_on} to before {done.edition.window.closes_on}"
    click.echo(f"{done.folder}: {done.edition.name}, {window}, {counted(done.files, 'file')}.")
    click.echo(f"Next: `tolok publish {folder}`.")
