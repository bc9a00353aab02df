"""The verification code: recomputed here in other words, and different for unlike certificates."""

import hashlib

import pytest

from tolok.publish.documents.code import certificate_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
AWARD = ("active", "agencies")


def test_code_is_the_first_sixty_bits_of_the_hash(rules):
    text = (
        '["uji-2025","2025-01-01","2025-07-01","ab12","active","agencies","badan-fajar",'
        '"winner:clear"]'
    )
    bits = "".join(f"{byte:08b}" for byte in hashlib.sha256(text.encode()).digest())
    digits = "".join(ALPHABET[int(bits[at : at + 5], 2)] for at in range(0, 60, 5))
    expected = f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"
    code = certificate_code(rules.edition, "ab12", AWARD, "badan-fajar", "winner:clear")
    assert code == expected


def test_code_differs_with_everything_it_stands_for(rules, invented):
    base = (rules.edition, "ab12", AWARD, "badan-fajar", "nominee:2")
    other = invented.rules(name="uji-2026").edition
    changed = [
        (other, *base[1:]),
        (base[0], "ab13", *base[2:]),
        (*base[:2], ("active", "twins"), *base[3:]),
        (*base[:2], ("best", "agencies"), *base[3:]),
        (*base[:3], "badan-gema", base[4]),
        (*base[:4], "nominee:3"),
    ]
    codes = {certificate_code(*facts) for facts in [base, *changed]}
    assert len(codes) == 7


@pytest.mark.parametrize("name", ["Ngawi", "ꦔꦮꦶ", 'a","b'])
def test_code_of_any_name_has_three_groups_of_the_alphabet(rules, name):
    code = certificate_code(rules.edition, "", AWARD, name, "nominee:1")
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert set(code) <= {*ALPHABET, "-"}
