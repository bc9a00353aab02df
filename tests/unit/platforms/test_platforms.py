"""Whose address is this: the questions asked of all platforms at once."""

import pytest

from tolok.model import PLATFORMS
from tolok.platforms import (
    account_id,
    handle_from_url,
    is_platform_id,
    platform_of_url,
    post_id_from_url,
    profile_url,
)

CHANNEL = "UC0123456789-bcdefghij_l"

OWNERS = [
    ("https://www.instagram.com/dkijakarta", "instagram"),
    ("id-id.facebook.com/kemenkes", "facebook"),
    ("https://fb.watch/abc/", "facebook"),
    ("https://twitter.com/KPK_RI", "x"),
    ("x.com/KPK_RI", "x"),
    ("https://youtu.be/dQw4w9WgXcQ", "youtube"),
    ("https://vm.tiktok.com/ZMabc/", "tiktok"),
    ("https://threads.net/@a", "threads"),
    ("https://id.linkedin.com/company/bi", "linkedin"),
    ("https://www.bmkg.go.id", "web"),
    ("https://notyoutube.com/@PemprovDKI", "web"),
    ("https://instagram.com.example.id/dkijakarta", "web"),
    ("@dkijakarta", None),
    ("", None),
]

ACCOUNT_IDS = [
    ("instagram", "@InfoBMKG", "instagram:@infobmkg"),
    ("youtube", CHANNEL, f"youtube:{CHANNEL}"),
    ("youtube", "UCLA", "youtube:@ucla"),
    ("facebook", "100064123456789", "facebook:100064123456789"),
    ("instagram", "100064123456789", "instagram:@100064123456789"),
    ("web", "bmkg.go.id", "web:@bmkg.go.id"),
]


@pytest.mark.parametrize(("url", "platform"), OWNERS)
def test_platform_of_url(url, platform):
    assert platform_of_url(url) == platform


@pytest.mark.parametrize(("platform", "name", "made"), ACCOUNT_IDS)
def test_account_id_is_made_of_a_handle_or_of_an_id(platform, name, made):
    assert account_id(platform, name) == made


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_platform_reads_the_address_that_it_makes(platform):
    handle = "bmkg.go.id" if platform == "web" else "infobmkg"
    url = profile_url(platform, handle)
    assert (platform_of_url(url), handle_from_url(platform, url)) == (platform, handle)
    assert post_id_from_url(platform, url) is None


def test_id_is_told_from_a_handle_where_the_platform_shows_ids():
    assert is_platform_id("youtube", CHANNEL)
    assert not is_platform_id("youtube", "infobmkg")
    assert not is_platform_id("tiktok", "100064123456789")
    assert not is_platform_id("unknown", "100064123456789")
