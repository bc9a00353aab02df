"""The tables of a jury that has closed: what was decided, by which scores, of which juror codes.

Jurors appear as the edition's rules publish ballots: by name, by code, or not at all.
"""

from tolok.store.schema import CATEGORY, CLUSTER, INSTITUTION, Column, Table, number, text

_ROUND = text("round", "name of the round")
_JUROR = text("juror", "the juror's code or name, as the rules publish ballots")

JURY_AWARDS = Table(
    "jury_awards",
    (
        CATEGORY,
        CLUSTER,
        text("method", "how scores became an order: mean, additive, random, z, rasch; empty: none"),
        text("status", "clear, contested, decided_by_data, decided_by_vote, shared, overridden"),
        text("tally_status", "what the scores alone gave: clear, contested, tied; empty: none"),
        text("reasons", "codes, apart by semicolons; a code may carry a figure after a colon"),
        text("override_by", "who answers for an override: two names, joined by &; empty: none"),
        Column("juror_count", "BIGINT", "jurors whose scores count", nullable=False),
        Column("recused_count", "BIGINT", "jurors who step back from a nominee", nullable=False),
        number("alpha", "Krippendorff's alpha of the jurors' scores, interval; null: unknown"),
        number(
            "icc", "ICC(A,k), absolute agreement of the panel's mean; null where a score is missing"
        ),
        number("kendall_w", "Kendall's W, corrected for ties; null where a score is missing"),
        number("category_alpha", "alpha over all nominees of the category, of every cluster"),
    ),
    key=("category", "cluster"),
    order=("category", "cluster"),
)

JURY_NOMINEES = Table(
    "jury_nominees",
    (
        CATEGORY,
        CLUSTER,
        _ROUND,
        INSTITUTION,
        number("jury_score", "the tally's score, in points of the scale (logits for rasch)"),
        Column("jury_rank", "BIGINT", "rank by it, ties sharing the best; null without a tally"),
        number("chance_best", "chance to be the best, were another panel to judge"),
        number("error_to_first", "standard error of its difference from the first"),
        Column("score_count", "BIGINT", "jurors whose scores of it count", nullable=False),
        Column(
            "leads_without_count",
            "BIGINT",
            "so many jurors can be left out, one at a time, and it leads",
            nullable=False,
        ),
    ),
    key=("category", "cluster", "round", "institution_id"),
    order=("category", "cluster", "round", "institution_id"),
)

JURY_SCORES = Table(
    "jury_scores",
    (
        _ROUND,
        _JUROR,
        CATEGORY,
        CLUSTER,
        INSTITUTION,
        text("criterion", "the question of the rubric"),
        Column("score", "BIGINT", "the score given; null where the juror steps back"),
        Column("counts", "BOOLEAN", "whether it is of the juror's last ballot", nullable=False),
        Column("version", "BIGINT", "of the juror's ballot in this round", nullable=False),
    ),
    key=("round", "juror", "version", "category", "institution_id", "criterion"),
    order=("round", "juror", "version", "category", "cluster", "institution_id", "criterion"),
)

JURY_VOTES = Table(
    "jury_votes",
    (
        CATEGORY,
        CLUSTER,
        text("first", "one of the two, an institution_id"),
        text("second", "the other"),
        Column("first_count", "BIGINT", "jurors who chose the first", nullable=False),
        Column("second_count", "BIGINT", "jurors who chose the second", nullable=False),
    ),
    key=("category", "cluster", "first", "second"),
    order=("category", "cluster", "first", "second"),
)

JURY_JURORS = Table(
    "jury_jurors",
    (
        CATEGORY,
        _JUROR,
        Column("score_count", "BIGINT", "nominees scored", nullable=False),
        number("leniency", "points added to a score beside the panel; below 0 is harsh"),
        number("residual", "standard deviation of what is left of the scores, in points"),
        number("ratio", "the residual over the panel's median"),
        Column("is_reviewed", "BOOLEAN", "strays more than twice the median", nullable=False),
    ),
    key=("category", "juror"),
    order=("category", "juror"),
)

JURY_TABLES = {
    table.name: table
    for table in (JURY_AWARDS, JURY_NOMINEES, JURY_SCORES, JURY_VOTES, JURY_JURORS)
}
