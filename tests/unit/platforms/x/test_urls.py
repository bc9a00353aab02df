"""Addresses of x as people write them down."""

import pytest

from tolok.platforms.x.urls import handle_from_url, post_id_from_url, profile_url

HANDLES = [
    ("https://x.com/DKIJakarta", "dkijakarta"),
    ("twitter.com/DKIJakarta", "dkijakarta"),
    ("https://www.twitter.com/@KPK_RI/", "kpk_ri"),
    ("https://mobile.twitter.com/KPK_RI?lang=id", "kpk_ri"),
    ("https://twitter.com/#!/KPK_RI", "kpk_ri"),
    ("https://x.com/KPK_RI/status/1234567890123456789", "kpk_ri"),
    ("https://x.com/KPK_RI/with_replies", "kpk_ri"),
    ("https://twitter.com/intent/user?screen_name=KPK_RI", "kpk_ri"),
    ("https://x.com/i/web/status/1234567890123456789", None),
    ("https://x.com/hashtag/gsm", None),
    ("https://x.com/search?q=gsm", None),
    ("https://x.com/", None),
    ("https://help.x.com/dkijakarta", None),
    ("https://netflix.com/DKIJakarta", None),
    ("https://x.com.example.id/DKIJakarta", None),
    ("https://x.com/nama.dengan.titik", None),
]

POSTS = [
    ("https://x.com/KPK_RI/status/1234567890123456789", "1234567890123456789"),
    ("https://twitter.com/KPK_RI/statuses/1234567890?s=20", "1234567890"),
    ("https://x.com/KPK_RI/status/1234567890123456789/photo/1", "1234567890123456789"),
    ("https://x.com/i/web/status/1234567890123456789", "1234567890123456789"),
    ("https://x.com/KPK_RI/status/", None),
    ("https://x.com/KPK_RI/status/1.23457E+18", None),
    ("https://x.com/KPK_RI", None),
    ("https://netflix.com/KPK_RI/status/1234567890", None),
]

PROFILES = [
    ("kpk_ri", "https://x.com/kpk_ri"),
]


@pytest.mark.parametrize(("url", "handle"), HANDLES)
def test_handle_from_url(url, handle):
    assert handle_from_url(url) == handle


@pytest.mark.parametrize(("url", "post_id"), POSTS)
def test_post_id_from_url(url, post_id):
    assert post_id_from_url(url) == post_id


@pytest.mark.parametrize(("handle", "url"), PROFILES)
def test_profile_url_leads_back_to_its_handle(handle, url):
    assert profile_url(handle) == url
    assert handle_from_url(url) == handle
