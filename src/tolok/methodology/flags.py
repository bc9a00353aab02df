"""The section [flags] of edition.toml: from where on something is pointed out to people.

A flag takes nothing from a score. It says where a person should look, and at which posts.
"""

from dataclasses import dataclass

from tolok.methodology.document import Section

FLAGS = (
    "burst",
    "like_burst",
    "follower_jump",
    "comments_per_like",
    "likes_per_view",
    "repeated_comments",
    "giveaway",
    "copies",
    "boosted",
    "viral",
    "deleted",
)
"""The kinds of flags, in the order in which people read them."""

LEFT_OUT = ("burst", "like_burst", "giveaway", "copies", "boosted")
"""The flags whose posts are left out of the ranking without flagged posts."""

GIVEAWAY_WORDS = (
    "giveaway",
    "give away",
    "kuis",
    "kuis berhadiah",
    "hadiah",
    "berhadiah",
    "undian",
    "tag # teman",
    "tag # sahabat",
    "mention # teman",
    "tandai # teman",
    "like dan share",
    "like & share",
    "like and share",
    "tag # friends",
    "tag a friend",
    "win a prize",
    "prize draw",
)


@dataclass(frozen=True)
class Flags:
    """From where on an account is flagged; METHODOLOGY has the whole rule of each kind.

    Units: deviations in median absolute deviations above a median; tail_share is cut from each
    tail of a platform's ratios; burst_score is the excess of a run of posts, in robust standard
    deviations; least is the number of posts or comments, and accounts the number of accounts of a
    platform, below which a share or a limit says nothing; comment_letters is the length from which
    a repeated comment counts; evidence is the number of posts named.
    """

    deviations: float = 5.0
    tail_share: float = 0.005
    repeated_share: float = 0.3
    comment_letters: int = 12
    viral_share: float = 0.25
    copy_share: float = 0.1
    paid_share: float = 0.05
    deleted_share: float = 0.05
    burst_score: float = 12.0
    least: int = 30
    accounts: int = 10
    evidence: int = 5
    giveaway_words: tuple[str, ...] = GIVEAWAY_WORDS


def read_flags(section: Section) -> Flags:
    """The flags that a section describes; what it leaves out is as usual."""
    default = Flags()
    flags = Flags(
        deviations=section.number("deviations", default.deviations, low=0),
        tail_share=section.number("tail_share", default.tail_share, low=0, high=0.5),
        repeated_share=section.number("repeated_share", default.repeated_share, low=0, high=1),
        comment_letters=section.integer("comment_letters", default.comment_letters, low=1),
        viral_share=section.number("viral_share", default.viral_share, low=0, high=1),
        copy_share=section.number("copy_share", default.copy_share, low=0, high=1),
        paid_share=section.number("paid_share", default.paid_share, low=0, high=1),
        deleted_share=section.number("deleted_share", default.deleted_share, low=0, high=1),
        burst_score=section.number("burst_score", default.burst_score, low=0),
        least=section.integer("least", default.least, low=1),
        accounts=section.integer("accounts", default.accounts, low=2),
        evidence=section.integer("evidence", default.evidence, low=1),
        giveaway_words=section.texts("giveaway_words", default.giveaway_words),
    )
    if any(not word.strip() for word in flags.giveaway_words):
        section.fault("giveaway_words", "a word is empty.", "Take it out.")
    section.close()
    return flags
