"""Addresses of tiktok as people write them down."""

import pytest

from tolok.platforms.tiktok.urls import handle_from_url, post_id_from_url, profile_url

HANDLES = [
    ("https://www.tiktok.com/@Kemenkeu.RI", "kemenkeu.ri"),
    ("tiktok.com/@kemenkeu.ri?lang=id-ID", "kemenkeu.ri"),
    ("https://m.tiktok.com/@kemenkeu.ri/", "kemenkeu.ri"),
    ("https://www.tiktok.com/@kemenkeu.ri/video/7312345678901234567", "kemenkeu.ri"),
    ("https://www.tiktok.com/kemenkeu.ri", None),
    ("https://www.tiktok.com/@", None),
    ("https://vm.tiktok.com/ZMabc/", None),
    ("https://nottiktok.com/@kemenkeu.ri", None),
]

POSTS = [
    ("https://www.tiktok.com/@a/video/7312345678901234567?is_from_webapp=1", "7312345678901234567"),
    ("https://www.tiktok.com/@a/photo/7312345678901234567", "7312345678901234567"),
    ("https://m.tiktok.com/v/7312345678901234567.html", "7312345678901234567"),
    ("https://www.tiktok.com/embed/v2/7312345678901234567", "7312345678901234567"),
    ("https://vm.tiktok.com/ZMabc/", None),
    ("https://www.tiktok.com/@a/video/abc", None),
    ("https://nottiktok.com/@a/video/7312345678901234567", None),
]

PROFILES = [
    ("kemenkeu.ri", "https://www.tiktok.com/@kemenkeu.ri"),
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
