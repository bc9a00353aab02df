"""What would bring an institution among the nominees."""

import pytest

from tolok.publish.language import Language
from tolok.publish.reach import reach_of
from tolok.publish.results import read_results
from tolok.publish.size import band_place


@pytest.fixture
def language(rules):
    return Language("id", rules)


def reach(results, language, institution_id, key=("active", "ministries")):
    return reach_of(institution_id, results.awards[key], "awards/x.html", results, language)


def test_gap_is_told_with_the_indicators_that_lack_most(results, language):
    found = reach(results, language, "kementerian-embun")
    assert found is not None
    assert found.sentence == "Kurang 8,0 poin dari Cahaya, nominasi urutan 3."
    assert [(gap.label, gap.own, gap.other) for gap in found.gaps] == [
        ("Hari aktif", 63.0, 69.0), ("Balasan", 63.0, 69.0),
    ]  # fmt: skip
    assert [gap.weighted for gap in found.gaps] == pytest.approx([3.6, 2.4])
    assert (found.label, found.path, found.is_there) == ("Paling Aktif", "awards/x.html", False)


def test_nominee_is_there_already(results, language):
    found = reach(results, language, "kementerian-bukit")
    assert found is not None
    assert (found.sentence, found.gaps, found.is_there) == (
        "Sudah masuk nominasi, peringkat 2.", (), True
    )  # fmt: skip


def test_unranked_has_no_way(results, language):
    assert reach(results, language, "kementerian-danau") is None
    twins = ("active", "twins")
    assert reach(results, language, "kota-kembar-timur", twins) is None


def test_cheapest_known_means_is_told(invented, rules, language, tmp_path):
    made = invented.tables()
    head = {
        "category": "active", "cluster": "ministries", "institution_id": "kementerian-embun",
        "rank": 4, "outcome": "nominee", "bound": 900, "own_count": 100, "recipe": "weakest/all",
    }  # fmt: skip
    made["flips"] = [
        head | {"means": "interactions", "cost": None, "cost_share": None},
        head | {"means": "posts", "cost": 1234, "cost_share": 0.1, "recipe": "median_post/all"},
    ]
    invented.write_results(tmp_path / "results", made=made)
    found = reach(read_results(tmp_path / "results", rules, None), language, "kementerian-embun")
    assert found is not None
    assert found.sentence == (
        "Kurang 8,0 poin dari Cahaya, nominasi urutan 3. "
        "Selisihnya setara dengan 1.234 unggahan tambahan seperti mediannya."
    )


def test_place_among_those_of_the_same_size(invented, rules, tmp_path):
    made = invented.tables()
    made["size_comparison"] = [
        {"category": "active", "cluster": "ministries", "institution_id": name, "size_band": band,
         "score": 1.0, "rank": 1, "raw_rate": None, "raw_rank": None, "band_rank": rank}
        for name, band, rank in (
            ("kementerian-awan", "0-10000", 1),
            ("kementerian-bukit", "0-10000", 2),
            ("kementerian-cahaya", None, None),
            ("kementerian-embun", "10000-", 1),
        )
    ]  # fmt: skip
    invented.write_results(tmp_path / "results", made=made)
    results = read_results(tmp_path / "results", rules, None)
    names = ("kementerian-awan", "kementerian-bukit", "kementerian-cahaya", "kementerian-embun",
             "kementerian-danau")  # fmt: skip
    assert [band_place(name, "active", results) for name in names] == [
        (1, 2), (2, 2), None, (1, 1), None,
    ]  # fmt: skip
