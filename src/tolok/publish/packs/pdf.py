"""Packs as PDF, by Typst: texts go in as data, never as markup; fonts are those of its package."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import typst

from tolok.jury.ballot import Entry
from tolok.publish.colours import LIGHT_PAPER, readable
from tolok.publish.language import Language
from tolok.publish.packs.evidence import Evidence
from tolok.publish.packs.guide import guide
from tolok.publish.packs.view import NomineeView, PackView, PostView, figures_view, pack_view
from tolok.publish.typeset import MARK, fit, texts, typeset

_TEMPLATE = "pack.typ"
_PICTURE_ALONE = b"""
#let one = json(bytes(sys.inputs.data))
#image(one.source, format: one.format)
"""
_VERBATIM = ("url", "picture", "lang", "accent", "mark")
"""Values that are no text to read: they go in as they are."""


def pack_pdf(
    evidence: Evidence, *, juror: str, category: str, entries: Sequence[Entry], language: str
) -> bytes:
    """The posts of a category's nominees as one juror sees them, without a figure."""
    spoken = Language(language, evidence.rules)
    return _document(pack_view(evidence, spoken, juror, category, entries), evidence.media)


def figures_pdf(
    evidence: Evidence, *, juror: str, category: str, entries: Sequence[Entry], language: str
) -> bytes:
    """The figures behind the same posts in the same order, to be opened after the ballot."""
    spoken = Language(language, evidence.rules)
    return _document(figures_view(evidence, spoken, juror, category, entries), evidence.media)


def _document(view: PackView, media: Path | None) -> bytes:
    try:
        return _compiled(view, media)
    except typst.TypstError:
        sound = _with_readable_pictures(view, media)
        if sound == view:
            raise
        return _compiled(sound, media)


def _compiled(view: PackView, media: Path | None) -> bytes:
    return typeset(_TEMPLATE, _data(view), root=media)


def _with_readable_pictures(view: PackView, media: Path | None) -> PackView:
    """A pack without the pictures that Typst cannot read, which are told as broken."""
    note = view.language.words("pack.picture_broken")

    def checked(post: PostView) -> PostView:
        if post.picture is None or _is_readable(post, media):
            return post
        return replace(post, picture=None, picture_note=note)

    nominees = tuple(
        replace(one, posts=tuple(checked(post) for post in one.posts)) for one in view.nominees
    )
    return replace(view, nominees=nominees)


def _is_readable(post: PostView, media: Path | None) -> bool:
    try:
        typeset(_PICTURE_ALONE, _picture(post), root=media)
    except typst.TypstError:
        return False
    return True


def _data(view: PackView) -> dict[str, Any]:
    """What the template shows, every text fit to be set."""
    edition, words = view.language.rules.edition, view.language.words
    data: dict[str, Any] = {
        "lang": view.language.code,
        "accent": readable(edition.accent, LIGHT_PAPER) if edition.accent else "#000000",
        "title": view.title,
        "edition": edition.title[view.language.code],
        "simulated": words("pack.simulated") if edition.is_simulated else "",
        "juror": words("pack.juror", juror=view.juror),
        "question": view.category.question[view.language.code],
        "guide": guide(view),
        "criteria_title": words("pack.criteria"),
        "criteria": [] if view.is_open else _criteria(view),
        "nominees_title": words("pack.nominees"),
        "clusters": [
            {"label": label, "nominees": [{"number": n.number, "name": n.name} for n in nominees]}
            for label, nominees in view.clusters.items()
        ],
        "nominees": [_nominee(one, view) for one in view.nominees],
        "picture_alt": words("pack.picture"),
        "no_caption": words("pack.no_caption"),
        "no_posts": words("pack.no_posts"),
    }
    ready: dict[str, Any] = fit(data, _VERBATIM)
    is_marked = MARK in "".join(texts(ready["nominees"], _VERBATIM))
    ready["mark"] = MARK
    ready["mark_note"] = words("pack.mark", mark=MARK) if is_marked else ""
    return ready


def _criteria(view: PackView) -> list[dict[str, Any]]:
    code, total = view.language.code, sum(one.weight for one in view.category.criteria)
    return [
        {
            "label": one.label[code],
            "weight": view.language.formats.share(one.weight / total),
            "anchors": [
                {"score": view.language.formats.count(anchor.score), "text": anchor.text[code]}
                for anchor in one.anchors
            ],
        }
        for one in view.category.criteria
    ]


def _nominee(nominee: NomineeView, view: PackView) -> dict[str, Any]:
    return {
        "number": nominee.number,
        "name": nominee.name,
        "cluster": nominee.cluster,
        "context": " ".join(nominee.context),
        "facts": nominee.facts,
        "flags": view.language.words("pack.flags", flags=", ".join(nominee.flags))
        if nominee.flags
        else "",
        "posts": [_post(post, view) for post in nominee.posts],
    }


def _post(post: PostView, view: PackView) -> dict[str, Any]:
    return {
        "head": " · ".join(filter(None, (post.platform, post.kind, post.day))),
        "joint": post.joint,
        "text": post.text,
        "url": post.url,
        "address": post.url or view.language.words("pack.no_address"),
        "picture": _picture(post),
        "note": post.picture_note,
        "facts": post.facts,
    }


def _picture(post: PostView) -> dict[str, str] | None:
    if post.picture is None:
        return None
    return {"source": post.picture.path, "format": post.picture.kind}
