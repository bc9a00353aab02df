"""What the columns mean of the files that people write: registry, corrections, breaks, past awards.

The tables that are computed say it themselves, in the store.
"""

_FROM_TO = {
    "valid_from": "first day; empty: unbounded",
    "valid_to": "first day after it; empty: unbounded",
}

WRITTEN: dict[str, dict[str, str]] = {
    "registry/institutions.csv": {
        "institution_id": "its key in all files",
        "institution": "its name as registered",
        "short_name": "its short name; empty: the full one",
        "cluster": "the cluster that it competes in",
        "kind": "what sort of body it is",
        **_FROM_TO,
        "evidence": "where the row is from",
    },
    "registry/accounts.csv": {
        "account_id": "platform:@handle or platform:id; empty: made from the row",
        "institution_id": "the owner",
        "platform": "the platform",
        "handle": "the name in the profile's address; of a web site its host",
        "platform_id": "the platform's own id, which outlives a change of handle",
        "url": "the profile's address",
        "role": "main, topical, unit or leader; empty: main",
        "counts": "yes or no: whether its posts count in this edition",
        "counts_reason": "why not",
        **_FROM_TO,
        "grade": "A, B or C: strength of the evidence",
        "checked_on": "the day on which a person last opened the profile",
        "evidence": "where the row is from, and what contradicts it",
        "past_handles": "former handles, apart by semicolons",
    },
    "registry/lineage.csv": {
        "predecessor_id": "the body before; empty for a new one",
        "successor_id": "the body after; may be empty for a dissolved one",
        "change": "rename, split, merge, upgrade, downgrade, new or dissolved",
        "effective_on": "the first day of the new state",
        "evidence": "where the row is from",
    },
    "corrections.csv": {
        "number": "of the correction or objection",
        "received_on": "the day on which it came",
        "institution_id": "the institution that it is about",
        "subject": "the post, account or count that it is about",
        "claim": "what is said to be wrong",
        "evidence": "what shows it",
        "status": "open, accepted, rejected or withdrawn",
        "decided_on": "the day of the decision; empty while open",
        "answer": "the organiser's answer",
        "effect": "what it changes in the results",
    },
    "archive/sourced.csv": {
        "edition": "the year of the award",
        "category": "the category, as the source names it",
        "cluster": "the cluster, as the source names it",
        "institution": "who was named",
        "institution_id": "its key in the registry, where there is no doubt; else empty",
        "status": "winner or nominee, as the source says",
        "remark": "what the source adds",
        "source": "address of the source",
    },
    "breaks.csv": {
        "platform": "the platform",
        "from_on": "the first day of the new way of counting",
        "count": "the count that changed; all for every count",
        "kinds": "kinds of posts that it concerns; empty: all",
        "what_id": "what changed, in Indonesian",
        "what_en": "what changed, in English",
        "source": "address of the source",
        "grade": "A, B or C: strength of the source",
    },
    "jury/jurors.csv": {"code": "the code in ledger and ballots", "juror": "whose it is"},
}
"""By path in the package: each column and its meaning, in the order of the file."""
