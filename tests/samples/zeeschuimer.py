"""Files as Zeeschuimer writes them, and as 4CAT gives the same objects back."""

import json

OPTIONS: dict[str, str] = {}
READ_MS = 1_761_000_000_000
"""2025-10-20T22:40:00Z."""
SECONDS = 1_759_280_400
"""2025-10-01T01:00:00Z."""


def line(platform, data, **facts):
    """An object of a platform with the facts of its reading."""
    return {
        "nav_index": "1:1:1",
        "item_id": str(data.get("id")),
        "timestamp_collected": READ_MS,
        "source_platform": platform,
        "source_platform_url": f"https://{platform}/contoh",
        "source_url": f"https://{platform}/api",
        "user_agent": "Mozilla/5.0",
        "data": data,
        **facts,
    }


def instagram(number=1, **fields):
    """A picture of @contoh."""
    return {
        "id": f"{number}_501",
        "pk": str(number),
        "code": f"Caaaa{number:02}",
        "taken_at": SECONDS + number,
        "media_type": 1,
        "product_type": "feed",
        "user": {"pk": "501", "id": "501", "username": "contoh", "full_name": "Contoh"},
        "caption": {"text": f"Halo {number} 🎉"},
        "like_count": 100 + number,
        "comment_count": 4,
        "like_and_view_counts_disabled": False,
        **fields,
    }


def graph(number=1, **fields):
    """A video of @contoh in the older shape of the pages."""
    return {
        "__typename": "GraphVideo",
        "id": str(number),
        "shortcode": f"Gaaaa{number:02}",
        "taken_at_timestamp": SECONDS + number,
        "owner": {"id": "501", "username": "contoh"},
        "edge_media_to_caption": {"edges": [{"node": {"text": f"Video {number}"}}]},
        "edge_media_preview_like": {"count": 50 + number},
        "edge_media_to_comment": {"count": 2},
        "video_view_count": 900,
        "video_duration": 12.5,
        "is_video": True,
        **fields,
    }


def tiktok(number=1, **fields):
    """A video of @contoh."""
    return {
        "id": str(7_550_000_000_000_000_000 + number),
        "desc": f"Tari {number}",
        "createTime": SECONDS + number,
        "author": {"id": "601", "uniqueId": "contoh", "nickname": "Contoh"},
        "authorStats": {"followerCount": 8_800, "videoCount": 3},
        "stats": {
            "diggCount": 1000, "commentCount": 10, "shareCount": 5, "playCount": 20000,
            "collectCount": 7,
        },
        "video": {"duration": 31},
        "isAd": False,
        **fields,
    }  # fmt: skip


def comment(number=1, **fields):
    """A comment under a video of TikTok, by a person."""
    return {
        "id": f"8{number:03}",
        "cid": f"8{number:03}",
        "aweme_id": "7550000000000000001",
        "create_time": SECONDS + number,
        "text": f"Terima kasih {number}",
        "digg_count": 3,
        "reply_id": "0",
        "user": {"uid": f"99{number}", "unique_id": f"warga{number}", "nickname": "Warga Biasa"},
        "share_info": {"title": "Warga Biasa's comment", "url": "https://m.tiktok.com/v/755.html"},
        **fields,
    }


def x(number=1, legacy=None, **fields):
    """A post of @Contoh."""
    post_id = str(1_974_000_000_000_000_000 + number)
    return {
        "id": post_id,
        "rest_id": post_id,
        "core": {
            "user_results": {
                "result": {
                    "rest_id": "77001",
                    "core": {"screen_name": "Contoh", "name": "Contoh"},
                    "legacy": {"followers_count": 900},
                }
            }
        },
        "views": {"count": str(1000 + number), "state": "EnabledWithCount"},
        "legacy": {
            "created_at": f"Wed Oct 01 01:00:{number:02} +0000 2025",
            "full_text": f"Baris {number}",
            "user_id_str": "77001",
            "conversation_id_str": post_id,
            "favorite_count": 20,
            "reply_count": 3,
            "retweet_count": 5,
            "quote_count": 2,
            "bookmark_count": 1,
            "lang": "in",
            "entities": {"urls": []},
            **(legacy or {}),
        },
        **fields,
    }


def threads(number=1, **fields):
    """A post of @contoh that is text alone."""
    return {
        "id": f"{number}_501",
        "pk": str(number),
        "code": f"Taaaa{number:02}",
        "taken_at": SECONDS + number,
        "user": {"pk": "501", "username": "contoh"},
        "caption": {"text": f"Utas {number}"},
        "like_count": 9,
        "media_type": 19,
        "carousel_media": None,
        "image_versions2": {"candidates": []},
        "video_versions": None,
        "is_paid_partnership": None,
        "like_and_view_counts_disabled": False,
        "text_post_app_info": {"direct_reply_count": 4, "repost_count": 2, "quote_count": 1},
        **fields,
    }


def linkedin():
    """A post of LinkedIn: its age, and no time."""
    return {
        "id": "urn:li:activity:7379000000000000001",
        "actor": {"subDescription": {"text": "3mo • Edited"}},
    }


def lines(items):
    """A file of these objects, one a line."""
    return "".join(json.dumps(item) + "\n" for item in items).encode()


def _as_4cat(item):
    return {**item["data"], "__import_meta": {k: v for k, v in item.items() if k != "data"}}


_NUMBERS = range(1, 12)
_INSTAGRAM = [line("instagram.com", make(n)) for make in (instagram, graph) for n in _NUMBERS]
SAMPLES = {
    "instagram.ndjson": lines(_INSTAGRAM),
    "4cat-instagram.ndjson": lines(map(_as_4cat, _INSTAGRAM)),
    "tiktok.ndjson": lines(line("tiktok.com", tiktok(n)) for n in _NUMBERS),
    "tiktok-comments.ndjson": lines(line("tiktok-comments", comment(n)) for n in _NUMBERS),
    "x.ndjson": lines(line("twitter.com", x(n), last_updated=READ_MS) for n in _NUMBERS),
    "threads.ndjson": lines(line("threads.net", threads(n)) for n in _NUMBERS),
}
"""Content by file name; every file holds at least ten rows, all of them good."""
