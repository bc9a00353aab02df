"""Packs go to whom they may go to; figures open after the ballot, to whom they may."""

import pytest
from tests.jury_cases import (
    BEFORE,
    FIRST,
    NAMES,
    by_letter,
    declared,
    filled,
    make_edition,
    refusal,
)

from tolok.jury.ledger import read_ledger
from tolok.pipeline.jury.desk import JuryOutdated, NotAllowed, desk
from tolok.pipeline.jury.evidence import make_packs
from tolok.pipeline.jury.issuing import issue_ballots
from tolok.pipeline.jury.opening import open_jury
from tolok.pipeline.jury.paths import JuryPaths
from tolok.pipeline.jury.receiving import import_returned

TIED = NAMES[2]


def packed(folder):
    text = JuryPaths(folder).ledger.read_text("utf-8")
    return [line.body for line in read_ledger(text) if line.act == "packed"]


def test_who_has_not_declared_gets_nothing(tmp_path):
    folder = make_edition(tmp_path / "edition")
    open_jury(folder, now=BEFORE)
    files = declared(folder, tmp_path)
    import_returned(folder, [files[NAMES[0]], files[NAMES[1]]], now=BEFORE)
    made = make_packs(folder, now=BEFORE)
    with desk(folder, BEFORE) as at:
        assert sorted(made.packs) == sorted(at.codes[name] for name in NAMES[:2])
    sentence = "this does not hold: the juror has declared all ties to institutions"
    assert set(made.without.values()) == {sentence}
    late = declared(folder, tmp_path, suffix="csv")[NAMES[0]]
    (fault,) = refusal(folder, [late], now=BEFORE)
    assert "this does not hold: the juror has not been given the nominees yet" in fault


def test_without_any_pack_there_is_no_ballot(tmp_path):
    folder = make_edition(tmp_path / "edition")
    open_jury(folder, now=BEFORE)
    with pytest.raises(NotAllowed, match="the juror has been given the evidence of the nominees"):
        issue_ballots(folder, now=BEFORE)


def test_the_order_of_nominees_differs_and_is_on_record(edition):
    orders = {body["juror"]: body["order"]["best-use-of-images"] for body in packed(edition)}
    assert len(orders) == 5
    assert len({str(order) for order in orders.values()}) > 2
    with desk(edition, BEFORE) as at:
        bound = at.codes[TIED]
    sizes = {code: len(order) for code, order in orders.items()}
    assert sizes == dict.fromkeys(sizes, 6) | {bound: 5}


def test_a_juror_sees_nothing_of_an_institution_with_a_tie(edition):
    with desk(edition, BEFORE) as at:
        home = at.paths.send(at.codes[TIED], TIED)
    pages = [path.read_text("utf-8") for path in sorted((home / "packs").glob("*.html"))]
    assert len(pages) == 2
    assert ["Lembaga agencies a" in page for page in pages] == [False, False]
    assert ["Lembaga agencies b" in page for page in pages] == [True, True]


def test_making_packs_again_makes_the_same_and_tells_the_ledger_nothing(edition):
    with desk(edition, BEFORE) as at:
        files = sorted(at.paths.private.glob("send/*/packs/*"))
    before = [path.read_bytes() for path in files], packed(edition)
    make_packs(edition, now=FIRST)
    assert ([path.read_bytes() for path in files], packed(edition)) == before


def test_figures_open_after_the_first_ballot_and_to_that_juror_alone(edition, inbox):
    paths = JuryPaths(edition)
    assert list(paths.private.glob("send/*/figures")) == []
    ballot = filled(edition, inbox, NAMES[0], by_letter(a=8, b=6, c=4), now=FIRST)
    (received,) = import_returned(edition, [ballot], now=FIRST)
    assert [path.name for path in received.figures] == [
        "best-use-of-images.html",
        "best-use-of-images.pdf",
        "best-use-of-videos.html",
        "best-use-of-videos.pdf",
    ]
    assert len(list(paths.private.glob("send/*/figures"))) == 1
    again = filled(edition, inbox, NAMES[0], by_letter(a=7, b=6, c=4), now=FIRST, tag="-2")
    (received,) = import_returned(edition, [again], now=FIRST)
    assert (received.version, received.figures) == (2, ())


def test_who_steps_back_in_the_ballot_sees_no_figures_of_it(edition, inbox):
    ballot = filled(
        edition, inbox, NAMES[0], by_letter(a=8, b=6, c=4), now=FIRST, recused=["ministries-b"]
    )
    (received,) = import_returned(edition, [ballot], now=FIRST)
    page = received.figures[0].read_text("utf-8")
    assert ("Lembaga ministries b" in page, "Lembaga ministries c" in page) == (False, True)


def test_figures_of_other_results_than_the_packs_are_not_opened(edition, inbox):
    ballot = filled(edition, inbox, NAMES[0], by_letter(a=8, b=6, c=4), now=FIRST)
    path = edition / "results" / "flags.parquet"
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(JuryOutdated, match="the results changed"):
        import_returned(edition, [ballot], now=FIRST)
    with desk(edition, FIRST) as at:
        assert len(at.standing.ballots) == 1  # the ballot itself is safe
