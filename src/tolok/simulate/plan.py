"""What is asked of a simulation, and the list of files that came out."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tolok.errors import FaultsFound, InputError
from tolok.model import Window

Progress = Callable[[str, int, int], None]
"""Told the step's name, what is done and what there is to do."""

INSTITUTION_RANGE = (12, 2000)
POSTS_PER_INSTITUTION = 50
"""Below these sizes some oddity (a split, a spammer's day) would not fit."""
SHORTEST_WINDOW_DAYS = 56


@dataclass(eq=False)
class PlanOutOfRange(InputError):
    """One size or date of a simulation that cannot be simulated."""

    name: str
    value: object
    expected: str

    def __str__(self) -> str:
        """The name, what was asked, and what can be asked."""
        return f"simulation, {self.name}: {self.value} was asked. Expected {self.expected}."


@dataclass(frozen=True)
class SimulationPlan:
    """The sizes, the window and the seed of a simulated edition; the same plan, the same bytes.

    posts counts the rows of all `posts-*.parquet` files: the copies of a collab post and the posts
    just outside the window are among them, second readings are not. comments counts rows too.
    """

    institutions: int = 211
    posts: int = 1_000_000
    comments: int = 300_000
    seed: int = 2025
    opens_on: date = date(2025, 1, 1)
    closes_on: date = date(2026, 1, 1)
    time_zone: str = "Asia/Jakarta"
    audience_exponent: float = 0.5
    account_sd: float = 0.66
    """Spread of the accounts' mean y = ln(1 + interactions), net of audience."""
    quality_share: float = 0.6
    """Share of that variance that is the institution's own engagement, not the account's luck."""
    campaign_tag: str = ""
    """A hashtag that all institutions use in some posts, each as often as it likes; empty: none."""

    def __post_init__(self) -> None:
        """Refuse what cannot be simulated, all of it at once."""
        faults = [PlanOutOfRange(*fault) for fault in self._faults()]
        if faults:
            title = "the simulation cannot be made as asked"
            raise FaultsFound(title, faults)

    @property
    def window(self) -> Window:
        """The edition's window."""
        return Window(self.opens_on, self.closes_on, self.time_zone)

    @property
    def zone(self) -> ZoneInfo:
        """The edition's time zone."""
        return ZoneInfo(self.time_zone)

    def _faults(self) -> list[tuple[str, object, str]]:
        least, most = INSTITUTION_RANGE
        faults: list[tuple[str, object, str]] = []
        if not least <= self.institutions <= most:
            faults.append(("institutions", self.institutions, f"{least} to {most}"))
        fewest = POSTS_PER_INSTITUTION * self.institutions
        if self.posts < fewest:
            expected = f"at least {fewest}, {POSTS_PER_INSTITUTION} an institution"
            faults.append(("posts", self.posts, expected))
        if self.comments < 0:
            faults.append(("comments", self.comments, "0 or more"))
        if self.seed < 0:
            faults.append(("seed", self.seed, "0 or more"))
        if (self.closes_on - self.opens_on).days < SHORTEST_WINDOW_DAYS:
            expected = f"at least {SHORTEST_WINDOW_DAYS} days after {self.opens_on}"
            faults.append(("closes_on", self.closes_on, expected))
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            faults.append(("time_zone", self.time_zone, "an IANA name such as Asia/Jakarta"))
        if self.campaign_tag and not re.fullmatch(r"#\w+", self.campaign_tag):
            faults.append(("campaign_tag", self.campaign_tag, "a hashtag such as #HUTRI80"))
        return faults


@dataclass(frozen=True)
class SimulatedFiles:
    """The files of a simulated edition and the number of rows in each kind."""

    institutions: Path
    accounts: Path
    lineage: Path
    posts: tuple[Path, ...]
    late_reading: Path
    followers: Path
    comments: Path
    truth: Path
    oddities: Path
    row_counts: dict[str, int] = field(default_factory=dict)

    @property
    def exports(self) -> tuple[Path, ...]:
        """The files that an organiser would import, in order."""
        return (*self.posts, self.late_reading, self.followers, self.comments)
