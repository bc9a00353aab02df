"""The tables of scores under results/: how everyone did, how sure that is, and what moves it."""

from tolok.store.schema import CATEGORY, CLUSTER, INSTITUTION, Column, Table, number, text

SCORES = Table(
    "scores",
    (
        CATEGORY,
        CLUSTER,
        INSTITUTION,
        Column("eligible", "BOOLEAN", "whether the institution is ranked", nullable=False),
        text("reason", "why it is not ranked, or what the score lacks; empty if nothing"),
        number(
            "score", "0 to about 100 and above; 50 is the median of all eligible; null unranked"
        ),
        Column("rank", "BIGINT", "competition rank in the cluster (1, 2, 2, 4); null unranked"),
        Column("rank_low", "BIGINT", "best rank of the interval; null until computed"),
        Column("rank_high", "BIGINT", "worst rank of the interval; null until computed"),
        number("p_first", "probability of rank 1; null until computed"),
        number("p_nominee", "probability of a rank within the nominee count; null until computed"),
        Column("nominee", "BOOLEAN", "whether the institution is a nominee", nullable=False),
    ),
    key=("category", "institution_id"),
    order=("category", "cluster", "rank", "institution_id"),
)

INDICATORS = Table(
    "indicators",
    (
        CATEGORY,
        CLUSTER,
        INSTITUTION,
        text("indicator", "name of the indicator"),
        text("platform", "the platform; empty for the indicator as it enters the score"),
        number("value", "the raw value, before shrinkage and normalisation"),
        number("shrunk", "the value after shrinkage towards the platform"),
        number("z", "robust z against the frozen reference set"),
        number("points", "50 + 50 z / 3"),
        number("weight", "nominal weight, from the rules"),
        number("effective_weight", "weight after that of missing indicators was spread"),
        Column("post_count", "BIGINT", "posts behind the value"),
        text("missing", "why there is no value; empty if there is one"),
    ),
    key=("category", "institution_id", "indicator", "platform"),
    order=("category", "cluster", "institution_id", "indicator", "platform"),
)

REFERENCE = Table(
    "reference",
    (
        CATEGORY,
        text("indicator", "name of the indicator"),
        text("platform", "the platform, with its stratum after a slash; empty for all"),
        text(
            "parameter",
            "intercept, slope, centre, scale, shrink_mean, shrink_variance, post_variance, "
            "prior_weight or fifth_percentile",
        ),
        number("value", "the frozen value"),
        Column("unit_count", "BIGINT", "accounts or institutions it was taken from"),
    ),
    key=("category", "indicator", "platform", "parameter"),
    order=("category", "indicator", "platform", "parameter"),
)

NOMINEES = Table(
    "nominees",
    (
        CATEGORY,
        CLUSTER,
        Column("place", "BIGINT", "rank among the nominees", nullable=False),
        INSTITUTION,
        text("institution", "its name"),
        number("score", "its score"),
        number("p_first", "probability of rank 1; null until computed"),
        number("p_nominee", "probability of being a nominee; null until computed"),
        Column(
            "separable_from_next",
            "BOOLEAN",
            "whether the next is surely lower; null until computed",
        ),
    ),
    key=("category", "cluster", "institution_id"),
    order=("category", "cluster", "place", "institution_id"),
)

WINNERS = Table(
    "winners",
    (
        CATEGORY,
        CLUSTER,
        text("institution_id", "the winner; empty while there is none"),
        text("institution", "its name; empty while there is none"),
        number("jury_score", "the jury's score; null without a jury"),
        number("chance_best", "chance that the jury found the best; null without a jury"),
        text(
            "status",
            "awaiting_jury; first_by_data, joint_first_by_data; not_awarded; by a jury: clear, "
            "contested, decided_by_data, decided_by_vote, shared, overridden, undecided",
        ),
        text("reason", "why, as codes apart by semicolons; empty if nothing needs saying"),
    ),
    key=("category", "cluster", "institution_id"),
    order=("category", "cluster", "institution_id"),
)

UNCERTAINTY = Table(
    "uncertainty",
    (
        CATEGORY,
        CLUSTER,
        INSTITUTION,
        text(
            "source",
            "data, method, missing, all (data and method), or simultaneous (sets for all ranks)",
        ),
        Column("rank_low", "BIGINT", "best rank of the interval, 5 % of the draws", nullable=False),
        Column("rank_high", "BIGINT", "worst rank of the interval, 95 %", nullable=False),
        number("p_first", "share of the draws with rank 1"),
        number("p_nominee", "share of the draws with a rank within the nominee count"),
        Column(
            "may_be_nominee",
            "BOOLEAN",
            "whether the 95 % set of the nominees' places holds it; only of source simultaneous",
        ),
    ),
    key=("category", "institution_id", "source"),
    order=("category", "cluster", "institution_id", "source"),
)

LEAVE_ONE_OUT = Table(
    "leave_one_out",
    (
        CATEGORY,
        CLUSTER,
        INSTITUTION,
        text("left_out", "indicator, platform, week (for all), or post (the own best)"),
        text("name", "which; of weeks the Monday of the one without which it ranks worst"),
        Column("rank", "BIGINT", "rank in the cluster without it", nullable=False),
    ),
    key=("category", "institution_id", "left_out", "name"),
    order=("category", "cluster", "institution_id", "left_out", "name"),
)

SENSITIVITY = Table(
    "sensitivity",
    (
        CATEGORY,
        CLUSTER,
        text("output", "rank_change: mean places moved; nominees_changed: 1 if they are others"),
        text("input", "a choice of the method"),
        number("first", "first-order Sobol index over the grid; null if nothing varies"),
        number("total", "total Sobol index over the grid; null if nothing varies"),
        number("mean", "mean of the output over the grid"),
    ),
    key=("category", "cluster", "output", "input"),
    order=("category", "cluster", "output", "input"),
)

IMPORTANCE = Table(
    "importance",
    (
        CATEGORY,
        CLUSTER,
        text("indicator", "name of the indicator"),
        number("nominal_weight", "weight by the rules, of all weights"),
        number("correlation_ratio", "share of the scores' variance that it explains by a curve"),
        number("linear", "the same by a straight line"),
        text("redundant_with", "an indicator with a rank correlation beyond 0.9; empty if none"),
    ),
    key=("category", "cluster", "indicator"),
    order=("category", "cluster", "indicator"),
)

SIZE_COMPARISON = Table(
    "size_comparison",
    (
        CATEGORY,
        CLUSTER,
        INSTITUTION,
        text("size_band", "its size band; null if followers are unknown", nullable=True),
        number("score", "its score; null unranked"),
        Column("rank", "BIGINT", "rank by the score in the cluster; null unranked"),
        number(
            "raw_rate",
            "interactions per post per 1,000 followers; null if unknown, and in a category that "
            "compares no interactions post by post",
        ),
        Column("raw_rank", "BIGINT", "rank by the raw rate among the ranked of the cluster"),
        Column("band_rank", "BIGINT", "rank by the score among the ranked of cluster and band"),
    ),
    key=("category", "institution_id"),
    order=("category", "cluster", "rank", "institution_id"),
)
