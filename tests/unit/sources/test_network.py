"""What tools call networks and kinds, and what addresses say."""

import pytest

from tolok.sources.network import accounts_of_links, kind_named, kind_of_link, platform_named

NAMES = [
    ("Twitter", "x"), ("X (Twitter)", "x"), ("X", "x"), ("INSTAGRAM", "instagram"),
    ("Instagram Business", "instagram"), ("Facebook Page", "facebook"), ("TikTok", "tiktok"),
    ("LinkedIn Company Page", "linkedin"), ("Threads", "threads"), ("YouTube", "youtube"),
    ("Pinterest", "pinterest"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "platform"), NAMES)
def test_platform_that_a_name_means(name, platform):
    assert platform_named(name) == platform


KINDS = [
    ("Photo", "image"), ("Album", "carousel"), ("Native Video", "video"), ("IGTV", "video"),
    ("Live Video Complete", "live"), ("Live Video Scheduled", "live"), ("Link", "link"),
    ("Status", "text"), ("Reel", "short_video"), ("Story", "story"), ("YouTube", None),
    ("Post", None), (None, None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_kind_that_a_name_means(name, kind):
    assert kind_named(name) == kind


LINKS = [
    ("instagram", "https://www.instagram.com/reel/C1/", "short_video"),
    ("instagram", "https://www.instagram.com/p/C1/", None),
    ("facebook", "https://www.facebook.com/a/videos/12345/", "video"),
    ("youtube", "https://www.youtube.com/shorts/abcdefghijk", "short_video"),
    ("youtube", "https://www.youtube.com/watch?v=abcdefghijk", None),
    ("x", "https://x.com/reel/status/1", None),
    (None, "https://www.instagram.com/reel/C1/", None),
    ("instagram", None, None),
]


@pytest.mark.parametrize(("platform", "link", "kind"), LINKS)
def test_kind_that_an_address_tells(platform, link, kind):
    assert kind_of_link(platform, link) == kind


def test_accounts_are_those_that_addresses_name():
    platforms = ["x", "facebook", "instagram", "pinterest", "x", None]
    links = [
        "https://x.com/Contoh/status/1",
        "https://www.facebook.com/7533944086/posts/12345",
        "https://www.instagram.com/p/C1abc/",
        "https://pin.it/1",
        None,
        "https://x.com/contoh",
    ]
    assert accounts_of_links(platforms, links) == [
        "x:@contoh", "facebook:7533944086", None, None, None, None,
    ]  # fmt: skip
