"""Files as yt-dlp writes them: one video, a playlist, one video a line."""

import json

OPTIONS: dict[str, str] = {}
EPOCH = 1_761_000_000
"""2025-10-20T22:40:00Z."""
TIMESTAMP = 1_759_280_400
"""2025-10-01T01:00:00Z."""


def video(number=1, **fields):
    """A video of the channel @contoh; a field that is None is left out."""
    video_id = f"vid{number:08}"
    found = {
        "id": video_id,
        "title": f"Video {number} 🎉",
        "description": "Keterangan",
        "channel": "Contoh",
        "channel_id": "UCcontohcontohcontohcont",
        "channel_follower_count": 12_300,
        "uploader": "Contoh",
        "uploader_id": "@Contoh",
        "timestamp": TIMESTAMP + number,
        "upload_date": "20251001",
        "duration": 300,
        "view_count": 5000 + number,
        "like_count": 40,
        "comment_count": 6,
        "live_status": "not_live",
        "media_type": "video",
        "webpage_url": f"https://www.youtube.com/watch?v={video_id}",
        "extractor": "youtube",
        "extractor_key": "Youtube",
        "epoch": EPOCH,
        "_type": "video",
        **fields,
    }
    return {name: value for name, value in found.items() if value is not None}


def comment(number=1, **fields):
    """A comment by a person."""
    return {
        "id": f"Ug{number}",
        "parent": "root",
        "text": f"Terima kasih {number}",
        "like_count": 2,
        "author": "Warga Biasa",
        "author_id": f"UCwarga{number}",
        "author_url": f"https://www.youtube.com/channel/UCwarga{number}",
        "author_is_uploader": False,
        "timestamp": TIMESTAMP + 60 + number,
        **fields,
    }


_VIDEOS = [video(number) for number in range(1, 12)]
_PLAYLIST = {
    "_type": "playlist",
    "id": "PLcontoh",
    "extractor_key": "YoutubeTab",
    "webpage_url": "https://www.youtube.com/playlist?list=PLcontoh",
    "entries": [video(number, epoch=None) for number in range(1, 12)],
    "epoch": EPOCH,
}
_WITH_COMMENTS = video(comments=[comment(number) for number in range(1, 12)])
SAMPLES = {
    "Contoh [vid00000001].info.json": json.dumps(_WITH_COMMENTS).encode(),
    "Contoh [PLcontoh].info.json": json.dumps(_PLAYLIST, indent=1).encode(),
    "videos.jsonl": "".join(json.dumps(item) + "\n" for item in _VIDEOS).encode(),
}
"""Content by file name; every file holds at least ten rows, all of them good."""
