"""The edition's accent colour, made readable on light and on dark paper.

Source: WCAG 2.2, relative luminance and contrast ratio (success criterion 1.4.3).
"""

import re

FALLBACK = "#0b6b5d"
LIGHT_PAPER, LIGHT_PANEL = "#faf8f4", "#f1ece2"
DARK_PAPER, DARK_PANEL = "#1f1d1b", "#312d29"
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_ENOUGH = 4.6  # a little above the 4.5 asked for: browsers round


def accents(accent: str) -> tuple[str, str]:
    """The accent for light and for dark pages; the house's green where it is no #rrggbb.

    Panels are nearer to the accent than the paper is: what is readable there is so everywhere.
    """
    wanted = accent if _HEX.fullmatch(accent) else FALLBACK
    return readable(wanted, LIGHT_PANEL), readable(wanted, DARK_PANEL)


def readable(colour: str, paper: str) -> str:
    """The colour, moved towards black or white until it can be read on the paper."""
    target = 0 if luminance(paper) > 0.5 else 255
    start = _channels(colour)
    for step in range(51):
        mixed = tuple(round(c + (target - c) * step / 50) for c in start)
        moved = "#{:02x}{:02x}{:02x}".format(*mixed)
        if contrast(moved, paper) >= _ENOUGH:
            break
    return moved


def contrast(colour: str, paper: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(colour), luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a colour, 0 to 1."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in _channels(colour))
    ]
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
