"""New edition folders: a shipped template or last year's edition, with this year's facts put in."""

import json
import re
import shutil
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

from tolok.errors import FaultsFound, InputError, NotAnEdition, did_you_mean
from tolok.methodology.document import Document
from tolok.methodology.edition import read_edition
from tolok.methodology.line import comment_of, key_lines

TEMPLATES = Path(str(files("tolok") / "templates"))
TomlValue: TypeAlias = str | bool | int | date | Sequence[str] | Mapping[str, str]
"""What write_edition can write."""
UNPUBLISHED = (
    "private/", "landing/", "store/", "store.*/", "media/", "results/evidence.parquet",
    ".writing", ".spill/", ".published.json",
)  # fmt: skip
"""What .gitignore keeps out of a repository: keys, other people's words and pictures, notes."""
_CARRIED = (
    "edition.toml", "columns.toml", "metrics", "categories", "registry", "maps", "archive", "press",
    "breaks.csv",
)  # fmt: skip


class FolderInUse(InputError):
    """A folder that cannot become an edition, because it holds something already."""


class UnknownTemplate(InputError):
    """A name that no shipped template has."""


def template_names() -> list[str]:
    """The names of the shipped templates."""
    return sorted(path.name for path in TEMPLATES.iterdir() if (path / "edition.toml").is_file())


def new_edition(folder: Path, *, template: str = "gsm-2025", source: Path | None = None) -> None:
    """An edition folder made from a template, or from an older edition's registry and rules.

    Raises: FolderInUse where the folder is not empty; UnknownTemplate; NotAnEdition for the source.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInUse(f"{folder}: is not empty. Name a new folder, or empty this one.")
    if source is None and template not in template_names():
        hint = did_you_mean(template, template_names())
        listed = ", ".join(template_names())
        raise UnknownTemplate(f"{template!r} is no template. {hint} Templates: {listed}.")
    if source is not None and not (source / "edition.toml").is_file():
        raise NotAnEdition(source)
    folder.mkdir(parents=True, exist_ok=True)
    if source is None:
        _copy_template(template, folder)
    else:
        _copy(source, folder, _CARRIED)
    (folder / ".gitignore").write_text("".join(f"{name}\n" for name in UNPUBLISHED), "utf-8")


def write_edition(
    folder: Path,
    values: Mapping[str, TomlValue],
    *,
    clusters: Mapping[str, tuple[str, str]] | None = None,
    tables: Mapping[str, Sequence[Mapping[str, TomlValue]]] | None = None,
) -> None:
    """Put values into a folder's edition.toml, line by line, so that its comments stay.

    `values` go to the keys of these names, which must stand there already; "uncertainty.draws" is
    the key of a table; `clusters`
    (name -> Indonesian, English label) take the place of all clusters; `tables` ("jury.juror" ->
    one after the other) are put at the end of the file.

    Raises: ValueError for a key that the file lacks; FaultsFound where the result would have
    faults, and then the file stays as it was.
    """
    path = folder / "edition.toml"
    text = path.read_text("utf-8-sig")
    for key, value in values.items():
        text = _with_value(text, key, value)
    if clusters is not None:
        text = _with_clusters(text, clusters)
    for name, rows in (tables or {}).items():
        text = text.rstrip("\n") + "\n" + "".join(_table(name, row) for row in rows)
    fresh = path.with_name(".edition.toml.unfinished")
    fresh.write_text(text, "utf-8")
    document = Document(fresh, name=path.name)
    read_edition(document)
    if document.faults:
        fresh.unlink()
        raise FaultsFound(f"{path}: these values have faults", document.faults)
    fresh.replace(path)


def _copy_template(name: str, folder: Path) -> None:
    home = TEMPLATES / name
    if (home / "template.toml").is_file():
        document = Document(home / "template.toml")
        base, take = document.text("base"), document.texts("take")
        _copy(TEMPLATES / base, folder, take)
    _copy(home, folder, _CARRIED)


def _copy(source: Path, folder: Path, names: Sequence[str]) -> None:
    for name in names:
        if (source / name).is_dir():
            shutil.copytree(
                source / name,
                folder / name,
                dirs_exist_ok=True,
                ignore=shutil.ignore_patterns("__pycache__", "*.pyc"),
            )
        elif (source / name).is_file():
            shutil.copyfile(source / name, folder / name)


def _with_value(text: str, key: str, value: object) -> str:
    lines, name = text.split("\n"), key.rpartition(".")[2]
    start = key_lines(text).get(tuple(key.split(".")), 0) - 1
    if start < 0 or not re.match(rf"\s*{re.escape(name)}\s*=", lines[start]):
        msg = f"edition.toml has no line {key} = ..."
        raise ValueError(msg)
    ends = range(start + 1, len(lines))
    end = next((end for end in ends if _is_toml(lines[start:end])), len(lines))
    comment = comment_of(lines[end - 1])
    written = f"{name} = {_toml(value)}" + (f"  {comment}" if comment else "")
    return "\n".join([*lines[:start], written, *lines[end:]])


def _is_toml(lines: Sequence[str]) -> bool:
    """Whether some lines are whole: a value may run over several."""
    try:
        tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:
        return False
    return True


def _with_clusters(text: str, clusters: Mapping[str, tuple[str, str]]) -> str:
    # A cluster's table ends before the next table, and before the comment above that.
    pattern = re.compile(
        r"^[ \t]*\[\[[ \t]*cluster[ \t]*\]\].*\n(?:(?![ \t]*[\[#]).*(?:\n|\Z))*", re.MULTILINE
    )
    first = pattern.search(text)
    if first is None:
        msg = "edition.toml has no [[cluster]]"
        raise ValueError(msg)
    new = "".join(
        f"[[cluster]]\nname = {_toml(name)}\nlabel = {_toml({'id': label[0], 'en': label[1]})}\n\n"
        for name, label in clusters.items()
    )
    return text[: first.start()] + new + pattern.sub("", text[first.start() :])


def _table(name: str, row: Mapping[str, TomlValue]) -> str:
    lines = [f"{_toml_key(key)} = {_toml(value)}" for key, value in row.items()]
    return "\n".join(["", f"[[{name}]]", *lines, ""])


def _toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml(key)


def _toml(value: object) -> str:
    """A value as TOML text."""
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.isoformat()
        case int() | date():
            return str(value)
        case str():  # JSON's escapes are TOML's, but for the one control sign that JSON lets pass
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case Mapping():
            parts = [f"{_toml_key(key)} = {_toml(part)}" for key, part in value.items()]
            return "{ " + ", ".join(parts) + " }"
        case Sequence():
            return "[" + ", ".join(_toml(part) for part in value) + "]"
    msg = f"{value!r} has no TOML form"
    raise TypeError(msg)
