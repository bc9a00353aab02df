"""Owners proposed for unknown accounts: by the same id, addresses, names and joint posts."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tolok.model import PLATFORMS, Account, Institution, Registry, Window
from tolok.registry.check import check_registry
from tolok.registry.read import read_registry
from tolok.registry.suggest import Suggester
from tolok.registry.unknown import Alias, UnknownAccount, contested_handles, names_of_one
from tolok.registry.write import write_registry

INSTITUTIONS = (
    Institution("kemenreka", "Kementerian Rekaan", "Kemenreka", "ministries", line=2),
    Institution("badongnas", "Badan Dongeng Nasional", "Badongnas", "agencies", line=3),
    Institution("kota-khayal", "Pemerintah Kota Khayal", "Kota Khayal", "local", line=4),
    Institution("kabupaten-khayal", "Pemerintah Kabupaten Khayal", "Kab Khayal", "local", line=5),
)
REKA = Account(
    "instagram:@kemenreka", "kemenreka", "instagram", "kemenreka", grade="A", evidence="x", line=2
)
REKA_FB = Account(
    "facebook:@kemen.reka", "kemenreka", "facebook", "kemen.reka", grade="A", evidence="x", line=3
)
DONGENG = Account(
    "x:@ceritabadan", "badongnas", "x", "ceritabadan", platform_id="77", grade="B", line=4
)
REGISTRY = Registry(INSTITUTIONS, (REKA, REKA_FB, DONGENG))
UNKNOWN = UnknownAccount(
    "instagram", ("instagram:@kucinglucu",), 12, date(2025, 1, 2), date(2025, 3, 4)
)


def suggested(registry=REGISTRY, **told):
    names = told.get("names", UNKNOWN.names)
    platform = names[0].partition(":")[0]
    return Suggester(registry).suggest(replace(UNKNOWN, platform=platform, **told))


def graded(suggestion):
    return [(one.institution_id, one.certainty) for one in suggestion.candidates]


def cells(suggestion):
    row = suggestion.row
    return (row.account_id, row.institution_id, row.handle, row.platform_id, row.past_handles)


def test_nobody_known_is_said_where_nobody_resembles():
    found = suggested()
    assert (found.candidates, found.best, found.replaces, found.changes) == ((), None, None, ())
    assert cells(found) == ("instagram:@kucinglucu", "", "kucinglucu", "", ())
    assert found.row.evidence == "tolok registry suggest: nobody known resembles it"


def test_new_name_of_a_known_account_is_its_handle_and_the_old_a_past_one():
    aliases = ("instagram:@lembahbaru", "instagram:@kemenreka", "instagram:9")
    found = suggested(names=("instagram:@lembahbaru",), aliases=aliases)
    assert graded(found) == [("kemenreka", "same_account")]
    assert found.candidates[0].evidence == ("sources give it the name instagram:@kemenreka",)
    assert cells(found) == (
        "instagram:@kemenreka", "kemenreka", "lembahbaru", "9", ("kemenreka",),
    )  # fmt: skip
    assert found.replaces == 2
    assert found.changes == (
        "handle = lembahbaru",
        "platform_id = 9",
        "url = https://www.instagram.com/lembahbaru/",
        "past_handles = kemenreka",
    )
    assert (found.row.counts, found.row.grade) == (True, "A")
    assert found.row.evidence.startswith(
        "x; tolok registry suggest: in place of line 2, same_account: sources give it"
    )


def test_old_name_of_a_known_account_is_a_past_handle():
    aliases = ("instagram:@kemenreka", "instagram:@rekalama", "instagram:9")
    found = suggested(names=("instagram:@rekalama",), aliases=aliases)
    assert found.changes == ("platform_id = 9", "past_handles = rekalama")


@pytest.mark.parametrize(
    ("name", "how", "change"),
    [
        ("instagram:Kemenreka", "without its @", "account_id = instagram:Kemenreka"),
        ("instagram:instagram.com/kemenreka", "as an address",
         "platform_id = instagram.com/kemenreka"),
    ],
)  # fmt: skip
def test_name_written_otherwise_is_the_same_account(name, how, change):
    found = suggested(names=(name,))
    assert graded(found) == [("kemenreka", "same_account")]
    assert found.candidates[0].evidence[0] == f"it is instagram:@kemenreka, written {how}"
    assert found.changes == (change,)


def test_full_stops_do_not_matter_on_facebook_alone():
    found = suggested(names=("facebook:@kemenre.ka",))
    assert graded(found) == [("kemenreka", "same_account")]
    assert found.candidates[0].evidence[0] == (
        "it is facebook:@kemen.reka, but for full stops, which Facebook ignores"
    )
    assert graded(suggested(names=("instagram:@kemen.reka",))) == [("kemenreka", "likely")]


def test_another_id_under_a_known_name_is_not_the_same_account():
    found = suggested(names=("x:@barubanget",), aliases=("x:@barubanget", "x:@ceritabadan", "x:5"))
    assert graded(found) == [("badongnas", "possible")]
    assert found.candidates[0].evidence[0].endswith("but the registry gives that one the id 77")
    assert (found.replaces, found.row.handle, found.row.past_handles) == (None, "barubanget", ())


def test_name_that_several_ids_bore_is_no_proof():
    found = suggested(names=("x:@barubanget",), contested=("x:@ceritabadan",))
    assert graded(found) == [("badongnas", "possible")]
    assert found.candidates[0].evidence == (
        "it bore the name x:@ceritabadan, which other accounts bore too",
    )


def test_several_names_that_several_ids_bore_may_be_of_nobody():
    assert graded(suggested(names=("x:@barubanget",), contested=("x:@lain",))) == []


def test_addresses_that_name_an_account_of_another_id_are_no_proof():
    found = suggested(names=("x:5",), addressed={"ceritabadan": 4})
    assert graded(found) == [("badongnas", "possible")]
    (said,) = found.candidates[0].evidence
    assert said == (
        "the addresses of 4 of 4 posts name x:@ceritabadan; "
        "but the registry gives that one the id 77"
    )
    assert cells(found) == ("x:5", "badongnas", "", "5", ())


def test_addresses_that_all_name_a_known_account_give_its_row_the_id():
    found = suggested(names=("facebook:100064",), addressed={"kemen.reka": 8})
    assert graded(found) == [("kemenreka", "likely")]
    assert found.candidates[0].evidence[0] == (
        "the addresses of 8 of 8 posts name facebook:@kemen.reka"
    )
    assert (found.replaces, found.changes) == (3, ("platform_id = 100064",))


def test_addresses_that_disagree_are_possible_and_name_no_handle():
    found = suggested(names=("facebook:100064",), addressed={"kemen.reka": 1, "lain": 7})
    assert graded(found) == [("kemenreka", "possible")]
    assert cells(found) == ("facebook:100064", "kemenreka", "", "100064", ())
    assert found.replaces is None


def test_handle_in_the_addresses_of_an_unknown_account_is_taken_up():
    found = suggested(names=("tiktok:55",), addressed={"humaskemenreka": 3})
    assert graded(found) == [("kemenreka", "likely")]
    assert cells(found) == ("tiktok:55", "kemenreka", "humaskemenreka", "55", ())
    assert found.row.url == "https://www.tiktok.com/@humaskemenreka"


def test_same_handle_elsewhere_is_likely_and_a_new_row():
    found = suggested(names=("tiktok:@ceritabadan",))
    assert graded(found) == [("badongnas", "likely")]
    assert (found.replaces, found.row.counts, found.row.grade) == (None, False, "C")
    assert found.row.counts_reason == "suggested, to be confirmed"
    assert found.row.evidence == (
        "tolok registry suggest: badongnas (likely): "
        "ceritabadan: it is also its handle ceritabadan on x"
    )


def test_partner_of_joint_posts_is_no_owner():
    found = suggested(joint_with={"x:@ceritabadan": 1})
    assert graded(found) == [("badongnas", "partner")]
    assert found.best is None
    assert found.row.institution_id == ""
    assert found.candidates[0].evidence == (
        (
            "it made 1 post together with x:@ceritabadan: more likely another body, "
            "or an office of the same"
        ),
    )


def test_partner_that_it_also_resembles_is_one_candidate():
    found = suggested(names=("x:@kemenreka_ri",), joint_with={"instagram:@kemenreka": 3})
    assert graded(found) == [("kemenreka", "likely")]
    assert len(found.candidates[0].evidence) == 2


def test_two_alike_candidates_leave_the_owner_open():
    found = suggested(names=("x:@humaskhayal",))
    assert graded(found) == [("kabupaten-khayal", "possible"), ("kota-khayal", "possible")]
    assert (found.best, found.row.institution_id) == (None, "")


def test_body_that_ended_before_is_said_to_have():
    ended = (replace(INSTITUTIONS[0], valid_to=date(2024, 10, 21)), *INSTITUTIONS[1:])
    found = suggested(Registry(ended, ()), names=("x:@kemenreka",))
    assert found.candidates[0].evidence == (
        "kemenreka: the handle is its short name (kemenreka); but it ended on 2024-10-21",
    )


def test_account_that_changed_hands_is_that_of_its_last_owner():
    before = replace(REKA, institution_id="badongnas", valid_to=date(2024, 1, 1), line=9)
    after = replace(REKA, valid_from=date(2024, 1, 1))
    for accounts in ((before, after), (after, before)):
        found = suggested(Registry(INSTITUTIONS, accounts), names=("instagram:kemenreka",))
        assert (graded(found), found.replaces) == ([("kemenreka", "same_account")], 2)


def is_sound(row, tmp_path):
    """Whether a registry of this row alone has no fault, and reads back as it was written."""
    written = Registry(INSTITUTIONS, (row,))
    write_registry(written, tmp_path)
    window = Window(date(2025, 1, 1), date(2026, 1, 1), "Asia/Jakarta")
    findings = check_registry(written, ("ministries", "agencies", "local"), PLATFORMS, window)
    faults = [finding for finding in findings if finding.severity == "fault"]
    return faults == [] and read_registry(tmp_path).accounts == (row,)


@pytest.mark.parametrize(
    ("name", "addressed"),
    [
        ("x:44196397", {}),
        ("tiktok:55", {"humasbadongnas": 1}),
        ("youtube:UC1234567890123456789012", {}),
        ("youtube:@badan-dongeng", {}),
        ("facebook:100064", {}),
        ("instagram:Rekaan.Lain", {}),
        ("instagram:instagram.com/rekaan.lain", {}),
        ("linkedin:@badan-dongeng", {}),
        ("web:@badongnas.go.id", {}),
    ],
)
def test_new_row_is_sound_once_it_has_an_owner(name, addressed, tmp_path):
    row = suggested(names=(name,), addressed=addressed).row
    assert is_sound(replace(row, institution_id="badongnas"), tmp_path)
    assert name in row.names


@pytest.mark.parametrize(
    ("names", "addressed"),
    [
        (("instagram:kemenreka",), {}),
        (("instagram:Kemenreka",), {}),
        (("instagram:instagram.com/kemenreka",), {}),
        (("instagram:@lama",), {"kemenreka": 2}),
        (("facebook:@kemenreka",), {}),
        (("facebook:100064",), {"kemen.reka": 1}),
        (("facebook:100064", "facebook:@lain"), {"kemen.reka": 1}),
    ],
)
def test_completed_row_is_sound_and_has_every_name(names, addressed, tmp_path):
    found = suggested(names=names, addressed=addressed)
    assert found.replaces in {2, 3}
    assert is_sound(found.row, tmp_path)
    assert set(names) <= set(found.row.names)


def at(day):
    return datetime(2025, 1, day, tzinfo=UTC)


def test_names_of_one_id_belong_together_newest_first():
    aliases = [
        Alias("x:1", "x:@lama", at(1)),
        Alias("x:1", "x:@baru", at(3)),
        Alias("x:1", "x:@lama", at(2)),
        Alias("x:2", "x:@lain", at(1)),
    ]
    names = ("x:@baru", "x:@lama", "x:1")
    assert names_of_one(aliases) == {
        **dict.fromkeys(names, names),
        **dict.fromkeys(("x:@lain", "x:2"), ("x:@lain", "x:2")),
    }


def test_name_that_passed_from_hand_to_hand_joins_nothing():
    aliases = [Alias("x:1", "x:@nama", at(1)), Alias("x:2", "x:@nama", at(2))]
    assert names_of_one(aliases) == {}
    assert contested_handles(aliases) == {"x:@nama": ("x:1", "x:2")}
