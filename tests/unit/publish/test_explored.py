"""What readers explore or take away: the map as Vega-Lite, its script, rankings as pictures."""

import json
import re
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest

from tolok.publish.language import Language
from tolok.publish.ranking import ranking_of
from tolok.publish.ranking_svg import build_ranking_svgs, ranking_svg
from tolok.publish.results import read_results
from tolok.publish.vega import SCRIPT, build_explored

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def explored(results):
    return dict(build_explored(results))


def spec_of(text):
    """The value that a script of data hands over."""
    return json.loads(text.partition("] = ")[2].rstrip(";\n"))


def test_each_cluster_with_points_has_a_map_in_each_language(explored):
    assert sorted(explored) == [
        "assets/data/map-agencies-en.js", "assets/data/map-agencies-id.js",
        "assets/data/map-ministries-en.js", "assets/data/map-ministries-id.js",
        "assets/data/map-twins-en.js", "assets/data/map-twins-id.js", SCRIPT,
    ]  # fmt: skip


def test_map_names_every_point_and_links_to_its_page(explored, invented):
    chart = spec_of(explored["assets/data/map-ministries-id.js"])
    ((_, points),) = chart["spec"]["datasets"].items()
    assert sorted(point["who"] for point in points) == sorted(
        name for name in invented.NAMES["ministries"] if name != "Kementerian Cahaya"
    )
    assert all(re.fullmatch(r"institutions/[a-z0-9-]+\.html", point["href"]) for point in points)
    assert chart["locale"]["decimal"] == ","
    assert [one["title"] for one in chart["spec"]["encoding"]["tooltip"]] == [
        "Instansi", "Unggahan per minggu", "Interaksi per unggahan", "Pengikut (median periode)",
    ]  # fmt: skip


def test_script_hands_over_one_thing_and_is_the_same_each_time(explored, results):
    text = explored[SCRIPT]
    assert re.search(r"\(window\.tolok=window\.tolok\|\|\{\}\)\.vegaEmbed=[^=]+;$", text.strip())
    assert dict(build_explored(results))[SCRIPT] == text


def test_site_without_a_point_has_no_script(results):
    silent = {
        name: replace(row, interaction_count=None) for name, row in results.institutions.items()
    }
    assert dict(build_explored(replace(results, institutions=silent))) == {}


def test_each_ranked_award_has_a_picture_in_each_language(results):
    assert sorted(dict(build_ranking_svgs(results))) == [
        f"assets/charts/{category}-{cluster}-{language}.svg"
        for category in ("active", "best")
        for cluster in ("agencies", "ministries")
        for language in ("en", "id")
    ]


def test_picture_tells_finding_names_scores_and_lock(results, invented):
    text = dict(build_ranking_svgs(results))["assets/charts/active-ministries-id.svg"]
    picture = fromstring(text)
    words = [one.text or "" for one in picture.iter(f"{SVG}text")]
    assert "Paling Aktif, Kementerian · SIMULASI" in words
    assert [word for word in words if re.fullmatch(r"\d\d,\d", word)] == [
        "80,0", "76,0", "72,0", "64,0", "60,0",
    ]  # fmt: skip
    assert "<script>alert('nama')</script> &…" in words  # escaped in the file
    assert words[-1].endswith(f"hash kunci aturan {invented.LOCK_HASH[:12]}")
    assert "<script" not in text


def test_picture_draws_intervals_where_they_are_known(invented, rules, tmp_path):
    invented.write_results(tmp_path / "results", intervals=True)
    known = read_results(tmp_path / "results", rules, None)
    award = known.awards["active", "ministries"]
    drawn = ranking_svg(ranking_of(award, known), "x", known, Language("en", rules))
    assert drawn.count('stroke-linecap="round"') == 5
    assert drawn.count('stroke-dasharray="6 4"') == 1
