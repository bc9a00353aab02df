"""`tolok jury`: the secretary's commands, one file each."""

import click

from tolok.cli.jury.ballots import ballots
from tolok.cli.jury.close import close
from tolok.cli.jury.import_ import import_
from tolok.cli.jury.open import open_
from tolok.cli.jury.override import override
from tolok.cli.jury.packs import packs
from tolok.cli.jury.plan import plan
from tolok.cli.jury.status import status
from tolok.cli.jury.tally import tally
from tolok.cli.show import folder_argument


@click.group()
@folder_argument
def jury(folder: None) -> None:
    """From nominees to winners: panel, ballots, tally, record. See docs/jury.md."""


for command in (plan, open_, status, packs, ballots, import_, tally, override, close):
    jury.add_command(command)
