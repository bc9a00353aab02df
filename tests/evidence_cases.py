"""Posts that jurors see, with captions of every kind and counts that nothing else shows."""

from datetime import UTC, date, datetime

from tolok.model import COUNTS

HOSTILE_CAPTION = (
    "<script>alert('takarir')</script><img src=x onerror=alert(1)> {{ 7 * 7 }} #[panic()] $x$ \\ "
    "`raw` *bold* _em_ @label https://contoh.go.id/?a=1&b=2\n\nBaris baru \u202eterbalik\u202c, "
    "nol\u200blebar\u200d, \u0627\u0644\u0639\u0631\u0628\u064a\u0629, \ua98f\ua9ae, \u6f22\u5b57, "
    "\U0001f1ee\U0001f1e9\U0001f64f\U0001f3fd \x00\x07 #tagar\n" + "panjang" * 715
)
COUNTED = (987_654_321, None, 876_543_219, 765_432_198, 654_321_987)
"""Counts of the posts that jurors see, in the order of COUNTS: numbers that nothing else shows."""


def evidence_rows(category, institution_id, *, is_hostile=False):
    """Three best posts and five drawn ones, one of them both; the third may be hostile."""
    places = [("best", 1), ("best", 2), ("best", 3), *(("sample", one) for one in range(1, 6))]
    return [
        evidence_row(category.name, institution_id, part, place, is_hostile=is_hostile)
        for part, place in places
    ]


def evidence_row(category, institution_id, part, place, *, is_hostile=False):
    """A post with a caption, whose comments are hidden by the account."""
    number = place if part == "best" else place + 2
    is_bad = is_hostile and number == 3
    counts = dict(zip(COUNTS, COUNTED, strict=True))
    reasons = {f"{name}_missing": None if counts[name] else "hidden" for name in COUNTS}
    row = {
        "category": category,
        "institution_id": institution_id,
        "part": part,
        "place": place,
        "account_id": "instagram:1",
        "platform": "instagram" if number % 2 else "web",
        "post_id": f"p{number}",
        "url": "javascript:alert(1)" if is_bad else f"https://instagram.com/p/{number}/",
        "kind": ("image", "carousel", "")[number % 3],
        "published_at": datetime(2025, 3, number, 5, 30, tzinfo=UTC),
        "published_on": date(2025, 3, number),
        "text": HOSTILE_CAPTION if is_bad else f"Takarir ke-{number}\nBaris kedua #layanan",
        "media_count": number,
        "co_account_ids": ["instagram:@rekan"] if number == 2 else None,
        "interaction_count": 543_219_876,
    }
    return row | counts | reasons
