"""The institutions as data for the search box of every page."""

from collections.abc import Iterator

from tolok.publish.links import institution_path
from tolok.publish.results import Results
from tolok.publish.scripts import data_script


def build_index(results: Results) -> Iterator[tuple[str, str]]:
    """Every institution with its cluster and its page, by name, as a script."""
    clusters = results.rules.edition.clusters
    rows = [
        [row.institution, row.short_name or "", at, institution_path(row.institution_id)]
        for at, cluster in enumerate(clusters)
        for row in results.institutions_of.get(cluster.name, [])
    ]
    rows.sort(key=lambda row: (str(row[0]).casefold(), row[3]))
    labels = [
        {code: one.label[code] for code in results.rules.edition.languages} for one in clusters
    ]
    yield data_script("institutions", {"clusters": labels, "rows": rows})
