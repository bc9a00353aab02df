"""The static site: every page in every language, its assets and its downloads, as one folder.

A pure function of results/ and the rules: no clock, no network, the same bytes each time. Documents
of the site that stands there are taken again where they would come out the same.
"""

import hashlib
import json
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import cast

from tolok.errors import InputError
from tolok.methodology.rules import Rules
from tolok.publish import pages
from tolok.publish.documents.scorecard import build_scorecards
from tolok.publish.drawn import drawn_before
from tolok.publish.language import Language
from tolok.publish.open_data import build_open_data
from tolok.publish.page import PageModule
from tolok.publish.parts import PARTS
from tolok.publish.press.kit import awarded
from tolok.publish.press.template import read_release
from tolok.publish.render import Renderer
from tolok.publish.results import Results, read_results
from tolok.release import code_sha256
from tolok.store.atomic import replaced_folder

MARKER = "site.json"
"""The file by which a folder is known as a site of ours, so that it may be replaced."""
LIST = "files.txt"
"""The paths of all files, a line each: by it a site on the web is copied whole."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class SiteSummary:
    """What was published: how many pages, and the one to open."""

    pages: int
    index: Path


@dataclass(eq=False)
class FolderNotOurs(InputError):
    """A folder that holds other files than a site, and is therefore not replaced."""

    folder: Path

    def __str__(self) -> str:
        """The folder, and what to do."""
        return (
            f"{self.folder}: holds files that are not a site of Tolok. "
            "Name a new folder, or empty this one."
        )


def page_modules() -> dict[str, PageModule]:
    """The modules of pages/, by name, in the order of their names."""
    names = sorted(module.name for module in pkgutil.iter_modules(pages.__path__))
    return {name: cast("PageModule", import_module(f"{pages.__name__}.{name}")) for name in names}


def needed_modules(results: Results) -> dict[str, PageModule]:
    """The modules whose pages an edition has: those that do not say they are not needed."""
    return {
        name: module
        for name, module in page_modules().items()
        if getattr(module, "is_needed", lambda _: True)(results)
    }


def publish_site(
    results: Path,
    site: Path,
    rules: Rules,
    *,
    lock_hash: str | None,
    progress: Progress = lambda _step, _done, _total: None,
) -> SiteSummary:
    """The site of an edition's results, put in place whole or not at all.

    `progress` is told what is written, how much of it, and how much there is in all.

    Raises: FaultsFound where results/ is not whole; FolderNotOurs where `site` holds other files.
    """
    if site.exists() and any(site.iterdir()) and not (site / MARKER).is_file():
        raise FolderNotOurs(site)
    read = read_results(results, rules, lock_hash)
    _refuse_faults(read)
    count, total = 0, _page_count(read)
    data = build_open_data(read)
    drawn = drawn_before(site, site / MARKER)
    read = replace(read, data_sha256=data.sha256, csv_tables=data.csv_tables, drawn=drawn)
    hashes: dict[str, str] = {}
    with replaced_folder(site) as building:
        for path, file in data.files.items():
            hashes[path] = _write(building / path, file)
        for path, text in _pages(read):
            hashes[path] = _write(building / path, text)
            count += 1
            progress("site", count, total)
        for path, content in _parts(read, progress):
            hashes[path] = _write(building / path, content)
        listed = "".join(f"{path}\n" for path in sorted({*hashes, LIST, MARKER}))
        hashes[LIST] = _write(building / LIST, listed)
        _write(building / MARKER, _marker(read, count, hashes))
    return SiteSummary(pages=count, index=site / "index.html")


def _refuse_faults(results: Results) -> None:
    """Nothing, where what the organiser wrote can be read; asked before anything is built.

    Raises: FaultsFound of the archive, the corrections or the releases.
    """
    _ = results.past, results.corrections
    for code in results.rules.edition.languages if awarded(results) else ():
        read_release(results.edition, code)


def _pages(results: Results) -> Iterator[tuple[str, str]]:
    for code in results.rules.edition.languages:
        language = Language(code, results.rules)
        renderer = Renderer(results, language)
        for name, module in needed_modules(results).items():
            template = f"{name}.html"
            for page in module.build(results, language):
                yield f"{code}/{page.path}", renderer.render(template, page)
                if name == "home" and code == results.rules.edition.languages[0]:
                    yield page.path, renderer.render_at_root(template, page)


def _parts(results: Results, progress: Progress) -> Iterator[tuple[str, str | bytes]]:
    """What stands beside the pages; the scorecards, which take longest, are told one by one."""
    scorecards = len(results.rules.edition.languages) * len(results.institutions)
    for number, build in enumerate(PARTS):
        progress("beside the pages", number, len(PARTS))
        for count, (path, content) in enumerate(build(results), start=1):
            yield path, content
            if build is build_scorecards:
                progress("scorecards", count, scorecards)
    progress("beside the pages", len(PARTS), len(PARTS))


def _page_count(results: Results) -> int:
    """The pages there will be, without building them: one a row of what each kind is about."""
    rules = results.rules
    single = sum("{" not in module.PATH for module in needed_modules(results).values())
    many = len(results.awards) + len(rules.edition.clusters) + len(results.institutions)
    return 1 + len(rules.edition.languages) * (single + many)


def _marker(results: Results, count: int, hashes: dict[str, str]) -> str:
    manifest = results.manifest
    facts = {
        "edition": results.rules.edition.name,
        "lock_hash": results.lock_hash or manifest.lock_hash,
        "tolok_version": manifest.tolok_version,
        "code_sha256": code_sha256(),
        "pages": count,
        "files": dict(sorted(hashes.items())),
        "documents": dict(sorted(results.drawn.made_from.items())),
    }
    return json.dumps(facts, indent=2, ensure_ascii=False) + "\n"


def _write(path: Path, content: str | bytes) -> str:
    """The hash of what was written."""
    data = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()
