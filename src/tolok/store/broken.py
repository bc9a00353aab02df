"""Lines of JSON of which nothing came: what stands there, and what is wrong with it.

The engine reads such a line as a row without values and says no more; only these few lines are
read again here.
"""

import json
from collections.abc import Collection
from pathlib import Path

_BLANK = b" \t\r\n"


def broken_lines(path: Path, rows: Collection[int]) -> dict[int, tuple[str, str]]:
    """The text and the fault of each row, by its number among the lines that are not blank."""
    wanted, found, row = set(rows), {}, 0
    with path.open("rb") as file:
        for line in file:
            if not line.strip(_BLANK):
                continue
            row += 1
            if row in wanted:
                text = line.decode("utf-8", "backslashreplace").strip()
                found[row] = (text[:200], _fault(line))
    return found


def _fault(line: bytes) -> str:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return f"is not UTF-8 at byte {error.start + 1} of the line"
    except json.JSONDecodeError as error:
        return f"is not JSON: {error.msg} at character {error.colno}"
    except RecursionError:
        return "is nested too deeply"
    if isinstance(value, dict):
        return "has none of the expected columns, or text that is no Unicode"
    return "is no JSON object"
