"""Files as YouTube Data Tools writes them: videos by comma and by tab, and channels."""

OPTIONS: dict[str, str] = {}
VIDEO_COLUMNS = (
    "position", "channelId", "channelTitle", "videoId", "publishedAt", "publishedAtSQL",
    "videoTitle", "videoDescription", "tags", "videoCategoryId", "videoCategoryLabel", "duration",
    "durationSec", "defaultLanguage", "defaultLAudioLanguage", "viewCount", "likeCount",
    "dislikeCount", "favoriteCount", "commentCount",
)  # fmt: skip
CHANNEL_COLUMNS = (
    "id", "title", "description", "publishedAt", "defaultLanguage", "country", "viewCount",
    "subscriberCount", "videoCount", "thumbnail",
)  # fmt: skip


def video(number=1, **cells):
    """A video of five minutes."""
    return {
        "position": number,
        "channelId": "UCcontohcontohcontohcont",
        "channelTitle": "Contoh",
        "videoId": f"vid{number:08}",
        "publishedAt": f"2025-10-{number:02}T01:00:00Z",
        "publishedAtSQL": f"2025-10-{number:02} 03:00:00",
        "videoTitle": f"Video {number} 🎉",
        "videoDescription": "Satu, dua",
        "duration": "PT5M",
        "durationSec": 300,
        "defaultLAudioLanguage": "id",
        "viewCount": 5000 + number,
        "likeCount": 40,
        "favoriteCount": 0,
        "commentCount": 6,
        **cells,
    }


def channel(number=1, **cells):
    """A channel with 12,300 subscribers."""
    return {
        "id": f"UCcontohcontohcontoh{number:04}",
        "title": f"Contoh {number}",
        "publishedAt": "2012-01-01T00:00:00Z",
        "country": "ID",
        "viewCount": 1000,
        "subscriberCount": 12_300,
        "videoCount": 50,
        **cells,
    }


def written(columns, rows, delimiter=","):
    r"""A file as PHP writes it: cells with blanks quoted, a quote behind a backslash as it is."""
    lines = [delimiter.join(columns)]
    for row in rows:
        cells = [_quoted(str(row.get(column, "")), delimiter) for column in columns]
        lines.append(delimiter.join(cells))
    return ("\n".join(lines) + "\n").encode()


def _quoted(text, delimiter):
    if not any(mark in text for mark in f'{delimiter}" \n\\'):
        return text
    inside = text.replace('\\"', "\0").replace('"', '""').replace("\0", '\\"')
    return f'"{inside}"'


_VIDEOS = [video(number) for number in range(1, 12)]
_CHANNELS = [channel(number) for number in range(1, 12)]
SAMPLES = {
    "videolist_channel11_2025_11_01-08_30_00.csv": written(VIDEO_COLUMNS, _VIDEOS),
    "videolist_channel11_2025_11_01-08_30_00.tab": written(VIDEO_COLUMNS, _VIDEOS, "\t"),
    "channellist_11_2025_11_01-08_30_00.csv": written(CHANNEL_COLUMNS, _CHANNELS),
}
"""Content by file name; every file holds at least ten rows, all of them good."""
