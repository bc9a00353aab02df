"""Addresses of web as people write them down."""

import pytest

from tolok.platforms.web.urls import handle_from_url, post_id_from_url, profile_url

HANDLES = [
    ("https://www.jatimprov.go.id/", "jatimprov.go.id"),
    ("JATIMPROV.GO.ID", "jatimprov.go.id"),
    ("http://bakohumas.jatimprov.go.id/news/id/20", "bakohumas.jatimprov.go.id"),
    ("https://jatimprov.go.id:8443/x", "jatimprov.go.id"),
    ("//jatimprov.go.id.", "jatimprov.go.id"),
    ("https://bücher.example/", "xn--bcher-kva.example"),
    ("https://jatimprov.go.id:abc/", None),
    ("https://10.0.0.1/", None),
    ("localhost", None),
    ("mailto:humas@jatimprov.go.id", None),
    ("ftp://jatimprov.go.id", None),
    ("https://[::1/", None),
    ("https:\\\\jatimprov.go.id", None),
    ("tidak ada", None),
]

POSTS = [
    ("https://www.bpk.go.id/berita/Judul/", "bpk.go.id/berita/Judul"),
    ("http://wartapemeriksa.bpk.go.id/?p=39870", "wartapemeriksa.bpk.go.id?p=39870"),
    ("bpk.go.id/berita#atas", "bpk.go.id/berita"),
    ("https://www.bpk.go.id/", None),
    ("https://www.bpk.go.id", None),
    ("bukan alamat", None),
]

PROFILES = [
    ("bpk.go.id", "https://bpk.go.id/"),
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
