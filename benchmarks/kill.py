"""`python -m benchmarks.kill`: an import is killed at random moments, and run again each time.

python -m benchmarks.kill [TIMES] [--seed N] [--rows N]

The edition must then equal one whose import nobody stopped, file by file and byte for byte.
"""

import argparse
import csv
import filecmp
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.workbook import write_workbook
from tolok.methodology.template import new_edition

_TOLOK = Path(sys.executable).with_name("tolok")
_UNREAD = {".writing"}
"""Files that say nothing: the lock of an import."""


@dataclass(frozen=True)
class Kill:
    """One stop: after how many seconds it came, whether in time, and what differs in the end."""

    after_s: float
    was_running: bool
    differences: tuple[str, ...]


def kills(folder: Path, times: int, *, seed: int = 1, rows: int = 4_000) -> Iterator[Kill]:
    """Stops of an import into an edition in the folder, at seeded moments of its usual duration.

    The edition holds some of the rows already, from an earlier export.
    """
    draw = random.Random(seed)
    earlier, *files = _brought(folder / "brought", rows)
    start, clean, stopped = (folder / name for name in ("start", "clean", "stopped"))
    new_edition(start)
    _finish(_import(start, [earlier]))
    shutil.copytree(start, clean)
    began = time.monotonic()
    _finish(_import(clean, files))
    usual_s = time.monotonic() - began
    for _ in range(times):
        shutil.rmtree(stopped, ignore_errors=True)
        shutil.copytree(start, stopped)
        after_s = draw.uniform(0, usual_s)
        program = _import(stopped, files)
        try:
            program.wait(after_s)
        except subprocess.TimeoutExpired:
            program.kill()
        was_running = program.wait() != 0
        _finish(_import(stopped, files))
        yield Kill(after_s, was_running, tuple(sorted(_differences(clean, stopped))))


def _import(edition: Path, files: list[Path]) -> subprocess.Popen[bytes]:
    command = [str(_TOLOK), "import", str(edition), *map(str, files)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen([*command, "--timezone", "Asia/Jakarta"], stdout=quiet, stderr=quiet)


def _finish(program: subprocess.Popen[bytes]) -> None:
    if program.wait() != 0:
        msg = f"{program.args!r} ended with status {program.returncode}"
        raise RuntimeError(msg)


def _differences(one: Path, other: Path) -> Iterator[str]:
    """Files that only one of two folders has, or that hold other bytes."""
    names = {
        str(path.relative_to(folder))
        for folder in (one, other)
        for path in folder.rglob("*")
        if not path.is_dir() and path.name not in _UNREAD
    }
    for name in names:
        if not (one / name).is_file() or not (other / name).is_file():
            yield f"{name}: only in one of them"
        elif not filecmp.cmp(one / name, other / name, shallow=False):
            yield f"{name}: other bytes"


def _brought(folder: Path, rows: int) -> list[Path]:
    """An earlier export; a later one with rows of it; a CSV file, and a workbook."""
    folder.mkdir()
    posts = [_post(number) for number in range(rows)]
    bad = [{"platform": "nowhere"}, _post(1) | {"reaction_count": -1}]
    paths = [folder / name for name in ("earlier.ndjson", "later.ndjson", "other.csv")]
    for path, chosen in zip(paths, (posts[: rows // 2], posts[rows // 3 :]), strict=False):
        lines = [json.dumps(post) for post in [*chosen, *bad]]
        path.write_text("\n".join([*lines, '{"cut": ']) + "\n", "utf-8")
    with paths[2].open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(posts[0]))
        writer.writeheader()
        writer.writerows([*posts[: rows // 4], *(_post(rows + n) for n in range(rows // 4))])
        writer.writerow(bad[1])
    return [*paths, write_workbook(folder / "state.xlsx", rows // 8)]


def _post(number: int) -> dict[str, Any]:
    return {
        "platform": "x",
        "post_id": f"{number}",
        "account_id": f"@akun{number % 7}",
        "published_at": f"2025-03-{number % 28 + 1:02}T08:00:00+07:00",
        "observed_at": "2025-04-15T09:00:00+07:00",
        "text": f'Halo "warga", kabar ke-{number}\nhari ini',
        "reaction_count": number % 100,
    }


def main() -> None:
    """Stop as often as asked, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill")
    parser.add_argument("times", type=int, nargs="?", default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=4_000)
    asked = parser.parse_args()
    stopped = unequal = 0
    with tempfile.TemporaryDirectory() as folder:
        for kill in kills(Path(folder), asked.times, seed=asked.seed, rows=asked.rows):
            stopped += kill.was_running
            unequal += bool(kill.differences)
            for difference in kill.differences:
                print(f"killed after {kill.after_s:.3f} s: {difference}")
    print(
        f"kill -9: {stopped} imports of {asked.times} stopped (seed {asked.seed}); "
        f"{unequal} unlike a clean run's"
    )
    sys.exit(bool(unequal))


if __name__ == "__main__":
    main()
