"""What `tolok check` says of what is published beside results: the past, and press releases."""

from tolok.errors import FaultsFound, FileFault
from tolok.methodology.edition import Edition
from tolok.model import Registry
from tolok.pipeline.workspace import Workspace
from tolok.publish.past import read_past
from tolok.publish.press.template import read_release
from tolok.registry.finding import Finding
from tolok.registry.sourced import Sourced, unknown_institutions


def past_findings(workspace: Workspace) -> list[Finding]:
    """The faults that would stop the site, and a warning for each unknown institution_id.

    Missing: a simulated edition has an invented registry, so real names are not looked for in it.
    """
    edition = workspace.rules.edition
    try:
        past = read_past(workspace.folder)
    except FaultsFound as group:
        return [_fault(one) for one in group.exceptions if isinstance(one, FileFault)]
    found = [
        Finding(
            "fault",
            f"archive/{one.rules.edition.name}",
            None,
            "closes_on",
            "its window does not end before this edition's begins.",
            "Take the folder out of archive/.",
        )
        for one in past.archive
        if one.side.window.closes_on > edition.window.opens_on
    ]
    return [*found, *_unknown(past.sourced, workspace.registry, edition)]


def press_findings(workspace: Workspace) -> list[Finding]:
    """The faults of the texts of press releases, in the languages of the edition."""
    found: list[Finding] = []
    for code in workspace.rules.edition.languages:
        try:
            read_release(workspace.folder, code)
        except FaultsFound as group:
            found += [_fault(one) for one in group.exceptions if isinstance(one, FileFault)]
    return found


def _unknown(rows: tuple[Sourced, ...], registry: Registry, edition: Edition) -> list[Finding]:
    known = [institution.institution_id for institution in registry.institutions]
    return [] if edition.is_simulated else unknown_institutions(rows, known)


def _fault(fault: FileFault) -> Finding:
    return Finding("fault", fault.file, fault.line, fault.column or "", fault.problem, fault.remedy)
