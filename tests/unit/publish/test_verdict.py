"""What a jury decided, in sentences: every status, every reason, in both languages."""

from dataclasses import replace

import pytest
from tests.verdict_cases import (
    CATEGORY,
    CLUSTER,
    HOSTILE_REASON,
    SIGNED,
    STATES,
    A,
    B,
    C,
    Judged,
    judge,
    jury_rules,
)
from tests.verdict_sentences import TELLS

from tolok.jury.decision import REASONS
from tolok.jury.outcome import STATUSES
from tolok.publish.language import Language
from tolok.publish.results import read_results
from tolok.publish.verdict import verdict_of

LABELS = {
    "clear": (
        "Dipilih juri, juri mana pun yang dikeluarkan",
        "Chosen by the jury, whichever juror is left out",
    ),
    "contested": (
        "Teratas menurut nilai juri, masih terbuka", "First by the jury’s scores, still open"
    ),
    "decided_by_data": (
        "Juri menilai seri, data menentukan", "A draw for the jury, decided by the data"
    ),
    "decided_by_vote": ("Ditentukan dengan suara juri", "Decided by the jury’s vote"),
    "shared": ("Pemenang bersama", "Joint winners"),
    "overridden": (
        "Ditetapkan dengan keputusan tertulis, bukan dengan nilai juri",
        "Set by a decision on record, not by the jury’s scores",
    ),
    "undecided": (
        "Belum ada pemenang: juri tidak sampai pada keputusan",
        "No winner: the jury came to no decision",
    ),
}  # fmt: skip


@pytest.fixture
def decided(invented, rules, tmp_path):
    """A function: the results and rules of an award as a jury has left it."""

    def read(case, **panel):
        made = judge(invented.tables(intervals=True), case)
        invented.write_results(tmp_path / "results", made=made)
        changed = jury_rules(rules, **panel)
        return read_results(tmp_path / "results", changed, invented.LOCK_HASH)

    return read


def verdict(results, language="en"):
    award = results.awards[CATEGORY, CLUSTER]
    return verdict_of(award, results, Language(language, results.rules))


@pytest.mark.parametrize("name", TELLS)
def test_verdict_is_told_in_two_sentences(decided, name):
    case, panel, indonesian, english = TELLS[name]
    results = decided(case, **panel)
    assert verdict(results, "id").sentences == indonesian
    assert verdict(results, "en").sentences == english


def test_every_status_has_a_test_and_a_label(decided):
    assert {case.status for case, *_ in TELLS.values()} == {*STATUSES} == {*STATES} == {*LABELS}
    for status, case in STATES.items():
        results = decided(case)
        labels = tuple(verdict(results, language).label for language in ("id", "en"))
        assert labels == LABELS[status]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_reason_of_a_decision_has_words(rules, language):
    words = Language(language, rules).words
    told = {code for code in REASONS if f"jury.why.{code}" in words}
    assert told == {*REASONS} - {"leads_without_any_juror"}


@pytest.mark.parametrize(
    ("status", "sure", "label"),
    [
        ("clear", [("Kementerian Bukit", "9 of 10", 0.87)], "Chance that the jury found the best"),
        (
            "shared",
            [("Awan", "6 of 10", 0.55), ("Kementerian Bukit", "4 of 10", 0.44)],
            "Chance that the jury found the best",
        ),
        (
            "overridden",
            [("Cahaya", "less than 1 in 20", 0.01)],
            "Chance of being the best, by the jury’s scores alone",
        ),
        (
            "decided_by_vote",
            [("Awan", "1 of 10", 0.12)],
            "Chance of being the best, by the jury’s scores alone",
        ),
        ("undecided", [], "Chance that the jury found the best"),
    ],
)
def test_chance_stands_beside_every_winner(decided, status, sure, label):
    found = verdict(decided(STATES[status]))
    told = [(s.name, s.words.replace("\N{NO-BREAK SPACE}", " "), s.share) for s in found.sureness]
    assert (told, found.sureness_label) == (sure, label)


def test_reason_of_an_override_is_verbatim_and_alone(decided):
    assert verdict(decided(STATES["overridden"])).override_reason == HOSTILE_REASON
    assert verdict(decided(STATES["overridden"])).override_by == SIGNED
    assert verdict(decided(STATES["clear"])).override_reason == ""


@pytest.mark.parametrize(
    ("case", "indonesian", "english"),
    [
        (
            STATES["clear"],
            (
                "Menurut data, yang pertama adalah Awan; penghargaan ini jatuh kepada Kementerian "
                "Bukit."
            ),
            "By the data Awan is first; the award goes to Kementerian Bukit.",
        ),
        (
            Judged("clear", (A,), scores=(8.0, 5.0, 6.0)),
            (
                "Pemenangnya juga yang pertama menurut data; menurut nilai juri saja, urutan "
                "nominasinya lain."
            ),
            (
                "The winner is first by the data too; by the jury’s scores alone the nominees "
                "stand in another order."
            ),
        ),
        (Judged("clear", (A,), scores=(8.0, 6.0, 5.0)), "", ""),
        (STATES["decided_by_data"], "", ""),
        (STATES["undecided"], "", ""),
    ],
)
def test_other_order_of_the_data_is_said(decided, case, indonesian, english):
    results = decided(case)
    assert (verdict(results, "id").differs, verdict(results, "en").differs) == (indonesian, english)


def test_nominees_stand_as_the_jury_orders_them_winners_first(decided):
    order = verdict(decided(STATES["overridden"])).order
    assert [(one.name.institution_id, one.score, one.is_winner) for one in order] == [
        (C, "5.1", True),
        (B, "7.4", False),
        (A, "6.8", False),
    ]


@pytest.mark.parametrize("key", [("active", "agencies"), ("best", "ministries"), ("best", "twins")])
def test_without_a_jury_there_is_no_verdict(decided, key):
    results = decided(STATES["clear"])
    assert verdict_of(results.awards[key], results, Language("en", results.rules)) is None


def test_winner_whose_record_is_missing_is_named_without_sentences(decided):
    results = decided(STATES["clear"])
    bare = replace(results, jury=replace(results.jury, awards=()))
    found = verdict(bare)
    assert [one.institution_id for one in found.winners] == [B]
    assert (found.sentences, found.differs, found.order) == ((), "", ())
