"""A scorecard's times and kinds of posts: findings, charts, and what is said of too little."""

from math import exp

import pytest

from tolok.publish.habits import HOURS, habits_of, signed_share
from tolok.publish.language import Language
from tolok.publish.rows import PostingHourRow


@pytest.fixture
def language(rules):
    return Language("id", rules)


def test_finding_names_the_best_time_with_its_interval(results, rules, language):
    habits = habits_of("kementerian-awan", results, language)
    assert habits is not None
    assert habits.times is not None
    assert habits.times.finding == (
        "Unggahan pukul 18–21 mendapat 65% lebih banyak interaksi daripada biasanya "
        "(90%: +55% sampai +74%)."
    )
    english = habits_of("kementerian-awan", results, Language("en", rules))
    assert english is not None
    assert english.kinds is not None
    assert english.kinds.finding == (
        "Posts of the kind “short video” got 64% more interactions than usual (90%: +54% to +76%)."
    )


def test_groups_without_posts_have_a_lane_and_no_dot(results, language):
    habits = habits_of("kementerian-awan", results, language)
    assert habits is not None
    assert habits.times is not None
    lanes = {lane.label: lane for lane in habits.times.lanes}
    assert list(lanes) == [
        "00–03", "03–06", "06–09", "09–12", "12–15", "15–18", "18–21", "21–24"
    ]  # fmt: skip
    assert (lanes["00–03"].count, lanes["00–03"].at, lanes["00–03"].text) == (0, None, "")
    evening, morning = lanes["18–21"], lanes["09–12"]
    assert (evening.text, evening.is_separable, evening.count) == ("+65%", True, 420)
    assert (morning.text, morning.is_separable) == ("−39%", True)
    assert habits.times.usual == 50.0
    assert [text for _, text in habits.times.ticks] == ["−33%", "0%", "+50%"]


def test_no_difference_is_said_to_be_none(results, language):
    habits = habits_of("kementerian-bukit", results, language)
    assert habits is not None
    assert habits.times is not None
    assert habits.times.finding == "Tidak ada jam unggah yang dapat dibedakan dari biasanya."
    assert [lane.is_separable for lane in habits.times.lanes] == [False] * 8


def test_too_few_known_posts_say_nothing(results, language):
    unknown = habits_of("kementerian-cahaya", results, language)
    few = habits_of("kementerian-embun", results, language)
    assert unknown is not None
    assert few is not None
    assert (unknown.times, unknown.weekdays) == (None, None)
    assert few.kinds is None


def test_institution_without_posts_has_no_habits(results, language):
    assert habits_of("kota-kembar-barat", results, language) is None


def test_grid_counts_every_hour_once(results, language):
    habits = habits_of("kementerian-awan", results, language)
    assert habits is not None
    grid = habits.grid
    assert [row[9] for row in grid.counts] == [61, 62, 63, 64, 65, 66, 67]
    assert sum(map(sum, grid.counts)) == 2 * sum(range(61, 68))
    assert [len(row) for row in grid.counts] == [len(HOURS)] * 7
    assert grid.highest == 67
    assert sum(path.count("M") for path in grid.shades) == 14
    assert grid.finding.startswith("35% dari 896 unggahan")


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.2449, "+24%"), (-0.031, "−3%"), (0.004, "0%"), (-0.004, "0%"), (exp(1) - 1, "+172%")],
)
def test_share_above_the_usual_has_its_sign(language, share, text):
    assert signed_share(share, language) == text


def test_hours_are_read_whole(results):
    assert results.posting_hours_of["badan-gema"][0] == PostingHourRow(
        "badan-gema", "instagram", 1, 9, 61, 60, 0, 60 * 2**19
    )
