"""Every suppression of a check names the check and carries its reason."""

import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("src", "tests", "benchmarks", "examples")
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|ruff:|mypy:|pragma:)")
REASONED = [
    re.compile(r"# noqa: [A-Z]+[0-9]+(, [A-Z]+[0-9]+)* -- \w+"),
    re.compile(r"# type: ignore\[[a-z, -]+\]  # (?!noqa)\w+"),
]


def faults(source):
    """The comments of a source text that suppress a check without saying which and why."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    return [
        comment
        for comment in comments
        if len(SUPPRESSION.findall(comment)) > sum(len(form.findall(comment)) for form in REASONED)
    ]


EXAMPLES = [
    ("x = 1  # noqa: S101 -- an example", 0),
    ("x = 1  # noqa: S101, E501 -- an example", 0),
    ("x = 1  # type: ignore[misc]  # made by a metaclass", 0),
    ("x = 1  # type: ignore[misc]  # made by a metaclass  # noqa: S101 -- an example", 0),
    ("x = 1  # noqa", 1),
    ("x = 1  # noqa: S101", 1),
    ("x = 1  # noqa: S101 --", 1),
    ("x = 1  # type: ignore", 1),
    ("x = 1  # type: ignore[misc]", 1),
    ("x = 1  # type: ignore[misc]  # noqa: S101 -- an example", 1),
    ("x = 1  # pragma: no cover", 1),
    ("# ruff: noqa", 1),
    ("# mypy: ignore-errors", 1),
    ("text = '# noqa'  # a comment", 0),
]


@pytest.mark.parametrize(("source", "count"), EXAMPLES)
def test_suppression_without_a_reason_is_a_fault(source, count):
    assert len(faults(source)) == count


def test_every_suppression_carries_its_reason():
    found = [
        f"{path.relative_to(ROOT)}: {comment}"
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
        for comment in faults(path.read_text("utf-8"))
    ]
    assert found == []
