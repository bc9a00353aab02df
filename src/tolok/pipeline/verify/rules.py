"""Whether the rules are those that were locked, and the registry the one that was scored."""

from collections.abc import Iterator
from contextlib import suppress

from tolok.errors import FaultsFound
from tolok.methodology.lock import changed_rules, read_errata, read_lock, rules_sha256
from tolok.methodology.rules import read_rules
from tolok.methodology.scored import scored_rules_sha256
from tolok.pipeline.verify.package import Package, read_json
from tolok.pipeline.verify.report import Check, Difference, checked
from tolok.registry.read import registry_sha256

LOCK, MANIFEST = "lock/lock.json", "results/manifest.json"


def check_rules(package: Package, lock_hash: str | None) -> Check:
    """The rules against their lock, the manifest, and a hash that the reader got elsewhere."""
    found = list(_rules(package, lock_hash))
    why = (
        ""
        if lock_hash
        else "no hash was given from outside (--lock), so rules locked anew would not be noticed"
    )
    return checked("rules", "hashes of rules and registry", 6 if lock_hash else 5, found, why=why)


def _rules(package: Package, lock_hash: str | None) -> Iterator[Difference]:
    home, manifest = package.home, read_json(package.results / "manifest.json")
    computed, held = rules_sha256(home), read_lock(home)
    for change in changed_rules(home):
        file, _, said = change.partition(": ")
        yield Difference(file, "", "changed", f"its lock holds another: {said}")
    stated: list[tuple[str, str, object, object]] = [
        (MANIFEST, "rules_sha256", manifest.get("rules_sha256"), computed)
    ]
    if held is not None:
        stated += [
            (LOCK, "rules_sha256", held.rules_sha256, computed),
            (MANIFEST, "lock_hash", manifest.get("lock_hash"), computed),
            (MANIFEST, "errata", manifest.get("errata"), read_errata(home, held)),
        ]
    elif manifest.get("lock_hash"):
        yield Difference(LOCK, "", "absent", f"the manifest names {manifest['lock_hash']}")
    with suppress(FaultsFound):  # rules that cannot be read are told where they are read
        scored = scored_rules_sha256(read_rules(home))
        named = "scored_rules_sha256"
        stated.append((MANIFEST, named, manifest.get(named), scored))
    registry = registry_sha256(home / "registry")
    stated.append((MANIFEST, "registry_sha256", manifest.get("registry_sha256"), registry))
    for file, place, found, wanted in stated:
        if found != wanted:
            yield Difference(file, place, str(found), f"{wanted} is computed")
    if lock_hash and lock_hash != computed:
        yield Difference("the rules", "--lock", computed, f"{lock_hash} was given")
