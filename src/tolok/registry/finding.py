"""What a check of the registry finds."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["fault", "warning"]


@dataclass(frozen=True)
class Finding:
    """One thing to mend or to know: a fault stops the work, a warning does not."""

    severity: Severity
    file: str
    line: int | None
    subject: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """The finding as one message, place first."""
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.subject}: {self.problem} {self.remedy}".rstrip()
