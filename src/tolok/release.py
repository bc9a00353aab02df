"""What made a result: the hash of the package's own code, templates and words."""

import hashlib
from functools import cache
from pathlib import Path

_CODE = (".py", ".toml", ".html", ".css", ".js", ".po", ".svg", ".typ", ".csv", ".md")


@cache
def code_sha256() -> str:
    """The hash of the package's own code and of all that it ships."""
    home = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for path in sorted(home.rglob("*")):
        if path.is_file() and path.suffix in _CODE:
            digest.update(path.relative_to(home).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
