"""Invented results with every oddity once: 12 institutions, 3 clusters, 2 categories.

Other folders of tests load this file by its path, since tests are no packages.
"""

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from tests.evidence_cases import evidence_rows

from tolok.methodology.category import Category, Gate, Indicator, Ratio
from tolok.methodology.edition import Cluster, Edition, Eligibility
from tolok.methodology.metric import Example, Metric
from tolok.methodology.rules import Rules
from tolok.model import Label, Window
from tolok.store.results import AS_CSV, RESULT_TABLES

LOCK_HASH = "5d41402abc4b2a76b9719d911017c592aa11bb22cc33dd44ee55ff6677889900"
HOSTILE_NAME = "<script>alert('nama')</script> & \"Rekan\""
HOSTILE_ID = "../../jahat"
FORMULA_NAME = "=HYPERLINK(1)"
NAMES = {
    "ministries": ["Kementerian Awan", "Kementerian Bukit", "Kementerian Cahaya",
                   "Kementerian Danau", "Kementerian Embun", HOSTILE_NAME],
    "agencies": ["Badan Fajar", FORMULA_NAME, "Badan Gema", "Badan Hujan"],
    "twins": ["Kota Kembar Timur", "Kota Kembar Barat"],
}  # fmt: skip
MONDAY = date(2025, 1, 6)
WEEKS = 20


def identifier(name):
    """The id of an institution, made from its name."""
    return HOSTILE_ID if name == HOSTILE_NAME else name.lower().replace(" ", "-").replace("=", "eq")


def institutions():
    """Each (institution_id, name, cluster), in the order of NAMES."""
    return [(identifier(name), name, cluster) for cluster, names in NAMES.items() for name in names]


def rules(**edition: Any) -> Rules:
    """Rules of two categories, one of them made from the other."""
    defaults: dict[str, Any] = {
        "name": "uji-2025",
        "title": Label("Penghargaan Uji 2025", "Test Award 2025"),
        "window": Window(date(2025, 1, 1), date(2025, 7, 1), "Asia/Jakarta"),
        "platforms": ("instagram", "youtube", "web"),
        "clusters": (
            Cluster("ministries", Label("Kementerian", "Ministries")),
            Cluster("agencies", Label("Lembaga", "Agencies")),
            Cluster("twins", Label("Kota kembar", "Twin cities")),
        ),
        "platform_weights": {"instagram": 1.0, "youtube": 1.0, "web": 0.0},
        "is_simulated": True,
        "eligibility": Eligibility(min_cluster_size=3),
    }
    return Rules(
        edition=Edition(**(defaults | edition)),
        columns={"instagram": ("reaction_count", "comment_count"), "youtube": ("reaction_count",)},
        metrics={"active_day_count": METRIC},
        categories=(ACTIVE, BEST),
    )


METRIC = Metric(
    name="active_day_count",
    label=Label("Hari aktif", "Active days"),
    unit="days",
    sql="COUNT(DISTINCT published_on) FILTER (WHERE reaction_count < 3)",
    table="posts",
    grain="institution",
    is_additive=True,
    source="",
    warning=Label("Hari libur ikut dihitung.", "Holidays count too."),
    examples=(
        Example({"institution_id": ["i", "j"], "reaction_count": [None, 1]}, {"i": 1.0, "j": None}),
    ),
)
ACTIVE = Category(
    name="active",
    order=1,
    label=Label("Paling Aktif", "Most Active"),
    question=Label("Siapa yang paling teratur hadir?", "Who is there most regularly?"),
    aggregation="arithmetic",
    gate=Gate(),
    indicators=(
        Indicator("days", Label("Hari aktif", "Active days"), 0.6, "share",
                  ratios=(Ratio("active_day_count", "days"),), transform="logit"),
        Indicator("replies", Label("Balasan", "Answers"), 0.4, "total",
                  metric="active_day_count", per_week=True, is_size_adjusted=False),
    ),
)  # fmt: skip
BEST = Category(
    name="best",
    order=2,
    label=Label("Akun Terbaik", "Best Account"),
    question=Label("Siapa yang terbaik?", "Who is best?"),
    aggregation="geometric",
    gate=Gate(kinds=("image", "carousel"), min_posts=24, min_weeks=12),
    indicators=(
        Indicator("activity", Label("Aktivitas", "Activity"), 0.5, "category", category="active"),
        Indicator("video", Label("Interaksi video", "Engagement of videos"), 0.5, "residual",
                  strata=(("short_video",), ("video", "live"))),
    ),
)  # fmt: skip


def tables(*, intervals=False):
    """Every table of results/ as a list of rows."""
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in RESULT_TABLES}
    for at, (institution_id, name, cluster) in enumerate(institutions()):
        made["institutions"].append(institution_row(at, institution_id, name, cluster))
        made["accounts"] += account_rows(at, institution_id)
        made["weekly"] += weekly_rows(at, institution_id)
        made["posting_hours"] += hour_rows(at, institution_id)
        made["posting_kinds"] += kind_rows(at, institution_id)
        made["engagement_sums"] += engagement_rows(at, institution_id, name, cluster)
        made["coverage"].append(coverage_row(institution_id))
        made["best_posts"] += post_rows(at, institution_id)
        made["metrics"].append(metric_row(at, institution_id))
        made["metrics"] += account_metric_rows(at, institution_id)
        for category in (ACTIVE, BEST):
            made["scores"].append(score_row(at, category.name, institution_id, cluster, intervals))
            made["indicators"] += indicator_rows(at, category, institution_id, cluster)
            if at != 11:  # the last has not posted
                is_hostile = institution_id == HOSTILE_ID
                made["evidence"] += evidence_rows(category, institution_id, is_hostile=is_hostile)
    made["reference"] = [
        {"category": "active", "indicator": "days", "platform": "", "parameter": "centre",
         "value": 0.25, "unit_count": 12},
        {"category": "best", "indicator": "video", "platform": "youtube/video+live",
         "parameter": "slope", "value": -0.5, "unit_count": 12},
    ]  # fmt: skip
    doubt_rows(made)
    made["formulas"] = [
        {"category": "active", "cluster": "agencies", "institution_id": "badan-fajar",
         "formula": "comments_per_post", "platform": platform, "value": 12.5, "rank": rank,
         "missing": ""}
        for platform, rank in (("", 1), ("instagram", None))
    ]  # fmt: skip
    award_rows(made)
    flag_rows(made)
    return made


def flag_rows(made):
    """The first institution has three flags and falls without flagged posts; one is hostile."""
    first, hostile = identifier("Kementerian Awan"), HOSTILE_ID
    found = [
        (first, "instagram:0", "giveaway", None, 0.125, 0.0, False, True),
        (first, "instagram:0", "comments_per_like", None, 0.01, 0.02, True, False),
        (first, "instagram:0", "like_burst", date(2025, 3, 3), 34.5, 12.0, False, True),
        (hostile, "instagram:5", "viral", None, 0.5, 0.25, False, False),
    ]
    for institution_id, account_id, flag, first_on, value, threshold, is_low, left_out in found:
        head = {
            "institution_id": institution_id, "account_id": account_id, "platform": "instagram",
            "flag": flag,
        }  # fmt: skip
        made["flags"].append(
            head
            | {
                "first_on": first_on, "last_on": first_on and date(2025, 3, 16), "value": value,
                "threshold": threshold, "is_low": is_low, "unit_count": 40, "marked_count": 5,
                "left_out": left_out,
            }
        )  # fmt: skip
        url = "javascript:alert(1)" if institution_id == hostile else "https://instagram.com/p/0/"
        made["flag_evidence"].append(
            head | {"place": 1, "post_id": "p0", "published_on": date(2025, 3, 5), "url": url}
        )
    for row in made["scores"]:
        head = {name: row[name] for name in ("category", "cluster", "institution_id", "rank")}
        is_first = row["institution_id"] == first and row["rank"] is not None
        made["flagged_ranks"].append(
            head
            | {
                "rank_without": row["rank"] + 3 if is_first else row["rank"],
                "score_without": row["score"], "left_out_count": 10 if is_first else 0,
            }
        )  # fmt: skip


def engagement_rows(at, institution_id, name, cluster):
    """One account's posts of known interactions; none where an institution has none."""
    row = institution_row(at, institution_id, name, cluster)
    if row["interaction_count"] is None:
        return []
    return [
        {"institution_id": institution_id, "account_id": f"instagram:{at}",
         "platform": "instagram", "kind": "image", "post_count": row["post_count"],
         "interaction_count": row["interaction_count"]}
    ]  # fmt: skip


def institution_row(at, institution_id, name, cluster):
    """One institution; the third has no known interactions, the last has not posted."""
    return {
        "institution_id": institution_id,
        "institution": name,
        "short_name": "" if at % 2 else name.split()[-1],
        "cluster": cluster,
        "kind": "",
        "post_count": 0 if at == 11 else 1300 - 100 * at,
        "interaction_count": None if at in {2, 11} else 123_456 + at,
        "follower_count": None if at == 2 else 1_234_567 // (at + 1),
        "active_week_count": 0 if at == 11 else 26 - at,
    }


def account_rows(at, institution_id):
    """Two accounts, one official, one not; the hostile institution's have hostile addresses."""
    if at == 11:
        return []
    is_hostile = institution_id == HOSTILE_ID
    official = {
        "institution_id": institution_id,
        "account_id": f"instagram:{at}",
        "platform": "instagram",
        "handle": f"akun{at}",
        "url": "javascript:alert('url')" if is_hostile else f"https://instagram.com/akun{at}",
        "role": "main",
        "counts": True,
        "counts_reason": "",
        "grade": "A",
        "is_official": True,
        "valid_from": None,
        "valid_to": None,
        "evidence": "https://contoh.go.id/tautan",
        "checked_on": date(2025, 5, 19),
        "post_count": 700,
        "follower_count": 1000 + at,
        "last_published_on": date(2025, 6, 30),
    }
    unconfirmed = official | {
        "account_id": f"youtube:{at}",
        "platform": "youtube",
        "handle": "\"><b onmouseover='x'>" if is_hostile else f"kanal{at}",
        "url": "",
        "role": "unit",
        "counts": False,
        "counts_reason": "bukti lemah",
        "grade": "C",
        "is_official": False,
        "valid_from": date(2025, 2, 1),
        "evidence": "",
        "checked_on": None,
        "post_count": 0,
        "follower_count": None,
    }
    return [official, unconfirmed]


def weekly_rows(at, institution_id):
    """Weeks with a gap in the middle; the last institution has none."""
    return [
        {
            "institution_id": institution_id,
            "platform": platform,
            "week_on": MONDAY + timedelta(weeks=week),
            "post_count": 1 + (week * (at + 3)) % 7,
            "interaction_count": 100,
        }
        for platform in ("instagram", "youtube")
        for week in range(WEEKS)
        if at != 11 and week not in {8, 9}
    ]


def hour_rows(at, institution_id):
    """Posts at nine and at nineteen: evenings bring more to the first, nothing else does."""
    lift = 2**20 // 2 if at == 0 else 0
    return [
        {
            "institution_id": institution_id,
            "platform": "instagram",
            "weekday": weekday,
            "hour": hour,
            "post_count": 60 + weekday,
            "known_count": 0 if at == 2 else 60,
            "effect_sum": 0 if at == 2 else 60 * effect,
            "effect_square_sum": 0 if at == 2 else 60 * 2**19 + 60 * effect * effect // 2**20,
        }
        for weekday in range(1, 8)
        for hour, effect in ((9, -lift), (19, lift))
        if at != 11
    ]


def kind_rows(at, institution_id):
    """Pictures and videos; videos bring more to the first. The fifth has too few posts to say."""
    lift = 2**20 // 2 if at == 0 else 0
    count = 10 if at == 4 else 300
    return [
        {
            "institution_id": institution_id,
            "platform": "instagram",
            "kind": kind,
            "post_count": count,
            "known_count": count,
            "effect_sum": count * effect,
            "effect_square_sum": count * 2**19 + count * effect * effect // 2**20,
        }
        for kind, effect in (("image", -lift), ("short_video", lift))
        if at != 11
    ]


def coverage_row(institution_id):
    """A count that is half known and half hidden."""
    states = {
        "known": 6,
        "hidden": 4,
        "disabled": 1,
        "not_offered": 0,
        "not_collected": 1,
        "suspect": 0,
    }
    return {
        "institution_id": institution_id,
        "account_id": "instagram:1",
        "platform": "instagram",
        "count": "reaction_count",
    } | {f"{state}_count": number for state, number in states.items()}


def post_rows(at, institution_id):
    """One post, of a hostile address where the institution is hostile."""
    is_hostile = institution_id == HOSTILE_ID
    return [
        {
            "institution_id": institution_id,
            "place": 1,
            "account_id": f"instagram:{at}",
            "platform": "instagram",
            "post_id": f"p{at}",
            "url": "data:text/html,<b>x" if is_hostile else f"https://instagram.com/p/{at}/",
            "kind": "carousel",
            "published_on": date(2025, 3, 5),
            "interaction_count": 12_345,
            "times_median": None if at == 1 else 4.25,
        }
    ]


def metric_row(at, institution_id):
    """A metric of the whole institution."""
    return {"institution_id": institution_id, "account_id": "", "platform": "",
            "metric": "active_day_count", "value": 100.0 + at, "unit": "days",
            "post_count": 100, "missing_count": 3}  # fmt: skip


def account_metric_rows(at, institution_id):
    """Interactions of the official account, which the benchmark compares; the third's unknown."""
    head = {"institution_id": institution_id, "account_id": f"instagram:{at}",
            "platform": "instagram", "post_count": 100, "missing_count": 3}  # fmt: skip
    measures = {"interactions_per_post": ("interactions/post", 100.0 * 2**at),
                "engagement_rate": ("interactions/post/1000 followers", 5.0 + at)}  # fmt: skip
    return [
        head | {"metric": name, "unit": unit, "value": None if at == 2 else value}
        for name, (unit, value) in measures.items()
        if at != 11
    ]


def score_row(at, category, institution_id, cluster, intervals):
    """Ranked but for the twins, the fourth (too few weeks) and, in best, the fifth."""
    reason = "lacks:replies; lacks:sesuatu" if at == 0 else ""
    rank = 0
    if cluster == "twins":
        reason = "small_cluster:2<3"
    elif at == 3:
        reason = "few_active_weeks:12<26; gate_posts:10<24; few_platforms:0.33<0.5; baru_sekali:1"
    elif at == 4 and category == "best":
        reason = "no_confirmed_account; category_lacks_data"
    elif cluster == "agencies":
        rank = at - 5
    else:
        rank = at + 1 - (at > 3) - (at > 4 and category == "best")
    is_known = intervals and rank > 0
    return {
        "category": category,
        "cluster": cluster,
        "institution_id": institution_id,
        "eligible": rank > 0,
        "reason": reason,
        "score": 80.0 - 4 * at if rank else None,
        "rank": rank or None,
        "rank_low": max(1, rank - 1) if is_known else None,
        "rank_high": rank + 1 if is_known else None,
        "p_first": (0.9 if rank == 1 else 0.01) if is_known else None,
        "p_nominee": 0.8 if is_known else None,
        "nominee": 0 < rank <= 3,
    }


def indicator_rows(at, category, institution_id, cluster):
    """Points of every indicator; the first institution hides what answers need."""
    rows = []
    for indicator in category.indicators:
        is_missing = (at == 0 and indicator.name == "replies") or cluster == "twins"
        points = None if is_missing else 75.0 - 3 * at
        rows.append(
            {
                "category": category.name,
                "cluster": cluster,
                "institution_id": institution_id,
                "indicator": indicator.name,
                "platform": "",
                "value": None if is_missing else 0.5,
                "shrunk": points,
                "z": points,
                "points": points,
                "weight": indicator.weight,
                "effective_weight": None if is_missing else indicator.weight,
                "post_count": 30,
                "missing": "hidden" if is_missing else "",
            }
        )
    return rows


def doubt_rows(made):
    """The doubt of ranks, where intervals are computed: wider by method than by data."""
    for row in made["scores"]:
        if row["rank_low"] is None:
            continue
        key = {name: row[name] for name in ("category", "cluster", "institution_id")}
        for wider, source in enumerate(("data", "method", "all", "missing", "simultaneous")):
            made["uncertainty"].append(
                key
                | {
                    "source": source,
                    "rank_low": max(1, row["rank"] - wider),
                    "rank_high": row["rank"] + wider,
                    "p_first": None if wider > 2 else row["p_first"],
                    "p_nominee": None if wider > 2 else row["p_nominee"],
                    "may_be_nominee": row["rank"] <= 4 if source == "simultaneous" else None,
                }
            )
        for left_out, name, worse in (
            ("indicator", "replies", 0),
            ("platform", "x", 2),
            ("week", "2025-06-02", 1),
            ("post", "", 0),
        ):
            made["leave_one_out"].append(
                key | {"left_out": left_out, "name": name, "rank": row["rank"] + worse}
            )
    for category in (ACTIVE, BEST) if made["uncertainty"] else ():
        for cluster in NAMES:
            award = {"category": category.name, "cluster": cluster}
            for output, mean in (("rank_change", 2.5), ("nominees_changed", 0.25)):
                made["sensitivity"] += [
                    award | {"output": output, "input": name, "first": share / 2, "total": share,
                             "mean": mean}
                    for name, share in (("weights", 0.2), ("normalisation", 0.7))
                ]  # fmt: skip
            made["importance"] += [
                award
                | {
                    "indicator": indicator.name,
                    "nominal_weight": indicator.weight,
                    "correlation_ratio": 0.4,
                    "linear": 0.3,
                    "redundant_with": "",
                }
                for indicator in category.indicators
            ]


def award_rows(made):
    """Nominees of the ranked; winners: the jury is awaited, or the data decide, or nobody wins."""
    names = {row["institution_id"]: row["institution"] for row in made["institutions"]}
    for category in (ACTIVE, BEST):
        for cluster in NAMES:
            award = {"category": category.name, "cluster": cluster}
            chosen = [
                row for row in made["scores"] if row["nominee"] and award.items() <= row.items()
            ]
            made["nominees"] += [
                award
                | {name: row[name] for name in ("institution_id", "score", "p_first", "p_nominee")}
                | {
                    "place": row["rank"],
                    "institution": names[row["institution_id"]],
                    "separable_from_next": None if row["p_first"] is None else False,
                }
                for row in sorted(chosen, key=lambda row: row["rank"])
            ]
            made["winners"].append(award | winner(cluster, chosen, names))


def winner(cluster, chosen, names):
    """The state of an award: the agencies' is decided by the data, the ministries' is not yet."""
    first = min((row["rank"], row["institution_id"]) for row in chosen)[1] if chosen else ""
    is_by_data = cluster == "agencies"
    return {
        "institution_id": first if is_by_data else "",
        "institution": names[first] if is_by_data else "",
        "jury_score": None,
        "chance_best": None,
        "status": "first_by_data" if is_by_data else "awaiting_jury" if chosen else "not_awarded",
        "reason": "" if chosen else "small_cluster:2<3",
    }


def write_results(folder: Path, *, intervals=False, made=None):
    """The invented results as files, in the form that the store writes them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (made or tables(intervals=intervals)).items():
        table = RESULT_TABLES[name]
        if name in AS_CSV:
            write_csv(folder / f"{name}.csv", table.names, rows)
        else:
            made = pa.Table.from_pylist(rows, schema=table.arrow_schema)
            pq.write_table(made, folder / f"{name}.parquet")
    manifest = {
        "tolok_version": "0.1.0",
        "commit": "0123456789abcdef",
        "edition": "uji-2025",
        "lock_hash": LOCK_HASH,
        "seed": 7,
        "inputs": [{"sha256": "ab" * 32, "name": "ekspor.csv", "format": "fanpage_karma"}],
        "record_counts": {"posts": 9_876, "observations": 12_345, "rejected_rows": 2},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def write_csv(path, names, rows):
    """A CSV file in which null is an empty cell and a truth value is written small."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for row in rows:
            cells = (row[name] for name in names)
            writer.writerow(
                [str(cell).lower() if isinstance(cell, bool) else cell for cell in cells]
            )
