"""The simulated edition is held to figures measured on real public accounts.

The figures are of the Instagram posts of 27 state governments (127,696 posts, 2021-2024) and, for
followers, of French members of parliament on X. Each test states the measured figure and how far
the simulation may be from it. Accounts are the main Instagram accounts that posted all year.
"""

import csv
from collections import defaultdict
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow.parquet as pq
import pytest

from tolok.registry.check import check_registry
from tolok.registry.read import read_registry
from tolok.simulate import SimulationPlan, simulate_edition
from tolok.simulate.names import CLUSTERS

HOUR, DAY, WEEK = (np.timedelta64(n, "h").astype("m8[us]").astype(int) for n in (1, 24, 168))
JAKARTA_OFFSET = 7 * HOUR

# Many accounts tell of the differences between them; few accounts that post as much as the
# measured ones (a median of about 1,069 a year) tell of days and weeks.
BROAD = SimulationPlan(institutions=120, posts=60_000, comments=2000, seed=11)
DENSE = SimulationPlan(institutions=40, posts=110_000, comments=2000, seed=12)


class Edition:
    """The Instagram posts of a simulated edition by account, and its other files."""

    def __init__(self, files):
        rows = pq.read_table(files.posts[0])
        column = {name: rows[name].to_numpy(zero_copy_only=False) for name in rows.column_names}
        known = ~np.isnan(column["reaction_count"]) & ~np.isnan(column["comment_count"])
        self.files = files
        self.text = column["text"]
        self.account = column["account_id"]
        self.known = known
        self.kind = column["kind"]
        self.reactions, self.comments = column["reaction_count"], column["comment_count"]
        self.y = np.log1p(self.reactions + self.comments)
        utc = column["published_at"].astype("M8[us]").astype(int)
        self.local = utc + JAKARTA_OFFSET
        self.odd = set()
        for row in csv_rows(files.oddities):
            if row["kind"] in {"hidden_likes", "bought_likes", "buyer", "split", "merge", "rename"}:
                self.odd.add(row["account_id"])
        inherited = {r["account_id"] for r in csv_rows(files.accounts) if r["valid_from"]}
        mains = {
            r["account_id"].partition(":")[2]
            for r in csv_rows(files.accounts)
            if r["platform"] == "instagram"
            and r["role"] == "main"
            and r["account_id"] not in inherited
        }
        self.mains = sorted(mains - self.odd)

    def each(self, values, *, known_only=True):
        """The values of each plain account, one array an account."""
        chosen = self.known if known_only else np.ones_like(self.known)
        return [values[(self.account == name) & chosen] for name in self.mains]


def csv_rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def standardised(values):
    return (values - values.mean()) / values.std()


@pytest.fixture(scope="module")
def broad(tmp_path_factory):
    return Edition(simulate_edition(tmp_path_factory.mktemp("broad"), BROAD))


@pytest.fixture(scope="module")
def dense(tmp_path_factory):
    return Edition(simulate_edition(tmp_path_factory.mktemp("dense"), DENSE))


def test_posts_an_account_spread_as_measured(broad):
    # 635, 768, 1,069, 1,391, 1,868 at 10, 25, 50, 75, 90 %: relative to the median, within 25 %.
    counts = [len(posts) for posts in broad.each(broad.y, known_only=False)]
    low, quarter, median, three_quarters, high = np.percentile(counts, [10, 25, 50, 75, 90])
    assert low / median == pytest.approx(635 / 1069, rel=0.25)
    assert quarter / median == pytest.approx(768 / 1069, rel=0.25)
    assert three_quarters / median == pytest.approx(1391 / 1069, rel=0.25)
    assert high / median == pytest.approx(1868 / 1069, rel=0.25)


def test_accounts_are_active_on_nearly_all_days(dense):
    # 332, 361, 366 active days at 10, 50, 90 %, by accounts with 635, 1,069, 1,868 posts a year:
    # within 12 days of the line through these points.
    posts = np.array([len(instants) for instants in dense.each(dense.local, known_only=False)])
    days = [len(np.unique(v // DAY)) for v in dense.each(dense.local, known_only=False)]
    measured = np.interp(posts, [635, 1069, 1868], [332, 361, 366])
    comparable = (posts > 600) & (posts < 2200)
    assert np.count_nonzero(comparable) >= 15
    assert np.mean((np.array(days) - measured)[comparable]) == pytest.approx(0, abs=12)


def test_posts_on_an_active_day_are_under_dispersed(dense):
    # Variance / mean 0.54, within 0.12.
    ratios = []
    for instants in dense.each(dense.local, known_only=False):
        _, counts = np.unique(instants // DAY, return_counts=True)
        ratios.append(counts.var() / counts.mean())
    assert np.median(ratios) == pytest.approx(0.54, abs=0.12)


def test_y_spreads_within_an_account_as_measured(broad):
    # Standard deviation 1.11 (0.86-1.31), within 0.08.
    spreads = [y.std() for y in broad.each(broad.y) if len(y) > 100]
    assert np.median(spreads) == pytest.approx(1.11, abs=0.08)
    assert np.percentile(spreads, 5) > 0.86 - 0.05
    assert np.percentile(spreads, 95) < 1.31 + 0.10


def test_y_is_skewed_and_heavy_tailed_within_an_account(broad):
    # Skew 0.64 and excess kurtosis 0.66, within 0.12 and 0.30.
    z = np.concatenate([standardised(y) for y in broad.each(broad.y) if len(y) > 100])
    assert (z**3).mean() == pytest.approx(0.64, abs=0.12)
    assert (z**4).mean() - 3 == pytest.approx(0.66, abs=0.30)


def test_means_of_accounts_spread_as_measured_once_audience_is_taken_off(broad):
    # Standard deviation 0.66, within 0.12; interactions grow like followers to the power 0.5,
    # within 0.12 (the power asked for).
    followers = defaultdict(list)
    for row in csv_rows(broad.files.followers):
        if row["platform"] == "instagram":
            followers[row["account_id"]].append(int(row["follower_count"]))
    size = np.log([np.median(followers[name]) for name in broad.mains])
    means = np.array([y.mean() for y in broad.each(broad.y)])
    slope, level = np.polyfit(size, means, 1)
    assert slope == pytest.approx(0.5, abs=0.12)
    assert (means - level - slope * size).std(ddof=2) == pytest.approx(0.66, abs=0.12)


def week_means(edition):
    """Means of y by account and week, the noise in them, and the account's own mean taken off."""
    monday = np.datetime64("2024-12-30", "us").astype(int)
    table, noise = np.full((len(edition.mains), 52), np.nan), []
    pairs = zip(edition.each(edition.y), edition.each(edition.local), strict=True)
    for index, (y, instants) in enumerate(pairs):
        weeks = (instants - monday) // WEEK
        for week in range(52):
            values = y[weeks == week]
            if len(values) > 4:
                table[index, week] = values.mean() - y.mean()
                noise.append(values.var(ddof=1) / len(values))
    return table, float(np.mean(noise))


def test_weeks_shake_an_account_as_measured(dense):
    # Shock of an account: standard deviation 0.25, within 0.06; lag-1 autocorrelation 0.33, within
    # 0.15; common shock: 0.125, within 0.06 (52 weeks are few).
    table, noise = week_means(dense)
    common = np.nanmean(table, axis=0)
    own = table - common
    variance = np.nanvar(own) - noise
    lagged = np.nanmean(own[:, 1:] * own[:, :-1])
    assert np.sqrt(variance) == pytest.approx(0.25, abs=0.06)
    assert lagged / variance == pytest.approx(0.33, abs=0.15)
    own_part = np.nanvar(own) / len(dense.mains)
    assert np.sqrt(common.var() - own_part) == pytest.approx(0.125, abs=0.06)


def test_interactions_concentrate_in_few_posts_as_measured(dense):
    # The top 1 % of posts hold 15 % (11-30 %), the largest post 3.8 %: the medians inside 11-30 %
    # and within 2 points.
    tops, largest = [], []
    for y in dense.each(dense.y):
        interactions = np.sort(np.expm1(y))[::-1]
        tops.append(interactions[: max(1, round(len(y) / 100))].sum() / interactions.sum())
        largest.append(interactions[0] / interactions.sum())
    assert 0.11 < np.median(tops) < 0.30
    assert np.median(largest) == pytest.approx(0.038, abs=0.02)


def test_comments_are_a_small_and_uneven_share_of_interactions(broad):
    # 4.6 % of interactions, within 1 point; sd of ln((comments+1)/(reactions+1)) within an account
    # 0.76, within 0.08.
    comments, reactions = broad.comments[broad.known], broad.reactions[broad.known]
    share = comments.sum() / (comments + reactions).sum()
    ratio = np.log((broad.comments + 1) / (broad.reactions + 1))
    assert share == pytest.approx(0.046, abs=0.01)
    assert np.median([r.std() for r in broad.each(ratio)]) == pytest.approx(0.76, abs=0.08)


def test_reels_are_two_fifths_of_posts_and_get_as_much_as_images(broad):
    # 60 % image or carousel, 40 % reel, within 3 points; equal mean y inside accounts, within 0.1.
    is_reel = broad.kind == "short_video"
    assert is_reel.mean() == pytest.approx(0.40, abs=0.03)
    pairs = zip(broad.each(broad.y), broad.each(is_reel), strict=True)
    gaps = [y[reel].mean() - y[~reel].mean() for y, reel in pairs if len(y) > 100]
    assert np.mean(gaps) == pytest.approx(0.0, abs=0.1)


def test_hours_of_the_local_day_have_the_measured_profile(broad):
    # Each figure within 0.7 points.
    hours = np.bincount(broad.local // HOUR % 24, minlength=24) / len(broad.local)
    measured = [0.018, 0.043, 0.091, 0.073, 0.073, 0.084, *[0.073] * 5, 0.087, 0.058, 0.051]
    assert hours[:7].sum() == pytest.approx(0.016, abs=0.007)
    assert hours[7:21] == pytest.approx(measured, abs=0.007)
    assert hours[21:].sum() == pytest.approx(0.054, abs=0.007)


def test_weekdays_have_the_measured_profile(broad):
    # Each figure within 0.7 points; 1970-01-01 was a Thursday.
    weekdays = np.bincount((broad.local // DAY + 3) % 7, minlength=7) / len(broad.local)
    measured = [0.148, 0.159, 0.156, 0.161, 0.168, 0.116, 0.091]
    assert weekdays == pytest.approx(measured, abs=0.007)


def test_captions_are_as_long_as_measured(broad):
    # 218, 443, 808 characters at 10, 50, 90 %, within 10 %; 3.1 hashtags, within 0.1.
    lengths = np.array([len(text) for text in broad.text])
    assert np.percentile(lengths, [10, 50, 90]) == pytest.approx([218, 443, 808], rel=0.10)
    tags = np.mean([text.count("#") for text in broad.text])
    assert tags == pytest.approx(3.1, abs=0.1)


def copied_shares(accounts, texts):
    """The share of each account's posts that repeat an earlier caption of it, word by word."""
    captions = defaultdict(list)
    for account, text in zip(accounts, texts, strict=True):
        captions[account].append(text)
    return {name: 1 - len(set(said)) / len(said) for name, said in captions.items()}


def test_captions_are_rarely_exact_copies_but_for_one_account(broad):
    # 0.6 % of posts, within 0.25 points; the largest account 12 %, within 4 points.
    shares = copied_shares(broad.account, broad.text)
    counts = {name: np.count_nonzero(broad.account == name) for name in shares}
    overall = sum(shares[n] * counts[n] for n in shares) / len(broad.text)
    assert overall == pytest.approx(0.006, abs=0.0025)
    facebook = pq.read_table(broad.files.posts[1], columns=["account_id", "text"])
    shares = copied_shares(facebook["account_id"].to_pylist(), facebook["text"].to_pylist())
    [copier] = [r["account_id"] for r in csv_rows(broad.files.oddities) if r["kind"] == "copier"]
    assert max(shares, key=lambda name: shares[name]) == copier
    assert shares[copier] == pytest.approx(0.12, abs=0.04)


def test_hidden_likes_are_rare_and_bunched(broad):
    # 0.34 % of posts, within 0.05 points, in a few accounts.
    hidden = np.isnan(broad.reactions) & ~np.isnan(broad.comments)
    assert hidden.mean() == pytest.approx(0.0034, abs=0.0005)
    assert len(np.unique(broad.account[hidden])) <= 3


def test_followers_spread_and_grow_as_measured(tmp_path):
    # log10 followers: sd 0.67 about the means of clusters and platforms, within 0.08. Log growth
    # in two months: median 0.029-0.036, 5-95 % 0.002-0.28, 1-3 % shrink; widened by a third, since
    # the growth of 700 accounts is drawn once.
    files = simulate_edition(tmp_path, SimulationPlan(posts=10_550, comments=0))
    cluster = {r["institution_id"]: r["cluster"] for r in csv_rows(files.institutions)}
    role: dict[tuple[str, str], tuple[str, str]] = {}
    for row in csv_rows(files.accounts):
        key = row["platform"], row["account_id"].partition(":")[2]
        role.setdefault(key, (cluster[row["institution_id"]], row["role"]))
    series = defaultdict(list)
    for row in csv_rows(files.followers):
        series[row["platform"], row["account_id"]].append(int(row["follower_count"]))
    groups, growth = defaultdict(list), []
    for key, counts in series.items():
        if role[key][1] == "main":
            groups[key[0], role[key][0]].append(np.log10(counts[26]))
        growth.append(np.log(counts[-1] / counts[0]) / (len(counts) - 1) * 61 / 7)
    spread = np.concatenate([np.array(g) - np.mean(g) for g in groups.values()]).std()
    assert spread == pytest.approx(0.67, abs=0.08)
    low, median, high = np.percentile(growth, [5, 50, 95])
    assert median == pytest.approx(0.0325, abs=0.008)
    assert low == pytest.approx(0.002, abs=0.004)
    assert high == pytest.approx(0.28, abs=0.10)
    assert 0.007 < np.mean(np.array(growth) < 0) < 0.04


def test_week_of_the_crisis_stands_out_as_measured(dense):
    # Mean 4,021 interactions against a median of 761: a factor of 5.3. The weeks' own shocks and
    # the spread of some 20 posts make a standard error of 0.37 in its logarithm: within 3 of these.
    odd = [r["post_id"] for r in csv_rows(dense.files.oddities) if r["kind"] == "crisis"]
    rows = pq.read_table(dense.files.posts[0], columns=["post_id"])
    ids = rows["post_id"].to_numpy(zero_copy_only=False)
    in_crisis = np.isin(ids, odd) & dense.known
    [account] = np.unique(dense.account[in_crisis])
    usual = dense.y[(dense.account == account) & ~in_crisis & dense.known]
    lift = dense.y[in_crisis].mean() - usual.mean()
    assert lift == pytest.approx(np.log(4021 / 761), abs=3 * 0.37)


@pytest.mark.parametrize("size", [(12, 600), (211, 10_550), (2000, 100_000)])
def test_simulated_registry_can_be_read_and_has_nothing_to_mend(tmp_path, size):
    institutions, posts = size
    plan = SimulationPlan(institutions=institutions, posts=posts, comments=0)
    files = simulate_edition(tmp_path, plan)
    registry = read_registry(files.accounts.parent)
    assert len(registry.institutions) == institutions
    platforms = ("instagram", "facebook", "x", "youtube", "tiktok", "web")
    findings = check_registry(registry, CLUSTERS, platforms, plan.window)
    assert [str(finding) for finding in findings if finding.severity == "fault"] == []


def correlation(one, other):
    return float(np.corrcoef(one, other)[0, 1])


def test_truth_shows_in_the_data(broad):
    # Qualities are there to be found again: correlated with what they shape by more than 0.5.
    truth = {r["institution_id"]: r for r in csv_rows(broad.files.truth)}
    owner = {r["account_id"].partition(":")[2]: r for r in csv_rows(broad.files.accounts)}
    mine = [truth[owner[name]["institution_id"]] for name in broad.mains]
    posts = np.log([len(y) for y in broad.each(broad.y)])
    assert correlation(posts, [float(t["activity"]) for t in mine]) > 0.5
    is_reel = broad.each(broad.kind == "short_video")
    gaps = [
        y[reel].mean() - y[~reel].mean()
        for y, reel in zip(broad.each(broad.y), is_reel, strict=True)
    ]
    skill = [float(t["videos"]) - float(t["images"]) for t in mine]
    assert correlation(gaps, skill) > 0.5


def test_a_change_to_summer_time_keeps_the_local_profile(tmp_path):
    plan = SimulationPlan(institutions=12, posts=20_000, comments=0, time_zone="Europe/Berlin")
    files = simulate_edition(tmp_path, plan)
    zone = ZoneInfo("Europe/Berlin")
    instants = pq.read_table(files.posts[0], columns=["published_at"])["published_at"].to_pylist()
    hours = {"winter": np.zeros(24), "summer": np.zeros(24)}
    for instant in instants:
        local = instant.astimezone(zone)
        hours["summer" if local.dst() else "winter"][local.hour] += 1
    for counts in hours.values():
        share = counts / counts.sum()
        assert share[9] == pytest.approx(0.091, abs=0.015)
        assert share[7] == pytest.approx(0.018, abs=0.010)
        assert all(early < late for early, late in pairwise(share[6:10]))
