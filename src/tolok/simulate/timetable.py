"""When institutions post: the profile of the week laid over the days of the window."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from tolok.simulate.plan import SimulationPlan
from tolok.simulate.seed import Floats, Ints

# Shares by local hour and by weekday from Monday, measured on 27 state governments' Instagram
# posts of 2024 (127,696 posts, 2021-2024).
HOURS = (*[0.0023] * 7, 0.018, 0.043, 0.091, 0.0712, 0.0712, 0.084, *[0.0712] * 5,
         0.087, 0.058, 0.051, *[0.018] * 3)  # fmt: skip
WEEKDAYS = (0.148, 0.159, 0.156, 0.161, 0.168, 0.116, 0.091)

MARGIN_DAYS = 3
"""Posts are drawn this many days beyond both ends of the window, for the window to cut."""

SECOND = 1_000_000
HOUR = 3600 * SECOND
DAY = 24 * HOUR
WEEK = 7 * DAY


@dataclass(frozen=True)
class Timetable:
    """The intensity of posting by the hour, and instants as microseconds since 1970 in UTC.

    Shape: starts_at and risen (hours + 1,); risen grows from 0 by each hour's weight.
    """

    starts_at: Ints
    risen: Floats
    opens_at: int
    closes_at: int
    first_monday_at: int
    week_count: int

    def risen_at(self, instant: int) -> float:
        """The intensity gathered up to an instant."""
        return float(np.interp(instant, self.starts_at, self.risen))

    def instants(self, risen: Floats) -> Ints:
        """The whole seconds at which the gathered intensity reaches the values."""
        exact = np.interp(risen, self.risen, self.starts_at)
        return exact.astype(np.int64) // SECOND * SECOND

    def week_of(self, instants: Ints) -> Ints:
        """The number of the local week, from 0."""
        return np.clip((instants - self.first_monday_at) // WEEK, 0, self.week_count - 1)

    def at_share(self, share: float) -> int:
        """The instant after a share of the window."""
        return self.opens_at + int((self.closes_at - self.opens_at) * share)


def microseconds(moment: datetime) -> int:
    """An instant as microseconds since 1970 in UTC."""
    return (moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def local_midnight(plan: SimulationPlan, day: date) -> int:
    """The start of a local day."""
    return microseconds(datetime.combine(day, time(), plan.zone))


def draw_timetable(plan: SimulationPlan) -> Timetable:
    """The timetable of a plan's window; a change to summer time is kept to."""
    first_on = plan.opens_on - timedelta(days=MARGIN_DAYS)
    last_on = plan.closes_on + timedelta(days=MARGIN_DAYS)
    starts_at = np.arange(
        local_midnight(plan, first_on), local_midnight(plan, last_on) + HOUR, HOUR
    )
    weights = []
    for start in starts_at[:-1].tolist():
        local = datetime.fromtimestamp(start // SECOND, plan.zone)
        weights.append(HOURS[local.hour] * WEEKDAYS[local.weekday()])
    first_monday_at = local_midnight(plan, first_on - timedelta(days=first_on.weekday()))
    return Timetable(
        starts_at=starts_at,
        risen=np.concatenate([[0.0], np.cumsum(weights)]),
        opens_at=local_midnight(plan, plan.opens_on),
        closes_at=local_midnight(plan, plan.closes_on),
        first_monday_at=first_monday_at,
        week_count=int((starts_at[-1] - first_monday_at) // WEEK) + 1,
    )
