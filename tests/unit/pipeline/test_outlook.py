"""The check foretells what will not be ranked; publishing refuses results that are outdated."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tolok.methodology.template import new_edition, write_edition
from tolok.model import Account, Institution, Registry
from tolok.pipeline.check import check
from tolok.pipeline.importing import ImportOptions, import_files
from tolok.pipeline.locking import lock
from tolok.pipeline.publish import NotScored, ResultsOutdated, publish
from tolok.pipeline.score import score
from tolok.registry.write import write_registry

INSTITUTIONS = tuple(
    Institution(f"kota-{n}", f"Kota Rekaan {n}", f"Kota {n}", "cities") for n in range(1, 6)
)
ACCOUNTS = tuple(
    Account(f"instagram:@kota{n}", f"kota-{n}", "instagram", f"kota{n}", grade="A", evidence="x")
    for n in range(1, 6)
)
LINE = {
    "platform": "instagram",
    "post_id": "p1",
    "account_id": "@kota1",
    "published_at": "2025-03-01T08:00:00+07:00",
    "observed_at": "2025-03-15T08:00:00+07:00",
    "kind": "image",
    "reaction_count": 5,
    "comment_count": 1,
}


@pytest.fixture
def edition(tmp_path):
    folder = tmp_path / "edition"
    new_edition(folder, template="instagram-only")
    write_edition(folder, {"name": "rekaan"}, clusters={"cities": ("Kota", "Cities")})
    write_registry(Registry(INSTITUTIONS, ACCOUNTS), folder / "registry")
    return folder


def bring(folder, *lines):
    file = folder.parent / f"posts-{len(lines)}.ndjson"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    import_files(folder, [file], ImportOptions())


def warnings(folder):
    return [(f.subject, f.problem) for f in check(folder).findings if f.severity == "warning"]


def test_sound_edition_with_enough_institutions_has_no_warning(edition):
    assert warnings(edition) == []


def test_cluster_that_cannot_be_ranked_is_foretold(edition):
    weak = (replace(ACCOUNTS[0], counts=False, counts_reason="unit"), *ACCOUNTS[1:])
    write_registry(Registry(INSTITUTIONS, weak), edition / "registry")
    subjects = dict(warnings(edition))
    assert subjects["cluster cities"].startswith("has 4 institutions with an account that counts")


def test_account_below_the_demanded_grade_is_pointed_out(edition):
    weak = (replace(ACCOUNTS[0], grade="C"), *ACCOUNTS[1:])
    write_registry(Registry(INSTITUTIONS, weak), edition / "registry")
    problems = [problem for subject, problem in warnings(edition) if subject == "instagram:@kota1"]
    assert any("grade C is below the edition's min_grade B" in problem for problem in problems)


def test_empty_registry_is_pointed_out(edition):
    write_registry(Registry((), ()), edition / "registry")
    assert ("the registry", "holds no institution, so nothing can be scored.") in warnings(edition)


def test_rejected_rows_are_pointed_out_with_the_first_reason(edition):
    bring(edition, LINE, LINE | {"post_id": "p2", "published_at": "2025-03-01"})
    found = dict(warnings(edition))["posts-2.ndjson"]
    assert found.startswith("1 of 2 rows were rejected; the first, row 2, published_at: ")


def test_publishing_without_results_says_what_to_run(edition):
    with pytest.raises(NotScored, match="tolok score"):
        publish(edition)


def test_results_are_outdated_once_rules_registry_or_files_change(edition):
    bring(edition, LINE)
    score(edition)
    publish(edition)
    bring(edition, LINE, LINE | {"post_id": "p2"}, LINE | {"post_id": "p3"})
    renamed = (replace(INSTITUTIONS[0], institution="Kota Lain"), *INSTITUTIONS[1:])
    write_registry(Registry(renamed, ACCOUNTS), edition / "registry")
    write_edition(edition, {"nominee_count": 2})
    with pytest.raises(ResultsOutdated) as refused:
        publish(edition)
    assert refused.value.changed == ["the rules", "the registry", "the imported files"]
    score(edition)
    publish(edition)


def test_manifest_tells_the_reason_of_every_erratum(edition):
    bring(edition, LINE)
    first = lock(edition, now=datetime(2025, 1, 1, tzinfo=UTC))
    write_edition(edition, {"nominee_count": 2})
    lock(edition, now=datetime(2025, 2, 1, tzinfo=UTC), erratum="two places only")
    score(edition)
    manifest = json.loads((edition / "results" / "manifest.json").read_text("utf-8"))
    assert manifest["errata"] == [
        {
            "number": 1,
            "recorded_at": "2025-02-01T00:00:00+00:00",
            "reason": "two places only",
            "replaces_rules_sha256": first.rules_sha256,
            "changes": manifest["errata"][0]["changes"],
        }
    ]
    (change,) = manifest["errata"][0]["changes"]
    assert change.startswith("edition.toml, line")
