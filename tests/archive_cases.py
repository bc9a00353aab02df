"""An invented earlier edition as a folder: the rules of `invented` as files, and its results."""

from datetime import date
from typing import Any

LEMBAH, EMBUN = "kementerian-lembah", "kementerian-embun"
EDITION = """\
name = "{name}"
title = {{ id = "Penghargaan Uji {year}", en = "Test Award {year}" }}
time_zone = "Asia/Jakarta"
opens_on = {opens_on}
closes_on = {closes_on}
platforms = ["instagram", "youtube", "web"]
decision = "jury"
simulated = {simulated}
address = "{address}"
[[cluster]]
name = "ministries"
label = {{ id = "Kementerian", en = "Ministries" }}
[[cluster]]
name = "agencies"
label = {{ id = "Lembaga", en = "Agencies" }}
[[cluster]]
name = "twins"
label = {{ id = "Kota kembar", en = "Twin cities" }}
[platform_weights]
web = 0.0
[eligibility]
min_cluster_size = 3
"""
COLUMNS = """\
[interaction_count]
instagram = ["reaction_count", "comment_count"]
youtube = ["reaction_count"]
"""
METRICS = """\
[active_day_count]
label = { id = "Hari aktif", en = "Active days" }
unit = "days"
grain = "institution"
sql = "COUNT(DISTINCT published_on) FILTER (WHERE reaction_count < 3)"
additive = true
[[active_day_count.example]]
rows = { institution_id = ["i", "j"], reaction_count = ["null", 1] }
value = { i = 1.0, j = "null" }
"""
ACTIVE = """\
name = "active"
order = 1
label = { id = "Paling Aktif", en = "Most Active" }
question = { id = "Siapa?", en = "Who?" }
aggregation = "arithmetic"
[[indicator]]
name = "days"
label = { id = "Hari aktif", en = "Active days" }
weight = 0.6
model = "share"
ratio = [{ numerator = "active_day_count", denominator = "days" }]
transform = "logit"
[[indicator]]
name = "replies"
label = { id = "Balasan", en = "Answers" }
weight = 0.4
model = "total"
metric = "active_day_count"
per_week = true
size_adjusted = false
"""
BEST = """\
name = "best"
order = 2
label = { id = "Akun Terbaik", en = "Best Account" }
question = { id = "Siapa?", en = "Who?" }
aggregation = "geometric"
[gate]
kinds = ["image", "carousel"]
min_posts = 24
min_weeks = 12
[[indicator]]
name = "activity"
label = { id = "Aktivitas", en = "Activity" }
weight = 0.5
model = "category"
category = "active"
[[indicator]]
name = "video"
label = { id = "Interaksi video", en = "Engagement of videos" }
weight = 0.5
model = "residual"
strata = ["short_video", "video+live"]
"""


DEFAULTS: dict[str, Any] = {
    "name": "uji-2024",
    "opens_on": date(2024, 1, 1),
    "closes_on": date(2024, 7, 1),
    "simulated": "true",
    "address": "",
}


def write_rules(folder, *, best=BEST, **facts):
    """The rules of the invented edition as files, under another name and window."""
    values = DEFAULTS | facts
    texts = {
        "edition.toml": EDITION.format(year=values["opens_on"].year, **values),
        "columns.toml": COLUMNS,
        "metrics/metrics.toml": METRICS,
        "categories/active.toml": ACTIVE,
        "categories/best.toml": best,
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def write_edition(folder, invented, **rules):
    """An earlier edition as a folder: half the posts, and five institutions otherwise.

    Bukit was Kementerian Lembah then, and won; Cahaya was an agency; Embun was not there; Awan was
    not first but last, in an interval far from today's.
    """
    write_rules(folder, **rules)
    made = invented.tables(intervals=True)
    for name, rows in made.items():
        made[name] = [_earlier(row) for row in rows if row.get("institution_id") != EMBUN]
    for row in made["winners"]:
        if row["cluster"] == "ministries":
            row |= {"institution_id": LEMBAH, "institution": "Kementerian Lembah",
                    "status": "clear"}  # fmt: skip
    invented.write_results(folder / "results", made=made)


def _earlier(row):
    """A row of any table as it was in the earlier edition."""
    institution_id = row.get("institution_id")
    if institution_id == "kementerian-bukit":
        row["institution_id"] = LEMBAH
        row |= {"institution": "Kementerian Lembah"} if "institution" in row else {}
    if "active_week_count" in row or row.keys() >= {"kind", "post_count", "interaction_count"}:
        row["post_count"] //= 2
    if "active_week_count" in row and institution_id == "kementerian-cahaya":
        row["cluster"] = "agencies"
    if institution_id == "kementerian-awan" and row.get("rank_low"):
        row |= {"rank": 4, "rank_low": 4, "rank_high": 4}
    return row


LINEAGE = (
    "predecessor_id,successor_id,change,effective_on,evidence\n"
    "kementerian-lembah,kementerian-bukit,rename,2024-10-01,uji\n"
    "kementerian-danau,kementerian-embun,split,2024-10-01,uji\n"
)
