"""The section [organiser] of edition.toml: who answers for the award, and where people write to."""

from dataclasses import dataclass

from tolok.methodology.document import Section


@dataclass(frozen=True)
class Organiser:
    """Who answers for an edition, as its pages name it.

    `contact` is that of an office, for corrections and for the press: a mail address, a web address
    or a telephone number. Both are published, and empty where none is given.
    """

    name: str = ""
    contact: str = ""


def read_organiser(section: Section) -> Organiser:
    """The organiser that a section names; nobody where it is absent."""
    organiser = Organiser(*(" ".join(section.text(key, "").split()) for key in ("name", "contact")))
    section.close()
    return organiser
