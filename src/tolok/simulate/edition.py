"""The whole simulated edition: everything is drawn, then written platform by platform."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from tolok.simulate.accounts import SimulatedAccount, open_accounts, registry_rows
from tolok.simulate.audience import Audience, draw_audience, follower_rows
from tolok.simulate.captions import CaptionWriter
from tolok.simulate.comments import COMMENTS, Commentable, commentable, draw_comments
from tolok.simulate.draw import Rows, draw_rows, set_scene
from tolok.simulate.institutions import Institutions, invent_institutions
from tolok.simulate.oddity import NOTES, Cast, Oddity, cast_oddities
from tolok.simulate.plan import Progress, SimulatedFiles, SimulationPlan
from tolok.simulate.planting import plant_oddities
from tolok.simulate.posts import POSTS, PostWriter, read_later
from tolok.simulate.timetable import draw_timetable
from tolok.simulate.truth import QUALITIES, Truth, draw_truth
from tolok.simulate.volume import draw_volumes, posting_days
from tolok.simulate.write import ROW_GROUP, json_line, parquet_writer, write_csv, write_registry

OddityRow = tuple[str, str, str, str, str]


@dataclass
class Drawn:
    """All that is drawn of an edition before a file is written."""

    plan: SimulationPlan
    institutions: Institutions
    accounts: tuple[SimulatedAccount, ...]
    truth: Truth
    cast: Cast
    audience: Audience
    rows: dict[str, Rows]


@dataclass
class Tally:
    """What the writing of posts gathers for the files that follow."""

    posts: int = 0
    late: int = 0
    commentable: list[Commentable] = field(default_factory=list)
    oddities: list[OddityRow] = field(default_factory=list)


def simulate_edition(
    into: Path, plan: SimulationPlan, *, progress: Progress | None = None
) -> SimulatedFiles:
    """The files of an invented edition, as an organiser would bring them, and the truth behind.

    Units: plan.posts counts rows of `posts-*.parquet`, plan.comments rows of `comments.parquet`.
    """
    tell = progress or _silent
    (into / "registry").mkdir(parents=True, exist_ok=True)
    (into / "exports").mkdir(exist_ok=True)
    tell("draw", 0, 1)
    drawn = _draw(plan)
    tell("draw", 1, 1)
    files = _files(into, drawn)
    counts = _write_registry(files, drawn)
    tally = _write_posts(files, drawn, tell)
    counts |= {"posts": tally.posts, "late_reading": tally.late}
    tell("followers", 0, 1)
    header = ("platform", "account_id", "observed_at", "follower_count")
    counts["followers"] = write_csv(
        files.followers, header, follower_rows(drawn.audience, drawn.accounts)
    )
    tell("followers", 1, 1)
    tell("comments", 0, plan.comments)
    table = draw_comments(plan, tally.commentable, drawn.truth.service, echoed=drawn.cast.echoed)
    with parquet_writer(files.comments, COMMENTS) as writer:
        writer.write_table(table, row_group_size=ROW_GROUP)
    counts["comments"] = table.num_rows
    tell("comments", table.num_rows, plan.comments)
    odd = [*_odd_accounts(drawn), *tally.oddities]
    counts["oddities"] = write_csv(
        files.oddities, ("kind", "platform", "account_id", "post_id", "note"), odd
    )
    files.row_counts.update(counts)
    return files


def _silent(_step: str, _done: int, _total: int) -> None:
    """Nobody is told."""


def _draw(plan: SimulationPlan) -> Drawn:
    institutions = invent_institutions(plan)
    accounts = open_accounts(plan, institutions)
    truth = draw_truth(plan, institutions)
    timetable = draw_timetable(plan)
    cast = cast_oddities(plan, institutions, accounts)
    audience = draw_audience(plan, institutions, accounts, cast.jumping)
    days = posting_days(plan, accounts, timetable, cast)
    volumes = draw_volumes(plan, accounts, truth, days, cast)
    scene = set_scene(plan, accounts, truth, timetable, audience)
    rows = plant_oddities(scene, draw_rows(scene, volumes, days), cast)
    return Drawn(plan, institutions, accounts, truth, cast, audience, rows)


def _files(into: Path, drawn: Drawn) -> SimulatedFiles:
    exports = into / "exports"
    return SimulatedFiles(
        institutions=into / "registry" / "institutions.csv",
        accounts=into / "registry" / "accounts.csv",
        lineage=into / "registry" / "lineage.csv",
        posts=tuple(exports / f"posts-{platform}.parquet" for platform in drawn.rows),
        late_reading=exports / "posts-late-reading.ndjson",
        followers=exports / "followers.csv",
        comments=exports / "comments.parquet",
        truth=into / "truth.csv",
        oddities=into / "oddities.csv",
    )


def _write_registry(files: SimulatedFiles, drawn: Drawn) -> dict[str, int]:
    """The numbers of rows of the registry's files and of the truth."""
    qualities = [*(getattr(drawn.truth, quality) for quality in QUALITIES), drawn.truth.overall]
    table: list[list[float]] = np.stack(qualities, axis=1).tolist()
    institutions = drawn.institutions.rows
    return {
        "institutions": write_registry(files.institutions, institutions),
        "accounts": write_registry(
            files.accounts, registry_rows(drawn.accounts, drawn.institutions)
        ),
        "lineage": write_registry(files.lineage, drawn.institutions.lineage),
        "truth": write_csv(
            files.truth,
            ("institution_id", "cluster", *QUALITIES, "overall"),
            (
                [row.institution_id, row.cluster, *(f"{value:.6f}" for value in values)]
                for row, values in zip(institutions, table, strict=True)
            ),
        ),
    }


def _write_posts(files: SimulatedFiles, drawn: Drawn, tell: Progress) -> Tally:
    """The posts of all platforms in row groups, and the second readings beside them."""
    handles = [a.row.handle for a in drawn.accounts if a.row.platform == "x"]
    names = [row.short_name for row in drawn.institutions.rows]
    writer = PostWriter(drawn.accounts, CaptionWriter(names, handles, drawn.plan.campaign_tag))
    tally = Tally()
    tell("posts", 0, drawn.plan.posts)
    with files.late_reading.open("wb") as late:
        for path, (platform, rows) in zip(files.posts, drawn.rows.items(), strict=True):
            with parquet_writer(path, POSTS) as parquet:
                for start in range(0, len(rows), ROW_GROUP):
                    block = rows[start : start + ROW_GROUP]
                    table, reading = writer.table(block, platform)
                    parquet.write_table(table)
                    tally.posts += len(block)
                    tally.oddities += _odd_posts(block, table)
                    if platform != "web":
                        ids = table["post_id"].combine_chunks()
                        tally.commentable.append(commentable(platform, block, ids, reading))
                        documents = read_later(block, table, reading, drawn.plan.zone)
                        late.writelines(json_line(document) for document in documents)
                        tally.late += len(documents)
                    tell("posts", tally.posts, drawn.plan.posts)
    return tally


def _odd_posts(rows: Rows, table: pa.Table) -> Iterator[OddityRow]:
    """A row for each oddity of each post."""
    odd = np.flatnonzero(rows["marks"])
    named = table.select(["platform", "account_id", "post_id"]).take(pa.array(odd)).to_pylist()
    for post, marks in zip(named, rows["marks"][odd].tolist(), strict=True):
        for oddity in Oddity(marks):
            name = (oddity.name or "").lower()
            yield name, post["platform"], post["account_id"], post["post_id"], NOTES[oddity]


def _odd_accounts(drawn: Drawn) -> Iterator[OddityRow]:
    """A row for each oddity of an account or an institution as a whole."""
    cast = drawn.cast
    whole: dict[str, tuple[tuple[int, ...], str]] = {
        "copier": ((cast.copier,), "one caption in eight repeats an earlier one"),
        "spammer": ((cast.spammer,), "days with more than 30 nearly equal posts"),
        "buyer": ((cast.buyer,), "a fortnight of bought likes"),
        "stopped": (cast.stopped, "the account stops inside the window"),
        "few_posts": (cast.few, "fewer than 6 posts in all"),
        "bought_followers": ((cast.jumping,), "followers jump within a week"),
        "bought_comments": ((cast.echoed,), "a few sentences stand under its posts over and over"),
    }
    for kind, (positions, note) in whole.items():
        for position in positions:
            account = drawn.accounts[position]
            yield kind, account.row.platform, account.export_id, "", note
    yield from _odd_institutions(drawn)


def _odd_institutions(drawn: Drawn) -> Iterator[OddityRow]:
    rows = drawn.institutions.rows
    single = next(a for a in drawn.accounts if a.voice == drawn.cast.single)
    note = f"{rows[drawn.cast.single].institution_id} has one platform"
    yield "single_platform", single.row.platform, single.export_id, "", note
    for account in drawn.accounts:
        for owner, owned_from, _ in account.owners[1:]:
            change = drawn.institutions.change_ending(account.voice)
            kind = change.change if change else ""
            verb = "is closed by" if account.stops_on else "goes to"
            note = f"{verb} {rows[owner].institution_id} on {owned_from}"
            yield kind, account.row.platform, account.export_id, "", note
