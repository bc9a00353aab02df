"""Addresses of linkedin as people write them down."""

import pytest

from tolok.platforms.linkedin.urls import handle_from_url, post_id_from_url, profile_url

HANDLES = [
    ("https://www.linkedin.com/company/Kementerian-Keuangan/", "kementerian-keuangan"),
    ("https://id.linkedin.com/company/bank-indonesia?trk=x", "bank-indonesia"),
    ("linkedin.com/school/universitas-indonesia/people", "universitas-indonesia"),
    ("https://www.linkedin.com/showcase/bi-institute", "bi-institute"),
    ("https://www.linkedin.com/in/nama-pejabat-1a2b3c/", "nama-pejabat-1a2b3c"),
    ("https://www.linkedin.com/company/", None),
    ("https://www.linkedin.com/feed/", None),
    ("https://business.linkedin.com/company/bank-indonesia", None),
    ("https://notlinkedin.com/company/bank-indonesia", None),
]

POSTS = [
    (
        "https://www.linkedin.com/feed/update/urn:li:activity:7123456789012345678/",
        "7123456789012345678",
    ),
    (
        "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7123456789012345678",
        "7123456789012345678",
    ),
    (
        "https://id.linkedin.com/posts/bi_judul-activity-7123456789012345678-AbCd",
        "7123456789012345678",
    ),
    ("https://www.linkedin.com/posts/bi_judul-ugcPost-7123456789012345678", "7123456789012345678"),
    ("https://www.linkedin.com/posts/", None),
    ("https://www.linkedin.com/company/bank-indonesia/posts/", None),
    ("https://notlinkedin.com/feed/update/urn:li:activity:7123456789012345678/", None),
]

PROFILES = [
    ("bank-indonesia", "https://www.linkedin.com/company/bank-indonesia/"),
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
