"""A juror at LibreOffice: opens forms, types into cells, saves. Run by Debian's own Python.

Jobs come as JSON on standard input and what was seen goes out as JSON: whether the sheet is
protected, what a cell's validation says, and what formulas show after typing.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno  # type: ignore[import-not-found]  # only Debian's own Python has it
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]  # UNO makes it

PATIENCE_S = 60


def connected(pipe):
    """LibreOffice's desktop, once it is up."""
    local = uno.getComponentContext()
    manager = local.ServiceManager
    resolver = manager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            context = resolver.resolve(address)
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", context
            )


def properties(**given):
    """Named values as UNO takes them."""
    return tuple(PropertyValue(Name=name, Value=value) for name, value in given.items())


def type_into(sheet, place, typed):
    """What typing puts into a cell: a number, a day, a formula; after an apostrophe a text."""
    cell = sheet.getCellRangeByName(place)
    if str(typed).startswith("'"):
        cell.setString(typed[1:])
    else:
        cell.setFormula(str(typed))


def seen_at(sheet, place):
    """What stands in a cell, and what its validation says."""
    cell = sheet.getCellRangeByName(place)
    valid = cell.Validation
    return {
        "text": cell.getString(),
        "validation": [valid.Type.value, valid.getFormula1(), valid.getFormula2()],
        "message": valid.InputMessage,
        "protected": sheet.isProtected(),
        "locked": cell.CellProtection.IsLocked,
    }


def work(desktop, job):
    """One form: opened, filled in, saved in several formats; what was looked at."""
    given = {"FilterName": job["filter"], "FilterOptions": job["options"]} if job["filter"] else {}
    opening = properties(Hidden=True, **given)
    book = desktop.loadComponentFromURL(Path(job["form"]).as_uri(), "_blank", 0, opening)
    for name, cells in job["typed"].items():
        sheet = book.Sheets.getByName(name) if name else book.Sheets.getByIndex(0)
        for place, typed in cells.items():
            type_into(sheet, place, typed)
    for name, index in job["moved"].items():
        book.Sheets.moveByName(name, index)
    book.calculateAll()
    seen = {
        f"{name}!{place}": seen_at(book.Sheets.getByName(name), place)
        for name, place in job["looked_at"]
    }
    for save in job["saved"]:
        storing = properties(FilterName=save["filter"], FilterOptions=save["options"])
        book.storeToURL(Path(save["path"]).as_uri(), storing)
    book.close(True)
    return seen


def main():
    """All jobs, in one LibreOffice with a home of its own."""
    jobs = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as home:
        pipe = Path(home).name
        program = subprocess.Popen(
            [
                "soffice", "--headless", "--norestore", "--nologo",
                f"-env:UserInstallation={Path(home).as_uri()}", f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            desktop = connected(pipe)
            json.dump([work(desktop, job) for job in jobs], sys.stdout)
            desktop.terminate()
            program.wait(PATIENCE_S)
        finally:
            program.kill()
            program.wait()


main()
