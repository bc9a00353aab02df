"""The command line: one file a command, without logic of its own.

Exit status: 0 done; 2 the operator can mend it; 3 a platform or the network; 4 the rules forbid it;
1 `check` or `verify` found a fault.
"""

import click

from tolok.cli.archive import archive
from tolok.cli.check import check
from tolok.cli.demo import demo
from tolok.cli.edge import Edge
from tolok.cli.explain import explain
from tolok.cli.import_ import import_
from tolok.cli.jury import jury
from tolok.cli.lock import lock
from tolok.cli.map import map_
from tolok.cli.new import new
from tolok.cli.publish import publish
from tolok.cli.registry import registry
from tolok.cli.replay import replay
from tolok.cli.run import run
from tolok.cli.score import score
from tolok.cli.verify import verify


@click.group(cls=Edge, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tolok")
def main() -> None:
    """The open yardstick for how public bodies communicate on social media.

    An edition of an award is a folder of plain files. Make one with `tolok new`, bring data in
    with `tolok import`, then `tolok score` and `tolok publish`. `tolok demo` shows it all.
    """


for command in (
    new, check, registry, lock, map_, import_, replay, run, score, jury, archive, publish,
    verify, explain, demo,
):  # fmt: skip
    main.add_command(command)
