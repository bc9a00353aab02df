"""Whether every file is the one whose hash stands in the site's and in the data's list."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from tolok.methodology.lock import read_lock
from tolok.methodology.rules import read_rules
from tolok.pipeline.verify.compare import first_lines
from tolok.pipeline.verify.package import DESCRIPTOR, Package, is_made_here, read_json
from tolok.pipeline.verify.report import Check, Difference, checked
from tolok.publish.data_package import PackageFile, data_sha256, descriptor
from tolok.publish.reading import read_manifest
from tolok.publish.site import MARKER

Files = Mapping[str, PackageFile]
Hashes = Mapping[str, str]


def check_files(package: Package) -> Check:
    """Each file against its stated hash; files that are absent, or that no list names.

    The data's own list is written again from the files, so that each of its bytes is held against
    something; the site's is, when its pages are made again.
    """
    found: list[Difference] = []
    compared = 0
    if package.site is not None:
        stated = read_json(package.site / MARKER).get("files")
        listed: Hashes = stated if isinstance(stated, dict) else {}
        compared += len(listed)
        found += _differences(package, package.site, MARKER, listed, files_of(package.site))
    listed, files = _stated_resources(package), files_of(package.data)
    compared += len(listed)
    found += _differences(package, package.data, DESCRIPTOR, listed, files)
    if not found and is_made_here(package):
        found += _descriptor_differences(package, files)
    return checked("files", "files by their stated hash", compared, found)


def files_of(home: Path) -> dict[str, PackageFile]:
    """Every file of a folder, by its path from there."""
    return {
        path.relative_to(home).as_posix(): PackageFile(path.stat().st_size, sha256_of(path))
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


def sha256_of(path: Path) -> str:
    """The hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stated_data_sha256(package: Package) -> str:
    """The one hash of the data as its descriptor states it; empty without one."""
    stated = read_json(package.data / DESCRIPTOR).get("tolok")
    return str(stated.get("data_sha256", "")) if isinstance(stated, dict) else ""


def _stated_resources(package: Package) -> Hashes:
    resources = read_json(package.data / DESCRIPTOR).get("resources")
    return {
        str(one.get("path")): str(one.get("hash")).removeprefix("sha256:")
        for one in (resources if isinstance(resources, list) else [])
        if isinstance(one, dict)
    }


def _differences(
    package: Package, home: Path, name: str, stated: Hashes, present: Files
) -> Iterator[Difference]:
    if not stated:
        told = "no list of files", "each file should be listed with its hash"
        yield Difference(package.told(home / name), "", *told)
        return
    for path in sorted((stated.keys() | present.keys()) - {name}):
        told_path = package.told(home / path)
        if path not in present:
            yield Difference(told_path, "", "absent", f"{name} lists it")
        elif path not in stated:
            yield Difference(told_path, "", "there", f"{name} does not list it")
        elif stated[path] != present[path].sha256:
            said = f"{name} states {str(stated[path])[:16]}"
            yield Difference(told_path, "sha256", present[path].sha256[:16], said)
    if name == DESCRIPTOR:
        computed, said = data_sha256(dict(stated)), stated_data_sha256(package)
        if said != computed:
            told = repr(said), f"{computed} is computed"
            yield Difference(package.told(home / name), "data_sha256", *told)


def _descriptor_differences(package: Package, files: Files) -> Iterator[Difference]:
    """The descriptor against the one that these files give."""
    held = read_lock(package.data)
    computed = descriptor(
        read_rules(package.data),
        read_manifest(package.data / "results" / "manifest.json"),
        held.rules_sha256 if held else "",
        {name: one for name, one in files.items() if name != DESCRIPTOR},
    )
    published = (package.data / DESCRIPTOR).read_bytes()
    for number, a, b in first_lines(published, computed.encode()):
        place = package.told(package.data / DESCRIPTOR), f"line {number}"
        yield Difference(*place, a, f"{b} is made from the files")
