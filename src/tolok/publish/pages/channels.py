"""The directory of channels: which accounts are confirmed as official, and which are not."""

from collections.abc import Iterator

from tolok.publish.language import Language
from tolok.publish.links import institution_path
from tolok.publish.page import Page
from tolok.publish.results import Results

PATH = "channels.html"


def build(results: Results, language: Language) -> Iterator[Page]:
    """The directory, by cluster and institution."""
    groups = [
        (
            cluster.label[language.code],
            [
                (
                    row,
                    institution_path(row.institution_id),
                    results.accounts_of.get(row.institution_id, []),
                )
                for row in results.institutions_of.get(cluster.name, [])
            ],
        )
        for cluster in results.rules.edition.clusters
    ]
    official = {one.account_id for one in results.accounts if one.is_official}
    others = {one.account_id for one in results.accounts} - official
    yield Page(
        path=PATH,
        title=language.words("channels.title"),
        context={
            "groups": groups,
            "official_count": len(official),
            "other_count": len(others),
            "last_check": max(
                (a.checked_on for a in results.accounts if a.checked_on), default=None
            ),
        },
    )
