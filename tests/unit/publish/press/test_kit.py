"""The press kit of an award in every state that a jury leaves: what it says, and escapes."""

from dataclasses import replace

import pytest
from tests.verdict_cases import HOSTILE_REASON, STATES, judge, jury_rules

from tolok.publish.language import Language
from tolok.publish.press.fields import escaped, values_of
from tolok.publish.press.kit import awarded, build_press, release_of
from tolok.publish.press.template import FIELDS, read_release
from tolok.publish.results import read_results

KEY = ("active", "ministries")
CHARTS = [f"press/charts/active-ministries-{code}.{kind}" for code in ("id", "en")
          for kind in ("png", "svg")]  # fmt: skip


@pytest.fixture(scope="module")
def judged(invented, rules, tmp_path_factory):
    """A function: the results of an edition whose jury has left one award in a state."""

    def results_of(state, **edition):
        folder = tmp_path_factory.mktemp("judged") / "results"
        made = invented.tables(intervals=True)
        judge(made, STATES[state])
        invented.write_results(folder, made=made)
        changed = jury_rules(rules)
        changed = replace(changed, edition=replace(changed.edition, **edition))
        return read_results(folder, changed, invented.LOCK_HASH)

    return results_of


def values(results, code="en"):
    return values_of(results.awards[KEY], results, Language(code, results.rules))


@pytest.mark.parametrize("state", [name for name in STATES if name != "undecided"])
@pytest.mark.parametrize("code", ["id", "en"])
def test_every_field_has_a_value_and_the_release_names_the_winner(judged, state, code):
    results = judged(state)
    found = values(results, code)
    assert set(found) == set(FIELDS)
    language = Language(code, results.rules)
    text = release_of(results.awards[KEY], read_release(results.edition, code), results, language)
    assert f"# {found['winner']} " in text
    assert "{" not in text


def test_clear_winner_in_numbers(judged):
    found = values(judged("clear"))
    assert (found["winner"], found["category"], found["cluster"]) == (
        "Kementerian Bukit", "Most Active", "Ministries",
    )  # fmt: skip
    assert found["place"] == "By the data Kementerian Bukit ranks 2 of 5 (interval 1–3)."
    assert found["nominees"].split("\n") == [
        "- Kementerian Awan: rank 1 by the data (interval 1–2)",
        "- Kementerian Bukit **(winner)**: rank 2 by the data (interval 1–3)",
        "- Kementerian Cahaya: rank 3 by the data (interval 2–4)",
    ]
    assert found["figures"].split("\n") == [
        "- 1,200 posts, or 46.4 a week",
        "- 123,457 interactions",
        "- 617,283 followers (median of the window)",
        "- score 76.0 in this category (50 is the median of all ranked institutions)",
    ]
    sure = found["sure"].replace("\N{NO-BREAK SPACE}", " ")
    assert sure == "Chance that the jury found the best: 9 of 10 (Kementerian Bukit)."
    assert (found["override"], found["address"]) == ("", "")


def test_shared_award_names_both_winners_with_their_figures(judged):
    found = values(judged("shared"), "id")
    assert found["winner"] == "Kementerian Awan dan Kementerian Bukit"
    assert found["figures"].count("unggahan") == 2
    assert found["nominees"].count("**(pemenang)**") == 2


def test_override_is_told_with_its_reason_escaped(judged):
    found = values(judged("overridden"))
    assert escaped(HOSTILE_REASON) in found["override"]
    assert "<script" not in found["override"].replace("\\<script", "")


def test_unknown_figures_are_said_to_be_unknown(judged):
    results = judged("overridden")  # its winner has neither interactions nor followers
    lines = values(results)["figures"].split("\n")
    assert lines[1:3] == ["- interactions not known", "- followers not known"]


def test_address_of_the_site_makes_addresses_of_award_and_chart(judged):
    found = values(judged("clear", address="https://contoh.go.id/award"), "id")
    assert found["address"] == "https://contoh.go.id/award/id/awards/active-ministries.html"
    assert found["chart"].startswith("https://contoh.go.id/award/press/charts/active-ministries-id")


def test_only_awards_with_a_winner_have_a_kit(judged, results):
    assert [award.key for award in awarded(judged("clear"))] == [
        KEY, ("active", "agencies"), ("best", "agencies"),
    ]  # fmt: skip
    undecided = {path for path, _ in build_press(judged("undecided"))}
    assert [path for path in undecided if "active-ministries" in path] == []
    assert [award.key for award in awarded(results)] == [
        ("active", "agencies"),
        ("best", "agencies"),
    ]


def test_award_decided_by_the_data_says_so(judged):
    results = judged("clear")
    award = results.awards["active", "agencies"]
    found = values_of(award, results, Language("en", results.rules))
    assert found["jury"] == ("This award was decided by the data alone: the winner ranks first.")
    assert found["sure"].startswith("Chance that Fajar is indeed first: ")


def test_kit_has_a_release_and_charts_in_both_languages_the_same_each_time(judged):
    results = judged("clear")
    first, second = (dict(build_press(results)) for _ in range(2))
    assert first == second
    of_award = sorted(path for path in first if "active-ministries" in path)
    assert of_award == sorted(
        ["press/active-ministries-id.md", "press/active-ministries-en.md", *CHARTS]
    )


def test_simulated_release_says_so_whatever_the_text(judged):
    (text,) = [content for path, content in build_press(judged("clear"))
               if path == "press/active-ministries-id.md"]  # fmt: skip
    assert str(text).startswith("**SIMULASI: semua nama dan angka rekaan**\n")
    (text,) = [content for path, content in build_press(judged("clear", is_simulated=False))
               if path == "press/active-ministries-id.md"]  # fmt: skip
    assert str(text).startswith("**SIARAN PERS**\n")
    assert "SIMULASI" not in str(text)
