"""The words and values that all rooms share: frozen, without input or output.

The closed vocabularies (platforms, kinds, counts, reasons for a missing count) stand here once.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

PLATFORMS = ("instagram", "facebook", "x", "youtube", "tiktok", "threads", "linkedin", "web")
KINDS = ("image", "carousel", "video", "short_video", "text", "link", "live", "story")
ORIGINS = ("original", "quote", "reply", "repost")
COUNTS = ("reaction_count", "comment_count", "share_count", "save_count", "view_count")
MISSING_REASONS = ("hidden", "disabled", "not_offered", "not_collected", "suspect")
ROLES = ("main", "topical", "unit", "leader")
GRADES = ("A", "B", "C")
LINEAGE_CHANGES = ("rename", "split", "merge", "upgrade", "downgrade", "new", "dissolved")
LANGUAGES = ("id", "en")


@dataclass(frozen=True)
class Label:
    """A text that people read, in Indonesian and English."""

    id: str
    en: str

    def __getitem__(self, language: str) -> str:
        """The text in a language of LANGUAGES."""
        return {"id": self.id, "en": self.en}[language]


@dataclass(frozen=True)
class Window:
    """The days of an edition, half-open: from the start of opens_on to the start of closes_on."""

    opens_on: date
    closes_on: date
    time_zone: str

    @cached_property
    def opens_at(self) -> datetime:
        """The first instant inside the window, in UTC."""
        return self._instant(self.opens_on)

    @cached_property
    def closes_at(self) -> datetime:
        """The first instant after the window, in UTC."""
        return self._instant(self.closes_on)

    @cached_property
    def day_count(self) -> int:
        """Days in the window."""
        return (self.closes_on - self.opens_on).days

    @cached_property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays of the ISO weeks that the window touches, in order."""
        first = self.opens_on - timedelta(days=self.opens_on.weekday())
        count = (self.closes_on - first + timedelta(days=6)).days // 7
        return tuple(first + timedelta(weeks=week) for week in range(count))

    def days_in_week(self, week_on: date) -> int:
        """Days of the ISO week beginning at week_on that lie inside the window, 0 to 7."""
        start = max(week_on, self.opens_on)
        end = min(week_on + timedelta(days=7), self.closes_on)
        return max((end - start).days, 0)

    def _instant(self, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self.time_zone)).astimezone(UTC)


@dataclass(frozen=True)
class Institution:
    """A public body, in the cluster that it competes in; line is its place in the registry."""

    institution_id: str
    institution: str
    short_name: str
    cluster: str
    kind: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    evidence: str = ""
    line: int | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Account:
    """One row of the registry: an account, and the institution that owned it for some days.

    The days are half-open, [valid_from, valid_to); None is unbounded. An account that changed
    hands has a row an owner.
    """

    account_id: str
    institution_id: str
    platform: str
    handle: str
    platform_id: str = ""
    url: str = ""
    role: str = "main"
    counts: bool = True
    counts_reason: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    grade: str = "C"
    checked_on: date | None = None
    evidence: str = ""
    past_handles: tuple[str, ...] = ()
    line: int | None = field(default=None, compare=False, repr=False)

    @property
    def is_official(self) -> bool:
        """Whether the evidence allows the word official: grade A, nothing less."""
        return self.grade == "A"

    @property
    def names(self) -> tuple[str, ...]:
        """Every account_id under which a source may name this account."""
        keys = [self.account_id]
        if self.platform_id:
            keys.append(f"{self.platform}:{self.platform_id}")
        keys += [
            f"{self.platform}:@{handle}" for handle in (self.handle, *self.past_handles) if handle
        ]
        return tuple(dict.fromkeys(keys))


@dataclass(frozen=True)
class Lineage:
    """A change that made one institution out of another, at a date."""

    predecessor_id: str
    successor_id: str
    change: str
    effective_on: date
    evidence: str = ""
    line: int | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Registry:
    """The institutions of an edition, their accounts and their lineage."""

    institutions: tuple[Institution, ...]
    accounts: tuple[Account, ...]
    lineage: tuple[Lineage, ...] = ()
