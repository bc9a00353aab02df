"""Which characters the fonts inside Typst lack: they would be drawn as boxes that say nothing."""

import json
import re
from functools import cache

import typst

_PLAIN = re.compile(r"[\u0000-\u02ff\u2010-\u2026]+")
"""Latin letters and the marks of print, which every font has."""
_NOWHERE = "\U0010ffff"
"""A code that is no character: what is drawn for it is drawn for whatever is absent."""
_DRAWN = re.compile(r'<use xlink:href="#([^"]+)"')
_SOURCE = b"""
#set page(width: 40pt, height: 40pt, margin: 5pt)
#for (at, one) in json(bytes(sys.inputs.characters)).enumerate() {
  if at > 0 { pagebreak() }
  text(font: "Libertinus Serif", one)
}
"""


@cache
def fonts() -> typst.Fonts:
    """The fonts inside Typst's package alone: the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def absent_characters(text: str) -> frozenset[str]:
    """The characters of a text that no font draws.

    Each is drawn on a page of its own and compared with what is drawn for no character at all.
    """
    return _absent("".join(sorted(set(_PLAIN.sub("", text)))))


@cache
def _absent(unusual: str) -> frozenset[str]:
    if not unusual:
        return frozenset()
    asked = [_NOWHERE, *unusual]
    compiler = typst.Compiler(_SOURCE, font_paths=fonts(), ignore_system_fonts=True)
    inputs = {"characters": json.dumps(asked)}
    made = compiler.compile(input=_SOURCE, format="svg", sys_inputs=inputs)
    pages = made if isinstance(made, list) else [made or b""]
    drawn = [set(_DRAWN.findall(page.decode())) for page in pages]
    nothing, *shapes = drawn
    return frozenset(
        one for one, shape in zip(asked[1:], shapes, strict=True) if shape and shape <= nothing
    )
