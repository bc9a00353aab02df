"""A juror at LibreOffice, as tests ask for one: jobs go out, what was seen comes back."""

import json
import shutil
import subprocess
from pathlib import Path

JUROR = Path(__file__).parent / "e2e" / "juror_at_libreoffice.py"
PYTHON = "/usr/bin/python3"
XLSX, ODS = "Calc MS Excel 2007 XML", "calc8"


def is_there():
    """Whether there are LibreOffice and Debian's own Python with UNO."""
    if not shutil.which("soffice") or not Path(PYTHON).exists():
        return False
    asked = subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return asked.returncode == 0


def job(form, saved, **given):
    """What the juror is to do with a form."""
    saves = [{"path": str(path), "filter": name, "options": o} for path, name, o in saved]
    default = {"filter": "", "options": "", "typed": {}, "moved": {}, "looked_at": []}
    return default | {"form": str(form), "saved": saves} | given


def worked(jobs):
    """What was seen in each job, all of them done in one LibreOffice."""
    ran = subprocess.run(
        [PYTHON, str(JUROR)],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)
