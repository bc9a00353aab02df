"""The table of the posts that jurors see, under results/; other people's texts: never published."""

from tolok.model import COUNTS
from tolok.store.schema import CATEGORY, CLUSTER, INSTITUTION, Column, Table, text

EVIDENCE = Table(
    "evidence",
    (
        CATEGORY,
        INSTITUTION,
        text("part", "best: by the award's own measure; sample: drawn by seed from all"),
        Column("place", "BIGINT", "1 is the best, or the first that was drawn", nullable=False),
        text("platform", "one of PLATFORMS"),
        text("account_id", "the account"),
        text("post_id", "the platform's id"),
        text("url", "permanent address; empty if unknown"),
        text("kind", "one of KINDS; empty if unknown"),
        Column("published_at", "TIMESTAMPTZ", "instant of publishing", nullable=False),
        Column("published_on", "DATE", "date of publishing", nullable=False),
        text("text", "its caption, as it was last read; empty if there is none"),
        Column("media_count", "BIGINT", "pictures or videos in it"),
        Column("co_account_ids", "VARCHAR[]", "other authors of a joint post; null if none"),
        *(Column(name, "BIGINT", f"{name}, null where {name}_missing says why") for name in COUNTS),
        *(
            Column(f"{name}_missing", "VARCHAR", f"why {name} is null: one of MISSING_REASONS")
            for name in COUNTS
        ),
        Column("interaction_count", "BIGINT", "interactions; null if one of them is"),
    ),
    key=("category", "institution_id", "part", "place"),
    order=("category", "institution_id", "part", "place"),
)

EVIDENCE_UNITS = Table(
    "evidence_units",
    (
        CATEGORY,
        CLUSTER,
        INSTITUTION,
        Column("start", "BIGINT", "what the start of its sample is taken from", nullable=False),
    ),
    key=("category", "institution_id"),
    order=("category", "institution_id"),
)
"""A table of a run, which is not written: what is asked of each category and institution."""
