"""The rules of an edition folder: one planted fault is found, with its file and line."""

import shutil

import pytest

from tolok.errors import FaultsFound, FileFault, NotAnEdition
from tolok.methodology.rules import read_rules, rule_files
from tolok.methodology.template import new_edition


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound") / "edition"
    new_edition(folder)
    return folder


@pytest.fixture
def edition(sound, tmp_path):
    shutil.copytree(sound, tmp_path / "edition")
    return tmp_path / "edition"


def plant(folder, file, old, new):
    """Put a text in the place of another's first occurrence; the line where it stands."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def found_in(folder):
    with pytest.raises(FaultsFound) as found:
        read_rules(folder)
    each = [fault for fault in found.value.exceptions if isinstance(fault, FileFault)]
    assert len(each) == len(found.value.exceptions)
    return each


def faults_of(folder):
    """Each fault of the rules as file, line and column."""
    return [(fault.file, fault.line, fault.column) for fault in found_in(folder)]


def problems_of(folder):
    return [fault.problem for fault in found_in(folder)]


E, C = "edition.toml", "columns.toml"
M, A = "metrics/counts.toml", "metrics/activity.toml"
ACTIVE, IMAGES = "categories/most-active.toml", "categories/best-use-of-images.toml"
ENGAGING, VIDEOS = "categories/most-engaging.toml", "categories/best-use-of-videos.toml"
BEST = "categories/best-account.toml"
PLANTED = [
    (E, 'name = "gsm-2025"', 'name = ""', "name"),
    (E, 'name = "gsm-2025"', "name = 2025", "name"),
    (E, "title = {", "titel = {", "titel"),
    (E, 'id = "Penghargaan Media Sosial Pemerintah 2025"', 'nl = "x"', "title"),
    (E, 'time_zone = "Asia/Jakarta"', 'time_zone = "Asia/Jakrta"', "time_zone"),
    (E, 'time_zone = "Asia/Jakarta"', 'time_zone = "Asia"', "time_zone"),
    (E, 'time_zone = "Asia/Jakarta"', 'time_zone = "../etc"', "time_zone"),
    (E, "opens_on = 2025-01-01", 'opens_on = "2025-01-01"', "opens_on"),
    (E, "opens_on = 2025-01-01", "opens_on = 2025-01-01T00:00:00", "opens_on"),
    (E, "closes_on = 2026-01-01", "closes_on = 2025-01-01", "closes_on"),
    (E, "closes_on = 2026-01-01", "closes_on = 2024-12-31", "closes_on"),
    (E, '"instagram", "facebook"', '"instagran", "facebook"', "platforms"),
    (E, 'languages = ["id", "en"]', 'languages = ["id", "fr"]', "languages"),
    (E, 'languages = ["id", "en"]', "languages = []", "languages"),
    (E, "nominee_count = 3", "nominee_count = 0", "nominee_count"),
    (E, 'decision = "jury"', 'decision = "lot"', "decision"),
    (E, "simulated = false", 'simulated = "no"', "simulated"),
    (E, 'name = "ministries"', 'nam = "ministries"', "cluster.nam"),
    (E, "web = 0.0", "webs = 0.0", "platform_weights.webs"),
    (E, "web = 0.0", "web = -1.0", "platform_weights.web"),
    (E, "web = 0.0", "web = nan", "platform_weights.web"),
    (E, 'rule = "at_age"', 'rule = "at_birth"', "snapshot.rule"),
    (E, "age_days = 14.0", "age_days = -1", "snapshot.age_days"),
    (E, "tolerance_days = 2.0", "tolerence_days = 2.0", "snapshot.tolerence_days"),
    (E, 'account = "days_owned"', 'account = "nobody"', "attribution.account"),
    (E, 'collab = "full"', 'collab = ""', "attribution.collab"),
    (E, 'min_grade = "A"', 'min_grade = "D"', "attribution.min_grade"),
    (E, "min_active_weeks = 26", "min_active_weeks = 2.5", "eligibility.min_active_weeks"),
    (E, "min_platform_share = 0.", "min_platform_share = 7.", "eligibility.min_platform_share"),
    (E, "min_cluster_size = 5", "min_cluster_size = 0", "eligibility.min_cluster_size"),
    (E, "trim_share = 0.1", "trim_share = 0.5", "scoring.trim_share"),
    (E, "z_floor = -3.0", "z_floor = 3.0", "scoring.z_floor"),
    (E, "block_weeks = 4", "block_weeks = 0", "scoring.block_weeks"),
    (E, "daily_cap = 10", "daily_cap = true", "scoring.daily_cap"),
    (E, "daily_cap = 10", "copy_cap = 10", "scoring.copy_cap"),
    (C, "[interaction_count]", "[interactions]", "interactions"),
    (C, "instagram = [", "instagran = [", "interaction_count.instagran"),
    (C, '"reaction_count", "comment_count"]', '"like_count"]', "interaction_count.instagram"),
    (C, '["reaction_count", "comment_count"]', '"reaction_count"', "interaction_count.instagram"),
    (M, 'unit = "posts"', "", "post_count.unit"),
    (M, 'unit = "posts"', "unit = 1", "post_count.unit"),
    (M, "additive = true", 'additive = "yes"', "post_count.additive"),
    (M, "additive = true", "adittive = true", "post_count.adittive"),
    (M, 'sql = "COUNT(*) FILTER (WHERE is_own)"', 'sql = ""', "post_count.sql"),
    (M, "value = { a = 2, b = 2 }", 'value = { a = "two" }', "post_count.example.value"),
    (M, "value = { a = 2, b = 2 }", "value = { a = true }", "post_count.example.value"),
    (M, "value = { a = 2, b = 2 }", "valu = { a = 2 }", "post_count.example.valu"),
    (M, '"a", "a", "a", "b", "b"]', '"a"]', "post_count.example.rows"),
    (M, "rows = { account_id", "rows = {} # {", "post_count.example.rows"),
    (M, "[clean_post_count]", "[weeks]", "weeks"),
    (M, "[clean_post_count]", "[known_0]", "known_0"),
    (M, "[clean_post_count]", '["Clean posts"]', "Clean posts"),
    (A, 'table = "weeks"', 'table = "wekks"', "busy_week_count.table"),
    (A, 'grain = "institution"', 'grain = "cluster"', "active_day_count.grain"),
    (BEST, 'name = "best-account"', "", "name"),
    (ACTIVE, "order = 1", "order = 0", "order"),
    (ACTIVE, "aggregation = ", "agregation = ", "agregation"),
    (ACTIVE, '"arithmetic"', '"harmonic"', "aggregation"),
    (ACTIVE, "weight = 0.30", "weight = -0.30", "indicator.weight"),
    (ACTIVE, "weight = 0.20", "weight = inf", "indicator.weight"),
    (ACTIVE, 'model = "share"', 'model = "sahre"', "indicator.model"),
    (ACTIVE, 'transform = "log1p"', 'transform = "sqrt"', "indicator.transform"),
    (ACTIVE, 'numerator = "active_day_count"', 'numerator = "active_days"', "indicator.ratio"),
    (ACTIVE, 'denominator = "weeks"', 'denominator = "years"', "indicator.ratio"),
    (ACTIVE, 'numerator = "active_day_count"', 'numerator = "days"', "indicator.ratio"),
    (ACTIVE, 'metric = "capped_post_count"', 'metric = "post_counts"', "indicator.metric"),
    (ACTIVE, 'metric = "capped_post_count"', 'metric = "engagement_rate"', "indicator.metric"),
    (ACTIVE, 'metric = "clean_post_count"', 'metric = "active_day_count"', "indicator.metric"),
    (ACTIVE, "per = 100.0", "per = 0", "indicator.per"),
    (ACTIVE, "per_week = true", "per_week = 1", "indicator.per_week"),
    (ENGAGING, 'metric = "interaction_count"', 'metric = "active_day_count"', "indicator.metric"),
    (IMAGES, 'kinds = ["image", "carousel"]', 'kinds = ["picture"]', "gate.kinds"),
    (IMAGES, "min_posts = 24", "minposts = 24", "gate.minposts"),
    (VIDEOS, '"video+live"', '"video+lives"', "indicator.strata"),
    (VIDEOS, '"video+live"', '"video+short_video"', "indicator.strata"),
    (VIDEOS, 'measure = "view_count"', 'measure = "views"', "indicator.measure"),
    (BEST, 'category = "most-active"', 'category = "most-actve"', "indicator.category"),
    (BEST, 'absent = "fifth_percentile"', 'absent = "zero"', "indicator.absent"),
]


def test_shipped_rules_have_no_fault(edition):
    assert len(read_rules(edition).metrics) == 26


@pytest.mark.parametrize(("file", "old", "new", "column"), PLANTED)
def test_planted_fault_is_found_at_its_line(edition, file, old, new, column):
    line = plant(edition, file, old, new)
    found = faults_of(edition)
    assert {name for name, *_ in found} == {file} or new.startswith("[")
    at = [one for one in found if one[2] == column]
    # A key that is gone is missed at the table that it should stand in.
    assert at[0][1] == line or (not new and at[0][1] < line)


@pytest.mark.parametrize(
    ("file", "old", "new", "problems"),
    [
        (ACTIVE, "ratio = [{ numerator", "kinds = [] # [{", ["'share' needs 'ratio'."]),
        (ACTIVE, 'metric = "capped_post_count"', 'metric = ""', ["'total' needs 'metric'."]),
        (ACTIVE, 'metric = "clean_post_count"', "", ["'diversity' needs 'metric'."]),
        (BEST, 'category = "most-active"', "", ["'category' needs 'category'."]),
        (ACTIVE, 'name = "busy_weeks"', 'name = "active_days"', ["two indicators have one name."]),
        (E, 'name = "agencies"', 'name = "ministries"', ["two clusters have one name."]),
        (BEST, 'name = "best-account"', 'name = "most-active"', ["'most-active' names two"] * 2),
        (A, "[busy_week_count]", "[post_count]", ["is defined twice.", "'busy_week_count' is no"]),
        (A, 'table = "weeks"\ngrain = "institution"', 'table = "weeks"', ["weeks has rows of"]),
        (
            BEST,
            'category = "most-active"',
            'category = "best-account"',
            ["best-account takes the score of best-account."],
        ),
    ],
)
def test_rules_that_contradict_each_other_are_a_fault(edition, file, old, new, problems):
    plant(edition, file, old, new)
    if file == A and "post_count" in new:
        for metric in ("example", "example.rows"):
            text = (edition / A).read_text("utf-8")
            (edition / A).write_text(
                text.replace(f"[busy_week_count.{metric}]", f"[post_count.{metric}]")
            )
    told = problems_of(edition)
    assert len(told) == len(problems)
    assert all(one.startswith(problem) for one, problem in zip(told, problems, strict=True))


def test_categories_that_score_each_other_in_a_circle_are_a_fault(edition):
    plant(
        edition,
        ACTIVE,
        'model = "diversity"\nmetric = "clean_post_count"',
        'model = "category"\ncategory = "best-account"',
    )
    (problem,) = problems_of(edition)
    assert set(problem.removesuffix(".").split(" takes the score of ")) == {
        "best-account",
        "most-active",
    }


def test_weights_that_add_up_to_nothing_are_a_fault(edition):
    path = edition / ENGAGING
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join("weight = 0" if x.startswith("weight") else x for x in lines))
    assert problems_of(edition) == ["the weights add up to nothing."] * 2  # indicators, criteria


def test_all_faults_of_all_files_are_told_at_once(edition):
    expected = [
        (file, plant(edition, file, old, new), column)
        for file, old, new, column in [
            (E, "nominee_count = 3", "nominee_count = 0", "nominee_count"),
            (E, "closes_on = 2026-01-01", "closes_on = 2024-01-01", "closes_on"),
            (E, 'decision = "jury"', 'decision = "lot"', "decision"),
            (C, "instagram = [", "instagran = [", "interaction_count.instagran"),
            (A, 'table = "weeks"', 'table = "wekks"', "busy_week_count.table"),
            (M, 'unit = "posts"', "unit = 1", "post_count.unit"),
            (BEST, "order = 5", "order = -5", "order"),
            (ACTIVE, "weight = 0.30", "weight = -0.30", "indicator.weight"),
        ]
    ]
    assert sorted(faults_of(edition)) == sorted(expected)


def test_file_that_is_no_toml_hides_no_other_file_and_calls_forth_no_false_fault(edition):
    plant(edition, M, 'unit = "posts"', "unit = posts")
    line = plant(edition, E, "nominee_count = 3", "nominee_count = 0")
    assert faults_of(edition) == [(E, line, "nominee_count"), (M, 6, None)]


def test_missing_columns_file_is_a_fault(edition):
    (edition / C).unlink()
    assert faults_of(edition) == [(C, None, None)]


def test_folder_without_an_edition_is_none(tmp_path):
    with pytest.raises(NotAnEdition, match=r"no edition\.toml here"):
        read_rules(tmp_path)


def test_title_of_the_faults_counts_them(edition):
    plant(edition, E, "nominee_count = 3", "nominee_count = 0")
    with pytest.raises(FaultsFound, match="edition: 1 fault in the rules"):
        read_rules(edition)
    plant(edition, E, 'decision = "jury"', 'decision = "lot"')
    with pytest.raises(FaultsFound, match="edition: 2 faults in the rules"):
        read_rules(edition)


def test_rule_files_stand_in_a_fixed_order(edition):
    assert [path.relative_to(edition).as_posix() for path in rule_files(edition)] == [
        "edition.toml",
        "columns.toml",
        "metrics/activity.toml",
        "metrics/counts.toml",
        "metrics/engagement.toml",
        "categories/best-account.toml",
        "categories/best-use-of-images.toml",
        "categories/best-use-of-videos.toml",
        "categories/most-active.toml",
        "categories/most-engaging.toml",
    ]
