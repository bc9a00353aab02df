"""The scorecard of an institution on two pages: its places, its profile, its weeks, its data."""

from collections.abc import Iterator
from typing import Any

from tolok.publish.changes import changes_of
from tolok.publish.charts import Scale
from tolok.publish.documents.paper import paper, printed_all
from tolok.publish.documents.scorecard_back import back
from tolok.publish.documents.shapes import interval_shape, strip_shape
from tolok.publish.honours import honours_told
from tolok.publish.language import Language
from tolok.publish.links import scorecard_pdf_path, web_address
from tolok.publish.packs.caption import shortened
from tolok.publish.pages.institution import Place, Profile, best_of, place_of, profiles_of
from tolok.publish.results import Results
from tolok.publish.rows import AccountRow, InstitutionRow
from tolok.publish.size import band_label

PAGES = 2
_RUNNING = 80
"""So many characters of a name stand at the head and the foot of a page."""
ACCOUNTS_SHOWN = 8
PROFILES_SHOWN = 24


def build_scorecards(results: Results) -> Iterator[tuple[str, bytes]]:
    """The scorecard of every institution in every language: its address in the site, the PDF."""
    languages = [Language(code, results.rules) for code in results.rules.edition.languages]
    documents = (
        (scorecard_pdf_path(row.institution_id, one.code), scorecard(row, results, one))
        for one in languages
        for row in results.institutions.values()
    )
    yield from printed_all("scorecard.typ", documents, results.drawn, PAGES)


def scorecard(row: InstitutionRow, results: Results, language: Language) -> dict[str, Any]:
    """What the template of scorecards shows of an institution."""
    words = language.words
    places = [place_of(category, row, results, language) for category in results.rules.categories]
    best = best_of(places)
    facts = {"rank": best.row.rank, "n": best.ranked_count} if best and best.row else {}
    data = paper(f"{words('institution.scorecard')}: {row.institution}", results, language)
    return data | {
        "name": row.institution,
        "running": shortened(row.institution, _RUNNING),
        "eyebrow": " · ".join(_eyebrow(row, language)),
        "lead": words("institution.best_place", category=best.label, **facts)
        if best
        else words("institution.no_place"),
        "honours": list(honours_told((place.honour for place in places), language)),
        "changes": _changes(row, results, language),
        "tiles": _tiles(row, results, language),
        "accounts": _accounts(row, results, language),
        "places": _places(places, row, language),
        "profile": _profile(row, results, language),
        **back(row, places, results, language),
    }


def _changes(row: InstitutionRow, results: Results, language: Language) -> str:
    """What became of the institution inside the window, and that its figures are of all of it."""
    told = changes_of(row.institution_id, results, language)
    weeks = len(results.rules.edition.window.weeks)
    return " ".join((*told, language.words("change.measured", n=weeks))) if told else ""


def _eyebrow(row: InstitutionRow, language: Language) -> Iterator[str]:
    """What the document is, the cluster, and the size where it is known."""
    yield language.words("institution.scorecard")
    yield language.cluster(row.cluster)
    if row.size_band:
        yield language.words("doc.size_band", band=band_label(row.size_band, language))


def _tiles(row: InstitutionRow, results: Results, language: Language) -> list[list[str]]:
    words, formats = language.words, language.formats
    window = results.rules.edition.window
    weeks = words("tile.of", n=len(window.weeks))

    def known(count: int | None) -> str:
        return "–" if count is None else formats.count(count)

    return [
        [formats.count(row.post_count), words("tile.posts")],
        [formats.number(7 * row.post_count / window.day_count), words("tile.posts_per_week")],
        [known(row.interaction_count), words("tile.interactions")],
        [known(row.follower_count), words("tile.followers")],
        [formats.count(row.active_week_count), f"{words('tile.active_weeks')} {weeks}"],
    ]


def _accounts(row: InstitutionRow, results: Results, language: Language) -> dict[str, Any]:
    """The accounts that count, those with most followers first; then the others."""
    words = language.words
    accounts = sorted(
        results.accounts_of.get(row.institution_id, []),
        key=lambda one: (not one.counts, -(one.follower_count or 0), one.account_id),
    )
    hidden = len(accounts) - ACCOUNTS_SHOWN
    keys = ("table.platform", "table.account", "table.status", "table.followers", "table.posts")
    return {
        "title": words("institution.accounts"),
        "header": [words(key) for key in keys],
        "rows": [_account(one, language) for one in accounts[:ACCOUNTS_SHOWN]],
        "more": words("doc.more_accounts", n=hidden) if hidden > 0 else "",
        "empty": words("institution.no_accounts"),
    }


def _account(account: AccountRow, language: Language) -> dict[str, str]:
    words, formats = language.words, language.formats
    check = [words("account.official" if account.is_official else "account.unconfirmed")]
    if account.checked_on:
        check.append(words("account.checked", day=formats.short_day(account.checked_on)))
    if not account.counts:
        check.append(words("account.not_counted"))
    followers = account.follower_count
    handle = account.handle or account.account_id
    return {
        "platform": language.platform(account.platform),
        "handle": handle if len(handle) <= 40 else f"{handle[:39]}…",
        "url": web_address(account.url),
        "check": ", ".join(check),
        "followers": "–" if followers is None else formats.count(followers),
        "posts": formats.count(account.post_count),
    }


def _places(places: list[Place], row: InstitutionRow, language: Language) -> dict[str, Any]:
    words = language.words
    has_intervals = any(place.row and place.row.rank_low for place in places)
    is_ranked = any(place.row and place.row.rank for place in places)
    finding = words("doc.places.finding", cluster=language.cluster(row.cluster))
    return {
        "title": words("institution.places", n=len(places)),
        "finding": finding if is_ranked else "",
        "subtitle": words("doc.places.subtitle" if has_intervals else "doc.places.subtitle_plain")
        if is_ranked
        else "",
        "header": [
            words("doc.category"),
            words("table.rank"),
            words("legend.interval") if has_intervals else "",
            words("doc.chance_first") if has_intervals else "",
            words("doc.chance_nominee") if has_intervals else "",
        ],
        "rows": [_place(place, language) for place in places],
        "legend_nominee": words("legend.nominee"),
        "legend_other": words("legend.not_nominee"),
        "legend_interval": words("legend.interval"),
    }


def _place(place: Place, language: Language) -> dict[str, Any]:
    words, score = language.words, place.row
    rank = score.rank if score else None
    if score is None or rank is None:
        note = "; ".join(place.reasons) or words("reason.unstated")
        return {"label": place.label, "honour": "", "band": "", "rank": "", "note": note} | {
            "unranked": words("institution.unranked")
        }
    low, high = score.rank_low, score.rank_high
    is_winner = place.honour is not None and place.honour.is_winner
    honour = f"★ {words('jury.winner')}" if is_winner else ""
    scale = Scale(1.0, float(max(2, place.ranked_count)))
    shape = interval_shape(float(rank), low, high, scale, is_nominee=score.nominee)
    return shape | {
        "label": place.label,
        "honour": honour or (f"◆ {words('award.nominee')}" if score.nominee else ""),
        "band": words("institution.of_band", rank=place.band[0], n=place.band[1])
        if place.band
        else "",
        "rank": str(rank),
        "of": words("doc.of", n=place.ranked_count),
        "interval": "" if low is None or high is None else f"{low}–{high}",
        "first": place.chance_first,
        "nominee": place.chance_nominee,
        "note": "; ".join(place.reasons),
    }


def _profile(row: InstitutionRow, results: Results, language: Language) -> dict[str, Any]:
    """The indicators by category; of more than fit on the page the last ones are left out."""
    words = language.words
    groups, left = [], PROFILES_SHOWN
    hidden = 0
    for category in results.rules.categories:
        profiles = profiles_of(category, row, results, language)
        shown = profiles[: max(0, left)]
        hidden += len(profiles) - len(shown)
        left -= len(shown)
        if shown:
            label = category.label[language.code]
            groups.append({"label": label, "rows": [_indicator(one, language) for one in shown]})
    return {
        "title": words("institution.profile"),
        "finding": words("institution.profile_finding", cluster=language.cluster(row.cluster)),
        "subtitle": words(
            "institution.profile_subtitle",
            window=language.formats.window(results.rules.edition.window),
        ),
        "groups": groups,
        "more": words("doc.more_indicators", n=hidden) if hidden else "",
        "legend_own": words("legend.own"),
        "legend_others": words("legend.others"),
        "legend_median": words("legend.median"),
        "legend_middle": words("legend.middle"),
    }


def _indicator(profile: Profile, language: Language) -> dict[str, Any]:
    points = profile.row.points if profile.row else None
    is_known = points is not None and not profile.why_missing
    return {
        "label": profile.label,
        "missing": profile.why_missing,
        "strip": strip_shape(profile.strip),
        "points": language.formats.number(points) if is_known and points is not None else "–",
    }
