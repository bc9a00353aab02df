"""How a stage tells how far it is; the command line draws it, tests and callers may ignore it."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the name of the step, how much is done, and how much there is."""


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody looks at."""
