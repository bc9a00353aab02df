"""The verification code of a certificate: anyone can compute it from what is published."""

import hashlib
import json

from tolok.methodology.edition import Edition

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U, which are misread. Source: crockford.com/base32.html."""
_LENGTH, _GROUP = 12, 4


def certificate_code(
    edition: Edition, lock_hash: str, award: tuple[str, str], institution_id: str, honour: str
) -> str:
    """The code of one certificate, twelve characters in three groups.

    It is the first 60 bits of the SHA-256 of a JSON list of eight texts: the edition's name, the
    first day of the window, the first day after it, the lock hash of the rules, category, cluster,
    institution_id, and the honour: "winner:" with the status of winners.csv, or "nominee:" with the
    place of nominees.csv.
    """
    opens_on, closes_on = edition.window.opens_on, edition.window.closes_on
    window = [opens_on.isoformat(), closes_on.isoformat()]
    facts = [edition.name, *window, lock_hash, *award, institution_id, honour]
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()) >> 256 - 5 * _LENGTH
    digits = [_ALPHABET[number >> 5 * at & 31] for at in reversed(range(_LENGTH))]
    groups = ("".join(digits[at : at + _GROUP]) for at in range(0, _LENGTH, _GROUP))
    return "-".join(groups)
