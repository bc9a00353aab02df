"""The platforms as tools call them."""

_NAMES = {
    "instagram": "instagram", "ig": "instagram", "facebook": "facebook", "fb": "facebook",
    "facebook page": "facebook", "x": "x", "twitter": "x", "x (twitter)": "x", "youtube": "youtube",
    "yt": "youtube", "tiktok": "tiktok", "tik tok": "tiktok", "threads": "threads",
    "linkedin": "linkedin", "linkedin page": "linkedin", "web": "web", "website": "web",
    "situs web": "web", "laman": "web",
}  # fmt: skip


def network_platform(name: str) -> str | None:
    """The platform that a tool's word in lower case means; None for none of ours.

    >>> network_platform("twitter"), network_platform("pinterest")
    ('x', None)
    """
    return _NAMES.get(" ".join(name.split()))
