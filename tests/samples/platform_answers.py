"""Answers of platforms' interfaces: videos and comments, media, with invented names and counts."""

import json
from datetime import UTC, datetime

OPTIONS = {"exported_at": datetime(2025, 11, 1, tzinfo=UTC)}
_COUNT = range(12)


def _video(number):
    return {
        "kind": "youtube#video",
        "id": f"vid{number:08}",
        "snippet": {
            "channelId": "UCcontohresmi00000000001",
            "publishedAt": f"2025-10-{number + 1:02}T03:00:00Z",
            "title": f"Video {number}",
            "description": "Kabar 🎉",
        },
        "contentDetails": {"duration": f"PT{number}M{number}S"},
        "statistics": {
            "viewCount": str(1000 * number),
            "likeCount": str(10 * number),
            "commentCount": str(number),
        },
    }


def _thread(number):
    return {
        "kind": "youtube#commentThread",
        "id": f"thread{number}",
        "snippet": {
            "channelId": "UCcontohresmi00000000001",
            "videoId": f"vid{number:08}",
            "topLevelComment": {
                "kind": "youtube#comment",
                "id": f"comment{number}",
                "snippet": {
                    "videoId": f"vid{number:08}",
                    "textOriginal": f"Bagus {number}",
                    "textDisplay": f"Bagus {number}",
                    "authorDisplayName": f"@budi{number}",
                    "authorChannelId": {"value": f"UC{number:022}"},
                    "likeCount": number,
                    "publishedAt": f"2025-10-{number + 1:02}T04:00:00Z",
                },
            },
            "totalReplyCount": 0,
        },
    }


def _medium(number):
    return {
        "id": str(17_000_000_000_000_000 + number),
        "caption": f"Kabar {number}",
        "comments_count": number,
        "like_count": 10 * number + 1,
        "media_type": "IMAGE",
        "permalink": f"https://www.instagram.com/p/CODE{number:04}/",
        "timestamp": f"2025-10-{number + 1:02}T03:00:00+0000",
    }


def _tiktok(number):
    return {
        "id": 7_000_000_000_000_000_000 + number,
        "create_time": 1_760_000_000 + 3600 * number,
        "username": "contoh.resmi",
        "video_description": f"Kabar {number}",
        "region_code": "ID",
        "like_count": 10 * number,
        "comment_count": number,
        "share_count": number,
        "view_count": 1000 * number,
    }


def _videos(number):
    return {"kind": "youtube#videoListResponse", "items": [_video(number)]}


_DOCUMENTS = {
    "videos.json": {
        "kind": "youtube#videoListResponse",
        "items": [_video(number) for number in _COUNT],
    },
    "threads.json": {
        "kind": "youtube#commentThreadListResponse",
        "items": [_thread(number) for number in _COUNT],
    },
    "discovery.json": {
        "business_discovery": {
            "username": "contoh",
            "media": {"data": [_medium(number) for number in _COUNT]},
        }
    },
    "tiktok.json": {
        "data": {"videos": [_tiktok(number) for number in _COUNT], "cursor": 0, "has_more": False},
        "error": {"code": "ok"},
    },
}
SAMPLES = {name: json.dumps(document).encode() for name, document in _DOCUMENTS.items()} | {
    "videos.ndjson": "\n".join(json.dumps(_videos(number)) for number in _COUNT).encode(),
}
"""Content by file name; every file holds at least ten items, all of them good."""
