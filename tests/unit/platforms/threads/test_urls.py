"""Addresses of threads as people write them down."""

import pytest

from tolok.platforms.threads.urls import handle_from_url, post_id_from_url, profile_url

HANDLES = [
    ("https://www.threads.net/@DKIJakarta", "dkijakarta"),
    ("threads.com/@dkijakarta?hl=id", "dkijakarta"),
    ("https://www.threads.com/@dkijakarta/post/C5xAbCdEfGh", "dkijakarta"),
    ("https://www.threads.com/dkijakarta", None),
    ("https://www.threads.com/@dki-jakarta", None),
    ("https://notthreads.net/@dkijakarta", None),
]

POSTS = [
    ("https://www.threads.net/@dkijakarta/post/C5xAbCdEfGh", "C5xAbCdEfGh"),
    ("https://www.threads.com/t/C5xAbCdEfGh/", "C5xAbCdEfGh"),
    ("https://www.threads.com/@dkijakarta/replies", None),
    ("https://www.threads.com/@dkijakarta", None),
    ("https://notthreads.net/t/C5xAbCdEfGh", None),
]

PROFILES = [
    ("dkijakarta", "https://www.threads.com/@dkijakarta"),
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
