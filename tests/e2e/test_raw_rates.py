"""Another methodology without other code: raw rates, five nominees, a campaign by its hashtag."""

import csv
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.edition_cases import take_few_draws

from tolok.methodology.template import write_edition
from tolok.pipeline.demo import edition_values
from tolok.simulate import SimulationPlan, simulate_edition

TOLOK = Path(sys.executable).with_name("tolok")
PLAN = SimulationPlan(institutions=24, posts=12_000, comments=300, campaign_tag="#HUTRI80")


def tolok(*words):
    command = [str(TOLOK), *(str(word) for word in words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("raw") / "edition"
    tolok("new", folder, "--template", "raw-rates")
    write_edition(folder, edition_values(PLAN))
    take_few_draws(folder)
    simulate_edition(folder / "brought", PLAN)
    shutil.rmtree(folder / "registry")
    shutil.copytree(folder / "brought" / "registry", folder / "registry")
    tolok("lock", folder)
    tolok("import", folder, folder / "brought" / "exports")
    tolok("score", folder)
    tolok("publish", folder)
    return folder


def rows_of(edition, table):
    return pq.read_table(edition / "results" / f"{table}.parquet").to_pylist()


def lines_of(edition, table):
    with (edition / "results" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_award_has_five_nominees_and_a_first_by_the_data(edition):
    given = [row for row in lines_of(edition, "winners") if row["status"] != "not_awarded"]
    assert {row["status"] for row in given} == {"first_by_data"}
    awards = [(row["category"], row["cluster"]) for row in given]
    categories = ("best-account", "campaign", "highest-engagement-rate", "most-active")
    assert awards == [
        (category, cluster)
        for category in categories
        for cluster in ("agencies", "local-governments")
    ]
    nominees = Counter((row["category"], row["cluster"]) for row in lines_of(edition, "nominees"))
    assert nominees == dict.fromkeys(awards, 5)


def test_engagement_rate_is_the_quotient_of_two_published_sums(edition):
    sums: Counter[tuple[str, ...]] = Counter()
    for row in rows_of(edition, "metrics"):
        if row["value"] is not None:
            sums[row["institution_id"], row["platform"], row["metric"]] += row["value"]
    rates = [
        row
        for row in rows_of(edition, "indicators")
        if row["indicator"] == "engagement_rate" and row["platform"] and row["value"] is not None
    ]
    assert {row["platform"] for row in rates} == {"instagram", "facebook", "youtube"}
    for row in rates:
        place = (row["institution_id"], row["platform"])
        part = sums[*place, "rated_interaction_count"]
        whole = sums[*place, "follower_exposure_count"]
        assert row["value"] == pytest.approx(1000 * part / whole, rel=1e-12)


def test_posts_of_the_campaign_are_those_whose_captions_have_its_hashtag(edition):
    """Counted by hand on accounts of whose campaign posts none is a copy, joint or gone."""
    with (edition / "brought" / "oddities.csv").open(encoding="utf-8", newline="") as file:
        odd = {
            (row["platform"], row["post_id"] or row["account_id"])
            for row in csv.DictReader(file)
            if row["kind"] in {"exact_copy", "collab", "deleted", "merge"}
        }
    found: Counter[str] = Counter()
    spellings, left_out = set(), set()
    for platform in ("instagram", "facebook", "youtube"):
        path = edition / "brought" / "exports" / f"posts-{platform}.parquet"
        for row in pq.read_table(path).to_pylist():
            account = f"{platform}:{row['account_id']}"
            if row["published_at"].astimezone(PLAN.zone).date().year != 2025:
                continue
            words = [word for word in row["text"].split() if word.casefold() == "#hutri80"]
            spellings.update(words)
            found[account] += len(words)
            if words and odd & {(platform, row["post_id"]), (platform, row["account_id"])}:
                left_out.add(account)
    assert spellings == {"#HUTRI80", "#hutri80"}
    counted: Counter[str] = Counter()
    for row in rows_of(edition, "metrics"):
        if row["metric"] == "campaign_post_count":
            counted[row["account_id"]] += row["value"]
    plain = sorted(counted.keys() - left_out)
    assert len(plain) > 20
    assert {one: counted[one] for one in plain} == {one: found[one] for one in plain}


def test_who_has_no_post_of_the_campaign_is_not_ranked_in_it(edition):
    scores = [row for row in rows_of(edition, "scores") if row["category"] == "campaign"]
    with_posts = {
        row["institution_id"]
        for row in rows_of(edition, "metrics")
        if row["metric"] == "campaign_post_count" and row["value"]
    }
    assert {row["institution_id"] for row in scores if row["rank"]} <= with_posts


def test_pages_say_that_raw_rates_are_not_size_adjusted(edition):
    for language, note in (("id", "tidak disesuaikan"), ("en", "not size-adjusted")):
        page = edition / "site" / language / "awards"
        (path,) = page.glob("highest-engagement-rate*agencies*.html")
        assert note in path.read_text("utf-8").lower()
