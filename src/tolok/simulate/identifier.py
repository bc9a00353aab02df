"""Post ids in each platform's form, unique inside it, and the addresses made from them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tolok.model import KINDS
from tolok.simulate.draw import Rows
from tolok.simulate.seed import Ints, Keys, mixed

MILLISECOND = 1000
# The first milliseconds that Instagram's and X's ids count from.
INSTAGRAM_EPOCH_MS = 1_314_220_021_721
X_EPOCH_MS = 1_288_834_974_657
# An odd multiplier scatters the numbers over the low bits without ever repeating one.
SCATTER = 0x9E3779B1
BASE_64 = np.frombuffer(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", np.uint8
)
BASE_16 = np.frombuffer(b"0123456789abcdef", np.uint8)


def post_ids(rows: Rows, platform: str) -> pa.Array:
    """The id of each post; both rows of a collab post have the same."""
    milliseconds = rows["published"] // MILLISECOND
    if platform == "instagram":
        number = (milliseconds - INSTAGRAM_EPOCH_MS << 23) | _low_bits(rows, 23)
        return _spelled(number.astype(np.uint64), BASE_64, 6, 11)
    if platform == "youtube":
        return _spelled(mixed(rows["number"].astype(np.uint64), 500), BASE_64, 6, 11)
    if platform == "x":
        return _decimal((milliseconds - X_EPOCH_MS << 22) | _low_bits(rows, 22))
    if platform == "tiktok":
        return _decimal((milliseconds // 1000 << 32) | _low_bits(rows, 32))
    if platform == "facebook":
        page = _decimal(100_000_000_000_000 + rows["account"].astype(np.int64) * 7_919_293)
        post = _decimal((milliseconds - INSTAGRAM_EPOCH_MS << 23) | _low_bits(rows, 23))
        return pc.binary_join_element_wise(page, post, "_")
    return _decimal(rows["number"] + 100_001)


def post_urls(rows: Rows, platform: str, ids: pa.Array, handles: pa.Array) -> pa.Array:
    """The address of each post.

    handles are the handles of all accounts, by position.
    """
    handle = handles.take(pa.array(rows["account"]))
    if platform == "instagram":
        is_reel = pa.array(rows["kind"] == KINDS.index("short_video"))
        folder = pc.if_else(
            is_reel, "https://www.instagram.com/reel/", "https://www.instagram.com/p/"
        )
        return pc.binary_join_element_wise(folder, ids, "/", "")
    if platform == "youtube":
        return pc.binary_join_element_wise("https://www.youtube.com/watch?v=", ids, "")
    if platform == "facebook":
        number = pc.list_element(pc.split_pattern(ids, "_"), 1)
        return pc.binary_join_element_wise(
            "https://www.facebook.com/", handle, "/posts/", number, ""
        )
    before, between = {
        "x": ("https://x.com/", "/status/"),
        "tiktok": ("https://www.tiktok.com/@", "/video/"),
        "web": ("https://", "/berita/"),
    }[platform]
    return pc.binary_join_element_wise(before, handle, between, ids, "")


def hex_words(keys: Keys) -> pa.Array:
    """Keys as 16 hexadecimal digits."""
    return _spelled(keys, BASE_16, 4, 16)


def _low_bits(rows: Rows, bits: int) -> Ints:
    return (rows["number"] * SCATTER) & ((1 << bits) - 1)


def _decimal(numbers: Ints) -> pa.Array:
    return pa.array(numbers, pa.int64()).cast(pa.string())


def _spelled(keys: Keys, alphabet: NDArray[np.uint8], bits: int, length: int) -> pa.Array:
    """Keys in an alphabet of 2**bits letters, the highest bits first."""
    places = np.arange(length - 1, -1, -1, dtype=np.uint64) * np.uint64(bits)
    digits = (keys[:, None] >> places) & np.uint64((1 << bits) - 1)
    letters = np.ascontiguousarray(alphabet[digits])
    offsets = np.arange(0, len(keys) * length + 1, length, dtype=np.int32)
    return pa.StringArray.from_buffers(len(keys), pa.py_buffer(offsets), pa.py_buffer(letters))
