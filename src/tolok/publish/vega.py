"""The one shared script with which readers explore charts: Vega, Vega-Lite and Vega-Embed.

It comes with vl-convert, so nothing is fetched, and pages load it when a reader asks for it.
"""

from collections.abc import Iterator
from functools import cache

import vl_convert

from tolok.publish.explored import VEGA_LITE, explorable, map_name, points_of
from tolok.publish.language import Language
from tolok.publish.results import Results
from tolok.publish.scripts import data_script

SCRIPT = "assets/vega.js"
_HANDED_OVER = "(window.tolok = window.tolok || {}).vegaEmbed = vegaEmbed;"


def build_explored(results: Results) -> Iterator[tuple[str, str]]:
    """The script, and the map of each cluster in each language as Vega-Lite.

    Missing: a cluster without a point has no map, and a site without a map no script.
    """
    edition = results.rules.edition
    has_map = False
    for cluster in edition.clusters:
        rows = results.institutions_of.get(cluster.name, [])
        points = points_of(rows, edition.window.day_count)
        for code in edition.languages if points else ():
            has_map = True
            spec = explorable(points, Language(code, results.rules))
            yield data_script(map_name(cluster.name, code), spec)
    if has_map:
        yield SCRIPT, bundle()


@cache
def bundle() -> str:
    """The text of the script; the same bytes each time."""
    return str(vl_convert.javascript_bundle(_HANDED_OVER, VEGA_LITE))
