"""Forms that came back, recognised by what they hold and not by their names."""

from pathlib import Path

from tolok.errors import FileFault
from tolok.forms.ballot_parts import read_ballot_parts
from tolok.forms.declaration_parts import read_declaration_parts
from tolok.forms.faults import AS_ISSUED, NO_FORM, Faults
from tolok.forms.grids import LARGEST_FILE, grids_of
from tolok.forms.part import parts_of
from tolok.forms.question import DECLARATION, VERSION
from tolok.forms.returned_document import read_document
from tolok.forms.rows import read_rows
from tolok.jury.ballot import Returned
from tolok.jury.declaration import ReturnedDeclaration

_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


def read_returned(path: Path) -> Returned | ReturnedDeclaration:
    """The ballot or declaration of a file: XLSX, ODS, CSV or JSON, whatever its name.

    Cells are returned as they are, with their places; whether they answer the form is not said.

    Raises: FileFault for a file that is no form of ours, or far too large; FaultsFound with all
    that is wrong with a form.
    """
    name = path.name
    if not path.is_file():
        raise FileFault(name, "is no file.", remedy="Name the file that came back.")
    size = path.stat().st_size
    if size > LARGEST_FILE:
        problem = f"has {size >> 20} MB; a form has {LARGEST_FILE >> 20} MB at most."
        raise FileFault(name, problem, remedy=AS_ISSUED)
    data = path.read_bytes()
    if data.startswith(_ZIP):
        return _read_workbook(path)
    if data.startswith((_OLE, _PDF)):
        remedy = "Save it as XLSX or ODS, without a password."
        problem = "is a PDF." if data.startswith(_PDF) else "is an old or a locked workbook."
        raise FileFault(name, problem, remedy=remedy)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return read_document(data, Faults(name))
    if not data.strip() or (b"\0" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff")):
        raise FileFault(name, "is no ballot and no declaration.", remedy=NO_FORM)
    return read_rows(data, Faults(name))


def _read_workbook(path: Path) -> Returned | ReturnedDeclaration:
    grids, faults = grids_of(path, path.name), Faults(path.name)
    parts = parts_of(grids, faults)
    if not parts:
        problem = "is no ballot and no declaration: no sheet has a hidden head of ours."
        raise FileFault(path.name, problem, remedy=NO_FORM)
    formats = {part.head["format"] for part in parts}
    if len(formats) > 1:
        problem = "has sheets of a ballot and of a declaration."
        raise FileFault(path.name, problem, remedy="Send each in its own file.")
    versions = {part.head.get("version", "") for part in parts}
    if versions != {VERSION}:
        found = ", ".join(sorted(versions))
        problem = f"is of version {found or 'unknown'} of the form; {VERSION} is read."
        raise FileFault(path.name, problem, remedy="Use the version of Tolok that issued it.")
    if formats == {DECLARATION}:
        return read_declaration_parts(parts, faults)
    return read_ballot_parts(parts, faults)
