"""What tools call platforms, accounts and kinds of posts, as Tolok calls them.

A tool that watches several networks names each in a column, and posts by their address. What is
not known here stays as it stands: the store refuses a row of a platform that it does not have.
"""

import re

from tolok.model import PLATFORMS
from tolok.platforms import account_id, handle_from_url, platform_of_url, post_id_from_url
from tolok.sources.cells import Cells, Column
from tolok.sources.table import folded

_PLATFORMS = {
    "twitter": "x",
    "x (twitter)": "x",
    "x (formerly twitter)": "x",
    "x/twitter": "x",
    "twitter/x": "x",
    "twitter (x)": "x",
    "facebook page": "facebook",
    "facebook pages": "facebook",
    "instagram business": "instagram",
    "instagram business account": "instagram",
    "linkedin page": "linkedin",
    "linkedin company page": "linkedin",
    "tik tok": "tiktok",
    "you tube": "youtube",
    "ig": "instagram",
    "fb": "facebook",
    "yt": "youtube",
    "website": "web",
    "situs web": "web",
    "laman": "web",
}
_KINDS = {
    "photo": "image", "image": "image", "picture": "image", "album": "carousel",
    "carousel": "carousel", "video": "video", "igtv": "video", "native video": "video",
    "reel": "short_video", "reels": "short_video", "short": "short_video",
    "shorts": "short_video", "story": "story", "link": "link", "text": "text", "status": "text",
    "live": "live", "live video": "live", "live video complete": "live",
    "live video scheduled": "live",
}  # fmt: skip
_KINDS_BY_LINK = {
    "instagram": {"/reel/": "short_video", "/reels/": "short_video", "/tv/": "video"},
    "facebook": {"/reel/": "short_video", "/reels/": "short_video", "/videos/": "video"},
    "youtube": {"/shorts/": "short_video"},
}
_CUT = re.compile(r"[0-9]+([.,][0-9]+)?e\+?[0-9]+|[0-9]+[.,][0-9]+", re.ASCII | re.IGNORECASE)


def platform_named(name: str) -> str:
    """The platform that a tool means by a network's name; an unknown name in lower case.

    >>> platform_named("X (Twitter)"), platform_named("PINTEREST")
    ('x', 'pinterest')
    """
    plain = folded(name)
    return _PLATFORMS.get(plain, plain)


def network_platform(name: str) -> str | None:
    """The platform that a network's name means; None for none of ours.

    >>> network_platform("twitter"), network_platform("pinterest")
    ('x', None)
    """
    platform = platform_named(name)
    return platform if platform in PLATFORMS else None


def kind_named(name: str | None) -> str | None:
    """The kind of post that a tool means by a word; None for a word that says too little.

    >>> kind_named("Native Video"), kind_named("live_video_complete"), kind_named("Post")
    ('video', 'live', None)
    """
    return _KINDS.get(folded(name).replace("_", " ")) if name else None


def kind_of_link(platform: str | None, link: str | None) -> str | None:
    """The kind of post that an address tells: Reels, Shorts, videos; None for most addresses."""
    parts = _KINDS_BY_LINK.get(platform or "")
    if parts is None or link is None:
        return None
    return next((kind for part, kind in parts.items() if part in link), None)


def platforms(cells: Cells, network: str, link: str) -> Column:
    """The platform of each row: that of its network's name, else that of its address."""
    if not cells.has(network):
        return [at and platform_of_url(at) for at in cells.words(link)]
    named = cells.words(network)
    known = {name: platform_named(name) for name in set(named) if name}
    return [known.get(name) if name else None for name in named]


def post_ids(cells: Cells, platform: Column, link: str, other: str = "") -> Column:
    """The id of each row's post: that in its address, else the one in another column.

    On Instagram only the address counts: its code is what other files and tools have, and the
    number in exports of some is another. A row of a known platform without an id is at fault.

    Missing: None where the row is at fault, or its platform unknown.
    """
    found: Column = []
    given = cells.ids(other)
    header = cells.reading.headers.get(other, "")
    for index, (at, on) in enumerate(zip(cells.words(link), platform, strict=True)):
        if on not in PLATFORMS:
            found.append(None)
            continue
        post_id = post_id_from_url(on, at) if at else None
        if post_id is None:
            text = given[index]
            is_text = text is not None and not _CUT.fullmatch(text)
            post_id = text if is_text and on != "instagram" else None
        if post_id is None:
            no_text = f", and {header} is no text of digits" if header and not is_text else ""
            cells.refuse(index, f"has no id: the link names no post{no_text}")
        found.append(post_id)
    return found


def accounts_of_links(platform: Column, links: Column) -> Column:
    """The account that each post's address names; None for most platforms."""
    return [
        account_id(on, name)
        if on in PLATFORMS and at and (name := handle_from_url(on, at))
        else None
        for on, at in zip(platform, links, strict=True)
    ]


def shown_likes(platform: Column, likes: Column) -> tuple[Column, list[str]]:
    """The likes of each row, none where the owner hides them, and why others are null.

    Tools that watch an account from outside write 0, or nothing, for hidden likes on Instagram.
    """
    is_hidden = [
        on == "instagram" and count in {None, "0"}
        for on, count in zip(platform, likes, strict=True)
    ]
    shown: Column = [
        None if hidden else count for hidden, count in zip(is_hidden, likes, strict=True)
    ]
    return shown, ["hidden" if hidden else "not_collected" for hidden in is_hidden]


def readings(
    platform: Column, account: Column, moment: Column, followers: Column
) -> dict[str, Column]:
    """Columns of follower readings, one a row at its moment.

    Missing: no reading where the moment is missing, or where the tool wrote 0 or less: it knew
    none.
    """
    known = [
        count if at and count and count != "0" and count[0] != "-" else None
        for at, count in zip(moment, followers, strict=True)
    ]
    return {
        "platform": platform,
        "account_id": account,
        "observed_at": moment,
        "follower_count": known,
    }
