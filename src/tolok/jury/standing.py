"""Where the jury stands: what its ledger adds up to."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tolok.jury.ledger import Line


@dataclass(frozen=True)
class Opening:
    """How the jury was opened: under which rules, on which nominees, with which jurors."""

    edition: str
    lock_hash: str
    nominees_sha256: str
    jurors: tuple[str, ...]


@dataclass(frozen=True)
class Cast:
    """One version of a ballot that was received: the file, and what it says."""

    version: int
    file_sha256: str
    ballot_sha256: str
    recused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Override:
    """A winner whom two named persons put in the place of the jury's."""

    category: str
    cluster: str
    institution_id: str
    reason: str
    by: tuple[str, str]


@dataclass
class Standing:
    """Everything that the acts so far have settled; jurors are codes.

    `declared` has the institutions that a juror is tied to; `packed` the language and the hash of
    the figures that are opened after the ballot; `issued` and `ballots` are by (round, juror), the
    ballots in the order in which they came.
    """

    opening: Opening | None = None
    declared: dict[str, frozenset[str]] = field(default_factory=dict)
    packed: dict[str, tuple[str, str]] = field(default_factory=dict)
    issued: dict[tuple[str, str], str] = field(default_factory=dict)
    ballots: dict[tuple[str, str], list[Cast]] = field(default_factory=dict)
    figures: set[str] = field(default_factory=set)
    tallied: dict[str, str] = field(default_factory=dict)
    overrides: dict[tuple[str, str], Override] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    is_closed: bool = False

    def recused(self, juror: str, rounds: Container[str] | None = None) -> frozenset[str]:
        """The institutions that a juror does not judge: declared, or stepped back from later.

        With `rounds` only what was stepped back from in one of these.
        """
        later = (
            name
            for (name_of_round, of), casts in self.ballots.items()
            if of == juror and (rounds is None or name_of_round in rounds)
            for cast in casts
            for name in cast.recused
        )
        return self.declared.get(juror, frozenset()) | frozenset(later)

    def cast(self, round_name: str, juror: str) -> Cast | None:
        """The ballot of a juror that counts in a round: the last version, or None."""
        casts = self.ballots.get((round_name, juror))
        return casts[-1] if casts else None


def standing_of(lines: Iterable[Line]) -> Standing:
    """Where the jury stands after the lines.

    A jury that is opened again (its rules were changed by an erratum) begins anew: packs, ballots
    and tallies of before are void; declarations stay.
    """
    standing = Standing()
    for line in lines:
        if line.act == "opened" and standing.opening is not None:
            files = {name: kind for name, kind in standing.files.items() if kind == "declaration"}
            standing = Standing(declared=standing.declared, files=files)
        _FOLDS[line.act](standing, line.body)
    return standing


def _opened(standing: Standing, body: Mapping[str, Any]) -> None:
    standing.opening = Opening(
        body["edition"], body["lock_hash"], body["nominees_sha256"], tuple(body["jurors"])
    )


def _declared(standing: Standing, body: Mapping[str, Any]) -> None:
    standing.declared[body["juror"]] = frozenset(one["institution_id"] for one in body["recused"])
    standing.files[body["file_sha256"]] = "declaration"


def _packed(standing: Standing, body: Mapping[str, Any]) -> None:
    standing.packed[body["juror"]] = body["language"], body["figures_sha256"]


def _issued(standing: Standing, body: Mapping[str, Any]) -> None:
    standing.issued[body["round"], body["juror"]] = body["code"]


def _ballot(standing: Standing, body: Mapping[str, Any]) -> None:
    cast = Cast(body["version"], body["file_sha256"], body["ballot_sha256"], tuple(body["recused"]))
    standing.ballots.setdefault((body["round"], body["juror"]), []).append(cast)
    standing.files[body["file_sha256"]] = "ballot"


def _figures(standing: Standing, body: Mapping[str, Any]) -> None:
    standing.figures.add(body["juror"])


def _tallied(standing: Standing, body: Mapping[str, Any]) -> None:
    standing.tallied[body["round"]] = body["tally_sha256"]


def _overridden(standing: Standing, body: Mapping[str, Any]) -> None:
    names = body["by"]
    one = Override(
        body["category"], body["cluster"], body["institution_id"], body["reason"],
        (names[0], names[1]),
    )  # fmt: skip
    standing.overrides[one.category, one.cluster] = one


def _closed(standing: Standing, _: Mapping[str, Any]) -> None:
    standing.is_closed = True


def _nothing(_: Standing, __: Mapping[str, Any]) -> None:
    """A refused file leaves everything as it was."""


_FOLDS = {
    "opened": _opened,
    "declared": _declared,
    "packed": _packed,
    "issued": _issued,
    "ballot": _ballot,
    "refused": _nothing,
    "figures": _figures,
    "tallied": _tallied,
    "overridden": _overridden,
    "closed": _closed,
}
