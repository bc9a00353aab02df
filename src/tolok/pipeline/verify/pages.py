"""The whole site made again from its own data, and every file held against the published one."""

from pathlib import Path

from tolok.methodology.rules import Rules
from tolok.pipeline.progress import Progress
from tolok.pipeline.verify.compare import first_lines
from tolok.pipeline.verify.package import Package
from tolok.pipeline.verify.report import Difference
from tolok.publish.site import publish_site

_TEXTS = (".html", ".css", ".csv", ".js", ".json", ".md", ".svg", ".toml", ".xml")


def remade(
    package: Package, into: Path, rules: Rules, lock_hash: str | None, say: Progress
) -> Path:
    """The site as it comes out of the package's data, in a folder of its own."""
    publish_site(
        package.results, into, rules, lock_hash=lock_hash, progress=say,
    )  # fmt: skip
    return into


def compare_sites(published: Path, computed: Path) -> tuple[int, list[Difference]]:
    """How many files were held against each other, and the differences, texts by their lines."""
    ours, theirs = _files(computed), _files(published)
    found = []
    for name in sorted(ours.keys() | theirs.keys()):
        if name not in theirs:
            found.append(Difference(name, "", "absent", "the file is made from the data"))
        elif name not in ours:
            found.append(Difference(name, "", "there", "no such file is made from the data"))
        else:
            found += _file_differences(name, theirs[name], ours[name])
    return len(ours), found


def _file_differences(name: str, published: Path, computed: Path) -> list[Difference]:
    one, other = published.read_bytes(), computed.read_bytes()
    if one == other:
        return []
    if Path(name).suffix not in _TEXTS:
        at = next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
        said = f"{len(one):,} bytes", f"{len(other):,} bytes are made from the data"
        return [Difference(name, f"byte {at + 1:,}", *said)]
    return [
        Difference(name, f"line {number}", a, f"{b} is made from the data")
        for number, a, b in first_lines(one, other)
    ]


def _files(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
