"""Handles that a reader may take for each other."""

import pytest

from tolok.model import Account
from tolok.registry.lookalike import is_one_edit_away, lookalikes, skeleton


def account(handle, institution="a", platform="instagram"):
    return Account(f"{platform}:@{handle}", institution, platform, handle)


@pytest.mark.parametrize(
    ("one", "other", "is_away"),
    [
        ("kemenkes_ri", "kemenkesri", True),
        ("kemenkesri", "kemenkes_ri", True),
        ("bpsstatistic", "bpsstatistics", True),
        ("bnpb", "bnpd", True),
        ("bnpb", "bnpb", False),
        ("bnpb", "bpnb", False),
        ("bnpb", "bnpbri", False),
        ("", "a", True),
    ],
)
def test_one_edit_is_a_letter_in_out_or_changed(one, other, is_away):
    assert is_one_edit_away(one, other) == is_away


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bank_indonesia", "bankindonesia"),
        ("kernenkes", "kemenkes"),
        ("infobmkg", "inf0bmkg"),
        ("polri", "po1ri"),
        ("kemenkes", "k\u0435m\u0435nk\u0435s"),  # Cyrillic letters
    ],
)
def test_confusable_handles_have_one_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other", "is_pair"),
    [
        (account("kemenkesri"), account("kemenkes_ri", "b"), True),
        (account("bank_indonesia"), account("bank.indones1a", "b"), True),
        (account("polri"), account("po1ri", "b"), True),
        (account("abcde"), account("abcdef", "b"), True),
        (account("kemenkesri"), account("kemenkes_ri"), False),
        (account("kemenkesri"), account("kemenkes_ri", "b", "x"), False),
        (account("unpad"), account("unpas", "b"), False),
        (account("ui.ac.id", platform="web"), account("ub.ac.id", "b", "web"), False),
        (account("kemenkesri"), account("kemenkesri", "b"), False),
        (account("infobmkg"), account("infobnpb", "b"), False),
        (account(""), account("", "b"), False),
    ],
)
def test_pair_is_found_between_institutions_on_one_platform(one, other, is_pair):
    assert list(lookalikes([one, other])) == ([(one, other)] if is_pair else [])
