"""Addresses of facebook as people write them down."""

import pytest

from tolok.platforms.facebook.urls import handle_from_url, post_id_from_url, profile_url

HANDLES = [
    ("https://www.facebook.com/InfoBMKG", "infobmkg"),
    ("facebook.com/ui.ac.id/", "ui.ac.id"),
    ("https://id-id.facebook.com/KementerianSosialRI/", "kementeriansosialri"),
    ("https://m.facebook.com/kemenkes?ref=ts&fref=ts", "kemenkes"),
    ("https://mbasic.facebook.com/kemenkes", "kemenkes"),
    ("https://fb.com/kemenkes", "kemenkes"),
    ("https://www.facebook.com/@kemenkes", "kemenkes"),
    ("https://www.facebook.com/#!/kemenkes", "kemenkes"),
    ("https://www.facebook.com/pg/kemenkes/posts/", "kemenkes"),
    ("https://www.facebook.com/kemenkes/posts/123456789012", "kemenkes"),
    ("https://www.facebook.com/profile.php?id=100064123456789", "100064123456789"),
    ("https://www.facebook.com/pages/Pemprov-DKI/123456789012", "123456789012"),
    ("https://www.facebook.com/pages/Pemprov-DKI/123456789012/photos", "123456789012"),
    ("https://www.facebook.com/pages/category/City/Pemprov-DKI-123456789012/", "123456789012"),
    ("https://www.facebook.com/people/Pemprov-DKI/100064123456789/", "100064123456789"),
    ("https://www.facebook.com/p/Pemprov-DKI-Jakarta-100064123456789/", "100064123456789"),
    ("https://www.facebook.com/Pemprov-DKI-Jakarta-123456789012/", "123456789012"),
    ("https://www.facebook.com/permalink.php?story_fbid=98765432&id=1000641234", "1000641234"),
    ("https://www.facebook.com/profile.php", None),
    ("https://www.facebook.com/pages/", None),
    ("https://www.facebook.com/groups/humas", None),
    ("https://www.facebook.com/watch/?v=123456789", None),
    ("https://www.facebook.com/sharer/sharer.php?u=example.id", None),
    ("https://business.facebook.com/kemenkes", None),
    ("https://l.facebook.com/kemenkes", None),
    ("https://fb.watch/abcDEF123/", None),
    ("https://notfacebook.com/kemenkes", None),
    ("https://facebook.com.example.id/kemenkes", None),
    ("https://www.facebook.com/", None),
]

POSTS = [
    ("https://www.facebook.com/kemenkes/posts/123456789012", "123456789012"),
    ("https://www.facebook.com/kemenkes/posts/123456789012:0", "123456789012"),
    ("https://www.facebook.com/kemenkes/posts/pfbid02AbCdEf?x=1", "pfbid02AbCdEf"),
    ("https://www.facebook.com/kemenkes/posts/judul-unggahan/123456789012/", "123456789012"),
    ("https://id-id.facebook.com/kemenkes/videos/123456789012/", "123456789012"),
    ("https://www.facebook.com/kemenkes/videos/vb.1234/123456789012/", "123456789012"),
    ("https://www.facebook.com/kemenkes/photos/a.1.2/123456789012", "123456789012"),
    ("https://www.facebook.com/reel/123456789012", "123456789012"),
    ("https://www.facebook.com/watch/?v=123456789012", "123456789012"),
    ("https://www.facebook.com/watch/live/?v=123456789012", "123456789012"),
    ("https://www.facebook.com/permalink.php?story_fbid=98765432&id=1000641234", "98765432"),
    ("https://m.facebook.com/story.php?story_fbid=pfbid02AbC&id=1000641234", "pfbid02AbC"),
    ("https://www.facebook.com/photo.php?fbid=123456789012&set=a.1", "123456789012"),
    ("https://www.facebook.com/photo/?fbid=123456789012", "123456789012"),
    ("https://www.facebook.com/groups/humas/permalink/123456789012/", "123456789012"),
    ("https://www.facebook.com/share/p/1AbCdEfGhI/", None),
    ("https://www.facebook.com/kemenkes/photos", None),
    ("https://www.facebook.com/kemenkes", None),
    ("https://notfacebook.com/kemenkes/posts/123456789012", None),
]

PROFILES = [
    ("kemenkes", "https://www.facebook.com/kemenkes"),
    ("100064123456789", "https://www.facebook.com/100064123456789"),
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
