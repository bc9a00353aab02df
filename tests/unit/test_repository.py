"""The repository names no package host, no machine, holds no large file, and pins what it uses."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINNED = sorted((ROOT / "requirements").glob("*.txt"))
MAX_BYTES = 1_000_000

ADDRESS = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|jsdelivr\.net|unpkg\.com|crates\.io|golang\.org/"
    r"|anaconda\.(org|com)|(deb|security|snapshot)\.debian\.org"
    r"|--(extra-)?index[-]url|--find[-]links|--trusted[-]host"
)
MACHINE = re.compile(r"(?:^|[^\w.~/-])/(?:work|farm|home|root|opt|tmp|mnt|Users)/\w")
REQUIREMENT = re.compile(
    r"([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==\S+(?: ; [^\\]+)?(?: --hash=sha256:[0-9a-f]{64})+"
)


def repository_files():
    """The files that are tracked, or would be on the next `git add`."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = {name for name in listed.stdout.decode().split("\0") if name}
    return [ROOT / name for name in sorted(names) if (ROOT / name).is_file()]


def text_lines():
    """Each line of each text file, with its place."""
    for path in repository_files():
        content = path.read_bytes()
        if b"\0" not in content:
            for number, line in enumerate(content.decode("utf-8").splitlines(), start=1):
                yield f"{path.relative_to(ROOT)}:{number}", line


def logical_lines(requirements):
    """The lines of a requirements file, continued ones joined and comments left out."""
    joined = requirements.read_text("utf-8").replace("\\\n", " ")
    lines = [" ".join(line.split()) for line in joined.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def pins(requirements):
    """Name to version."""
    return dict(line.split(" ")[0].split("==") for line in logical_lines(requirements))


@pytest.mark.parametrize(
    ("line", "is_address"),
    [
        ("see https://" + "pypi" + ".org/simple", True),
        ("pip install --" + "index-url x", True),
        ("pip-compile --no-emit-index-url", False),
        ("published on PyPI", False),
    ],
)
def test_address_of_a_package_host_is_recognised(line, is_address):
    assert bool(ADDRESS.search(line)) == is_address


@pytest.mark.parametrize(
    ("line", "is_machine"),
    [
        ("cd /" + "home/somebody", True),
        ('"/' + "tmp/x.csv" + '"', True),
        ("../shared/data", False),
        ("https://example.id/home/page", False),
        ("build/work/site", False),
    ],
)
def test_path_of_a_machine_is_recognised(line, is_machine):
    assert bool(MACHINE.search(line)) == is_machine


def test_no_file_names_a_package_host():
    assert [place for place, line in text_lines() if ADDRESS.search(line)] == []


def test_no_file_names_a_path_of_a_machine():
    assert [place for place, line in text_lines() if MACHINE.search(line)] == []


def test_no_file_is_larger_than_a_megabyte():
    sizes = {path.relative_to(ROOT): path.stat().st_size for path in repository_files()}
    assert {path: size for path, size in sizes.items() if size > MAX_BYTES} == {}


@pytest.mark.parametrize("requirements", PINNED, ids=lambda path: path.stem)
def test_requirement_is_pinned_by_hash(requirements):
    lines = logical_lines(requirements)
    assert lines != []
    assert [line[:60] for line in lines if not REQUIREMENT.fullmatch(line)] == []


def test_pinned_files_agree():
    build, core, dev, bench = (
        pins(ROOT / "requirements" / f"{name}.txt") for name in ("build", "core", "dev", "bench")
    )
    assert build | core | dev == dev
    assert dev | bench == bench | dev


def test_package_asks_for_what_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {re.split(r"[<>=]", name)[0] for name in project["dependencies"]}
    assert asked - set(pins(ROOT / "requirements" / "core.txt")) == set()
