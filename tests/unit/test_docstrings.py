"""Docstrings of public names have the form of the house: first say what the result is."""

import ast
from pathlib import Path

import pytest

SOURCES = Path(__file__).resolve().parents[2] / "src"
LONGEST = 100
TALK_OF_ITSELF = ("This ", "Return ", "Returns ")


def public_definitions(module):
    """The module itself, its public functions and classes, and their public methods."""
    yield "module", module
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                    yield f"{node.name}.{method.name}", method


def faults(source):
    """What is wrong with the docstrings of a source text, one line a fault."""
    found = []
    for name, node in public_definitions(ast.parse(source)):
        lines = (ast.get_docstring(node) or "").splitlines()
        if not lines:
            found.append(f"{name} has no docstring")
        elif len(lines[0]) > LONGEST:
            found.append(f"{name}: the first line has {len(lines[0])} characters")
        elif not lines[0].endswith("."):
            found.append(f"{name}: the first line ends without a full stop")
        elif lines[0].startswith(TALK_OF_ITSELF):
            found.append(f"{name}: say what the result is, not {lines[0].split()[0]!r}")
    return found


EXAMPLES = [
    ('"""Ranks."""\ndef rank():\n    """The rank of each, best first."""', []),
    ('"""Ranks."""\ndef _rank(): ...', []),
    ('"""Ranks."""\ndef rank(): ...', ["rank has no docstring"]),
    (
        '"""Ranks."""\nclass Rank:\n    def of(self): ...',
        ["Rank has no docstring", "Rank.of has no docstring"],
    ),
    ('"""Ranks"""', ["module: the first line ends without a full stop"]),
    ('"""Returns ranks."""', ["module: say what the result is, not 'Returns'"]),
    ('"""This ranks."""', ["module: say what the result is, not 'This'"]),
    (f'"""{"x" * 100}."""', ["module: the first line has 101 characters"]),
]


@pytest.mark.parametrize(("source", "found"), EXAMPLES)
def test_docstring_faults_are_found(source, found):
    assert faults(source) == found


def test_every_public_docstring_has_the_form_of_the_house():
    found = [
        f"{path.relative_to(SOURCES)}: {fault}"
        for path in sorted(SOURCES.rglob("*.py"))
        for fault in faults(path.read_text("utf-8"))
    ]
    assert found == []
