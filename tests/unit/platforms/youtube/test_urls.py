"""Addresses of youtube as people write them down."""

import pytest

from tolok.platforms.youtube.urls import handle_from_url, post_id_from_url, profile_url

HANDLES = [
    ("https://www.youtube.com/@PemprovDKI/videos", "pemprovdki"),
    ("https://www.youtube.com/%40PemprovDKI", "pemprovdki"),
    ("youtube.com/channel/UCabc", "UCabc"),
    (
        "https://m.youtube.com/channel/UC0123456789-bcdefghij_l?sub_confirmation=1",
        "UC0123456789-bcdefghij_l",
    ),
    ("https://www.youtube.com/c/bpsstatistics", "bpsstatistics"),
    ("https://www.youtube.com/user/infoBMKG/featured", "infobmkg"),
    ("https://www.youtube.com/KemenPU", "kemenpu"),
    ("https://www.youtube.com/@UGM.Yogyakarta", "ugm.yogyakarta"),
    ("https://www.youtube.com/channel/", None),
    ("https://www.youtube.com/channel/notanid", None),
    ("https://www.youtube.com/user/", None),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", None),
    ("https://www.youtube.com/playlist?list=PL123", None),
    ("https://youtu.be/dQw4w9WgXcQ", None),
    ("https://studio.youtube.com/channel/UC0123456789-bcdefghij_l", None),
    ("https://notyoutube.com/@PemprovDKI", None),
    ("https://youtube.com.example.id/@PemprovDKI", None),
    ("https://www.youtube.com", None),
    ("@pemprovdki", None),
]

POSTS = [
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "dQw4w9WgXcQ"),
    ("https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=3s", "dQw4w9WgXcQ"),
    ("youtu.be/dQw4w9WgXcQ?si=abc", "dQw4w9WgXcQ"),
    ("https://www.youtube.com/shorts/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
    ("https://www.youtube.com/live/dQw4w9WgXcQ?feature=share", "dQw4w9WgXcQ"),
    ("https://www.youtube.com/embed/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
    ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
    ("https://www.youtube.com/watch?v=kurang", None),
    ("https://www.youtube.com/@PemprovDKI/live", None),
    ("https://www.youtube.com/watch", None),
    ("https://notyoutube.com/watch?v=dQw4w9WgXcQ", None),
    ("https://notyoutu.be/dQw4w9WgXcQ", None),
    ("bukan alamat", None),
]

PROFILES = [
    ("pemprovdki", "https://www.youtube.com/@pemprovdki"),
    ("UC0123456789-bcdefghij_l", "https://www.youtube.com/channel/UC0123456789-bcdefghij_l"),
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
