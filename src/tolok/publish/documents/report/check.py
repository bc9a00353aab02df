"""How to check the report oneself, and how to cite it."""

from collections.abc import Iterator

from tolok.publish.documents.paper import lock_hash, site_address
from tolok.publish.documents.report import blocks as b
from tolok.publish.language import Language
from tolok.publish.results import Results


def blocks(results: Results, language: Language) -> Iterator[b.Block]:
    """The chapter of checking and citing."""
    words, manifest, edition = language.words, results.manifest, results.rules.edition
    known = lock_hash(results)
    title = edition.title[language.code]
    yield b.chapter(words("home.check"))
    yield b.lead(words("report.check.lead"))
    yield b.text(words("report.check.verify"))
    yield b.command(f"tolok verify site/ --lock {known}" if known else "tolok verify site/")
    yield b.text(words("report.check.score"))
    yield b.command("tolok score edition/")
    yield b.section(words("report.check.facts"))
    facts = [
        (words("site.lock"), known or words("site.not_locked")),
        (words("site.data"), results.data_sha256),
        (words("site.made_with"), f"Tolok {manifest.tolok_version}, {manifest.commit[:12]}"),
        (words("site.seed"), manifest.seed),
        (words("site.inputs"), words("site.input_files", n=len(manifest.inputs))),
    ]
    yield b.named([fact for fact in facts if fact[1].strip(", ")])
    yield b.section(words("report.cite"))
    yield b.text(words("report.cite.text"))
    place = site_address("index.html", results, language)
    window = language.formats.window(edition.window)
    lock = f" {words('site.lock')}:" if known else ""
    yield b.quote(f"{words('report.kind')}: {title}. {window}. {place}.{lock}", known)
