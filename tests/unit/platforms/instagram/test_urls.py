"""Addresses of instagram as people write them down."""

import pytest

from tolok.platforms.instagram.urls import handle_from_url, post_id_from_url, profile_url

HANDLES = [
    ("https://www.instagram.com/InfoBMKG/", "infobmkg"),
    ("instagram.com/infobmkg", "infobmkg"),
    ("www.instagram.com/infobmkg?igshid=abc", "infobmkg"),
    ("http://m.instagram.com/@kemenkes_ri/", "kemenkes_ri"),
    ("HTTPS://INSTAGRAM.COM/UGM.Yogyakarta/reels/", "ugm.yogyakarta"),
    ("https://www.instagram.com/kemensetneg.ri/p/C5xAbCdEfGh/", "kemensetneg.ri"),
    ("https://www.instagram.com/stories/dkijakarta/3141592653/", "dkijakarta"),
    ("https://instagram.com/_u/dkijakarta", "dkijakarta"),
    ("https://instagr.am/dkijakarta", "dkijakarta"),
    ("https://www.instagram.com/#!/dkijakarta", "dkijakarta"),
    ("  https://www.instagram.com/dkijakarta  ", "dkijakarta"),
    ("https://www.instagram.com/p/C5xAbCdEfGh/", None),
    ("https://www.instagram.com/stories/highlights/17900000000/", None),
    ("https://www.instagram.com/explore/tags/gsm/", None),
    ("https://help.instagram.com/dkijakarta", None),
    ("https://www.instagram.com/", None),
    ("https://notinstagram.com/dkijakarta", None),
    ("https://instagram.com.example.id/dkijakarta", None),
    ("https://instagram.com@example.id/dkijakarta", None),
    ("https://example.id/instagram.com/dkijakarta", None),
    ("https://www.instagram.com/Pemprov DKI Jakarta", None),
    ("https://www.instagram.com/pemprov-dki", None),
    ("@dkijakarta", None),
    ("", None),
]

POSTS = [
    ("https://www.instagram.com/p/C5xAbCdEfGh/", "C5xAbCdEfGh"),
    ("instagram.com/p/C5xAbCdEfGh?img_index=1", "C5xAbCdEfGh"),
    ("https://www.instagram.com/reel/DAbc-_12345/", "DAbc-_12345"),
    ("https://www.instagram.com/reels/DAbc-_12345/", "DAbc-_12345"),
    ("https://www.instagram.com/tv/CAbcdefghij/", "CAbcdefghij"),
    ("https://www.instagram.com/dkijakarta/p/C5xAbCdEfGh/", "C5xAbCdEfGh"),
    ("https://www.instagram.com/dkijakarta/reel/C5xAbCdEfGh/", "C5xAbCdEfGh"),
    ("https://www.instagram.com/p/C5xAbCdEfGh/embed/captioned", "C5xAbCdEfGh"),
    ("https://www.instagram.com/stories/dkijakarta/2421239445800645437/", "CGZ-HKbHHM9"),
    ("https://www.instagram.com/stories/dkijakarta/", None),
    ("https://www.instagram.com/stories/highlights/17900000000000000/", None),
    ("https://www.instagram.com/dkijakarta/reels/", None),
    ("https://www.instagram.com/dkijakarta/", None),
    ("https://www.instagram.com/p/", None),
    ("https://notinstagram.com/p/C5xAbCdEfGh/", None),
]

PROFILES = [
    ("dkijakarta", "https://www.instagram.com/dkijakarta/"),
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
