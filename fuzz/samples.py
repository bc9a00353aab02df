"""The samples that the tests keep of every format."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from fuzz.harness import Sample
from tolok.sources.raw import Options

_FOLDER = Path(__file__).parent.parent / "tests" / "samples"


def samples() -> Iterator[Sample]:
    """Every sample of every module in tests/samples."""
    for path in sorted(_FOLDER.glob("[a-z]*.py")):
        module = import_module(f"tests.samples.{path.stem}")
        positional = getattr(module, "POSITIONAL", ())
        strict = getattr(module, "HEADER_FIRST", ())
        options = Options(**module.OPTIONS)
        for name, content in module.SAMPLES.items():
            yield Sample(path.stem, name, content, options, name in positional, name in strict)
