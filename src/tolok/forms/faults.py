"""The faults of a form that came back, gathered so that all are told at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tolok.errors import FaultsFound, FileFault
from tolok.jury.ballot import Answer

AS_ISSUED = "Put the answers into the file as it was issued, and send that."
NO_FORM = (
    "Expected a ballot or a declaration that was issued by Tolok, as XLSX, ODS, CSV or JSON, with "
    "its hidden rows and columns."
)


@dataclass
class Faults:
    """What is wrong with a file, in the order in which it was found."""

    file: str
    found: list[FileFault] = field(default_factory=list)

    def add(self, place: str, problem: str, remedy: str = AS_ISSUED) -> None:
        """One more fault; an empty place is the whole file."""
        self.found.append(FileFault(self.file, problem, column=place or None, remedy=remedy))

    def check_doubled(self, answers: Sequence[Answer]) -> None:
        """A fault for each question that is answered in two places."""
        seen: dict[tuple[str, str, str, str], str] = {}
        for one in answers:
            key = (one.category, one.cluster, one.about, one.question)
            if key in seen:
                problem = f"{one.about!r} in {one.category!r} stands here and at {seen[key]}."
                self.add(one.place, problem, "Keep one of the two.")
            seen.setdefault(key, one.place)

    def check_names(self, place: str, names: Sequence[str]) -> None:
        """A fault for each name of a column that stands twice."""
        for name, count in Counter(name for name in names if name).items():
            if count > 1:
                self.add(place, f"{count} columns have the key {name!r}.")

    def close(self) -> None:
        """Nothing, if nothing is wrong.

        Raises: FaultsFound.
        """
        if self.found:
            count = len(self.found)
            title = f"{self.file}: cannot be taken as it is, {count} fault{'s' * (count > 1)}"
            raise FaultsFound(title, self.found)
