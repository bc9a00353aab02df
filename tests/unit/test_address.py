"""Web addresses taken apart."""

import pytest

from tolok.address import Address, split_address

TAIL = "/a/B?x=1&x=2"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://Example.id/a/B/?x=1&x=2#c", Address("example.id", ("a", "B"), {"x": "1"}, TAIL)),
        ("example.id", Address("example.id", (), {}, "")),
        ("//example.id/%40a//b", Address("example.id", ("@a", "b"), {}, "/%40a//b")),
        ("example.id/#!/a?x=1", Address("example.id", ("a",), {}, "")),
        ("https://a@example.id/", None),
        ("https://example.id\\@a.id/", None),
        (
            "https://www.example.id/p/A_-1.b/@c/",
            Address("www.example.id", ("p", "A_-1.b", "@c"), {}, "/p/A_-1.b/@c"),
        ),
        ("http://example.id/", Address("example.id", (), {}, "")),
        ("example", None),
        ("https://example..id/", None),
        (f"https://{'a' * 70}.id/", None),
        (" ", None),
    ],
)
def test_address_is_split_or_refused(text, address):
    assert split_address(text) == address


@pytest.mark.parametrize(
    ("host", "is_on"),
    [
        ("example.id", True),
        ("www.example.id", True),
        ("m.example.id", True),
        ("x.example.id", False),
        ("www.m.example.id", False),
        ("notexample.id", False),
        ("example.id.elsewhere.id", False),
    ],
)
def test_host_is_on_its_domain_and_named_subdomains(host, is_on):
    assert Address(host, (), {}, "").is_on("example.id", subdomains="www|m") == is_on


def test_segment_behind_the_end_is_empty():
    address = Address("example.id", ("a",), {}, "/a")
    assert (address.segment(0), address.segment(1)) == ("a", "")
