"""Lines parsed by simdjson, the fastest parser of JSON there is in Python; nothing is kept."""

from dataclasses import dataclass
from pathlib import Path

import simdjson


@dataclass(frozen=True)
class ParseBySimdjson:
    """Every line parsed; what stands in it is not looked at."""

    files: tuple[Path, ...]

    def __call__(self) -> None:
        """Nothing: a line with a wrong value is good JSON."""
        parser = simdjson.Parser()
        for path in self.files:
            with path.open("rb") as file:
                for line in file:
                    try:
                        document = parser.parse(line)
                        del document  # the parser has room for one at a time
                    except ValueError:
                        continue
