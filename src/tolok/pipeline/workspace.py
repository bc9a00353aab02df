"""An edition folder opened for work: its rules, its lock, its registry and where its files lie."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tolok.errors import FaultsFound, FileFault
from tolok.methodology.lock import Lock, check_lock, rules_sha256
from tolok.methodology.rules import Rules, read_rules
from tolok.model import Registry
from tolok.registry.check import check_registry
from tolok.registry.finding import Finding
from tolok.registry.read import read_registry
from tolok.store.layout import Layout


@dataclass(frozen=True)
class Workspace:
    """One edition folder; what is asked for is read once.

    Raises: NotAnEdition and FaultsFound on reading; RulesChanged where the rules left their lock.
    """

    folder: Path

    @cached_property
    def rules(self) -> Rules:
        """The rules, which must still be those of the lock if there is one."""
        self.lock  # noqa: B018 -- a changed rule is refused before anything is read from it
        return read_rules(self.folder)

    @cached_property
    def lock(self) -> Lock | None:
        """The lock, or None where the rules are not locked yet."""
        return check_lock(self.folder)

    @cached_property
    def rules_sha256(self) -> str:
        """The hash of the rules as they stand."""
        return rules_sha256(self.folder)

    @cached_property
    def layout(self) -> Layout:
        """Where the edition's files lie."""
        return Layout(self.folder)

    @cached_property
    def registry(self) -> Registry:
        """The registry as it was written, faults of form apart."""
        return read_registry(self.layout.registry)

    @cached_property
    def findings(self) -> list[Finding]:
        """What the check of the registry found."""
        edition = self.rules.edition
        clusters = [cluster.name for cluster in edition.clusters]
        return check_registry(self.registry, clusters, edition.platforms, edition.window)

    def sound_registry(self) -> Registry:
        """The registry, fit for scoring.

        Raises: FaultsFound with every finding that is a fault; warnings do not stop the work.
        """
        faults = [
            FileFault(f.file, f.problem, line=f.line, column=f.subject, remedy=f.remedy)
            for f in self.findings
            if f.severity == "fault"
        ]
        if faults:
            raise FaultsFound(f"{self.folder}: {len(faults)} faults in the registry", faults)
        return self.registry
