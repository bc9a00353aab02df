"""The canonical tables as they come, all text: how each column is read, and what is wrong with it.

Every format is first brought to these columns, so that there is one place where a row is let in or
refused. Whatever a cell holds travels as text until here: an id never passes through a float.

What is not said: an empty cell is a missing one; `origin` is original, `is_institution` is no, and
a count without a reason is not_collected, where the source says nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tolok.model import COUNTS, KINDS, MISSING_REASONS, ORIGINS, PLATFORMS
from tolok.store.schema import ALIASES, COMMENTS, FOLLOWERS, OBSERVATIONS, Table

# Without a zone an instant is a guess: DuckDB alone would take such a text for UTC.
_DAY_AND_TIME = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?"
_ZONE = r"(Z|[+-](0\d|1[0-4])(:?\d{2})?)"
_COUNT = r"[0-9]{1,18}(\.0+)?"  # pandas writes 12.0 for 12 where a column has gaps
_WHOLE_FLOAT = r"[0-9]{1,15}\.0"  # below 2^53: nothing was lost
_CUT_FLOAT = r"[0-9]+\.[0-9]*|[0-9]+([.,][0-9]+)?[eE]\+[0-9]+"
_HASH = "(key:)?[0-9a-fA-F]{16,128}"
_WORDS = ", ".join
_SAY_ZONE = "say the zone of times without one with --timezone Asia/Jakarta"


@dataclass(frozen=True)
class Defaults:
    """What stands in for columns that a file lacks; empty where nothing does.

    `is_complete` says of the whole file that it lists all posts of its account between its oldest
    and its newest.
    """

    account: str = ""
    observed_at: str = ""
    time_zone: str = ""
    is_complete: bool = False


@dataclass(frozen=True)
class Check:
    """A condition, as SQL, under which a column of a row is at fault, and what to say then."""

    column: str
    is_bad: str
    reason: str


@dataclass(frozen=True)
class Field:
    """One column as it comes: SQL of its typed value, and of what can be wrong with it.

    The value is made of the text columns, by their names; a check may read the values too, as
    t_<name>.
    """

    name: str
    value: str
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Canonical:
    """One canonical table: its fields in order, and the table of the store that it fills."""

    name: str
    target: Table
    fields: Callable[[Defaults], tuple[Field, ...]]
    needs: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(field.name for field in self.fields(Defaults()))


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _listed(words: tuple[str, ...]) -> str:
    return _WORDS(literal(word) for word in words)


def _is_none_of(value: str, words: tuple[str, ...]) -> str:
    """SQL of whether a value is there and none of some words.

    NOT IN would say the same, but DuckDB plans a join of all rows with a list of that length.
    """
    known = " ".join(f"WHEN {literal(word)} THEN false" for word in words)
    return f"CASE {value} {known} ELSE {value} IS NOT NULL END"


def _missing(name: str) -> Check:
    return Check(name, f"t_{name} IS NULL", "is missing")


def trimmed_sql(text: str) -> str:
    """A text without blanks at its ends; trim alone is dear, and few ids or words have a blank."""
    return f"CASE WHEN contains({text}, ' ') THEN trim({text}) ELSE {text} END"


def _given(name: str) -> str:
    return f"nullif({trimmed_sql(name)}, '')"


def _text(name: str) -> Field:
    return Field(name, f"nullif({name}, '')")


def _word(name: str, words: tuple[str, ...], *, default: str = "", needed: bool = False) -> Field:
    value = f"coalesce({_given(name)}, {literal(default)})" if default else _given(name)
    unknown = Check(name, _is_none_of(f"t_{name}", words), f"is none of {_WORDS(words)}")
    return Field(name, value, (_missing(name), unknown) if needed else (unknown,))


def _exact_id(name: str) -> str:
    """SQL of an id: trimmed, and without the .0 of a float that was small enough to be exact."""
    exact = f"split_part({name}, '.', 1)"
    is_float = f"ends_with({name}, '.0') AND regexp_full_match({name}, '{_WHOLE_FLOAT}')"
    return f"CASE WHEN {is_float} THEN {exact} ELSE {_given(name)} END"


def _cut(name: str, before: str = "") -> Check:
    reason = "has lost digits: a spreadsheet made a number of it. Bring it as text"
    has_mark = f"(contains(t_{name}, '.') OR contains(t_{name}, '+'))"  # cheap, and mostly false
    is_cut = f"{has_mark} AND regexp_full_match(t_{name}, '{before}({_CUT_FLOAT})')"
    return Check(name, is_cut, reason)


def _identifier(name: str, *, needed: bool = True) -> Field:
    is_nested = f"(starts_with(t_{name}, '{{') OR starts_with(t_{name}, '['))"
    nested = Check(name, is_nested, "is no id")
    checks = (_cut(name), nested)
    return Field(name, _exact_id(name), (_missing(name), *checks) if needed else checks)


def _account_key(name: str) -> str:
    """SQL of platform:id or platform:@handle, the handle in lower case."""
    bare = (
        f"CASE WHEN contains({name}, ':') AND starts_with({name}, platform || ':') "
        f"THEN substr({name}, length(platform) + 2) ELSE {name} END"
    )
    key = f"CASE WHEN contains({name}, '@') THEN lower({bare}) ELSE {bare} END"
    return f"{trimmed_sql('platform')} || ':' || {key}"


def _account(name: str, default: str = "") -> Field:
    given = f"coalesce({_exact_id(name)}, {literal(default)})" if default else _exact_id(name)
    form = Check(
        name,
        rf"NOT regexp_full_match(t_{name}, '[a-z]+:@?[^\s:@]+')",
        "is neither an id nor an @handle",
    )
    reason = "is missing. Say whose the file is with --account @handle"
    missing = Check(name, f"t_{name} IS NULL", reason)
    return Field(name, _account_key(given), (missing, _cut(name, "[a-z]+:"), form))


def _handle(name: str) -> Field:
    form = rf"NOT regexp_full_match(t_{name}, '[a-z]+:@[^\s:@]+')"
    checks = (_missing(name), Check(name, form, "is no handle, expected @name"))
    return Field(name, _account_key(_given(name)), checks)


def _accounts(name: str) -> Field:
    """Several accounts: a JSON list, or names parted by semicolon, comma, bar or space."""
    is_list = f"starts_with(trim({name}), '[')"
    given = (
        f"CASE WHEN {is_list} THEN CASE WHEN json_valid({name}) "
        f"THEN json_extract_string({name}, '$[*]') END "
        f"ELSE regexp_split_to_array(trim({name}), '[;,|\\s]+') END"
    )
    value = f"nullif([{_account_key('a')} FOR a IN {given} IF a <> ''], [])"
    is_filled = f"{name} NOT IN ('', '[]')"
    is_bad = f"{is_filled} AND {is_list} AND NOT json_valid({name})"
    bad = Check(name, is_bad, "is no list of accounts")
    return Field(name, f"CASE WHEN {is_filled} THEN {value} END", (bad,))


def _instant(name: str, time_zone: str, *, needed: bool = True, default: str = "") -> Field:
    text = f"coalesce({_given(name)}, {literal(default)})" if default else _given(name)
    value = (
        f"CASE WHEN regexp_full_match({text}, '{_DAY_AND_TIME}{_ZONE}') "
        f"THEN TRY_CAST({text} AS TIMESTAMPTZ)"
    )
    is_bad = f"t_{name} IS NULL AND {_given(name)} IS NOT NULL"
    reason = "is no instant with its zone, expected one such as 2025-03-01T08:00:00+07:00"
    is_zoneless = f"{is_bad} AND regexp_full_match({_given(name)}, '{_DAY_AND_TIME}')"
    checks: tuple[Check, ...] = (Check(name, is_zoneless, f"{reason}; or {_SAY_ZONE}"),)
    if time_zone:
        naive = f"TRY_CAST({text} AS TIMESTAMP) AT TIME ZONE {literal(time_zone)}"
        value += f" WHEN regexp_full_match({text}, '{_DAY_AND_TIME}') THEN {naive}"
        checks, reason = (), "is no instant, expected one such as 2025-03-01T08:00:00"
    checks += (Check(name, is_bad, reason),)
    return Field(name, f"{value} END", (*checks, _missing(name)) if needed else checks)


def _observed_at(defaults: Defaults) -> Field:
    zone, given = defaults.time_zone, defaults.observed_at
    field = _instant("observed_at", zone, needed=False, default=given)
    reason = "is missing: a count has a time. Name the time of the export with --exported-at"
    missing = Check("observed_at", "t_observed_at IS NULL", reason)
    return Field(field.name, field.value, (*field.checks, missing))


def _count(name: str, *, needed: bool = False) -> Field:
    value = f"CASE WHEN regexp_full_match({name}, '{_COUNT}') THEN TRY_CAST({name} AS BIGINT) END"
    bad = Check(
        name, f"t_{name} IS NULL AND {name} <> ''", "is no count, expected 0, 1, 2 and so on"
    )
    return Field(name, value, (bad, _missing(name)) if needed else (bad,))


def _seconds(name: str) -> Field:
    is_good = f"t_{name} >= 0 AND isfinite(t_{name})"
    bad = f"{name} <> '' AND NOT coalesce({is_good}, false) AND {_given(name)} IS NOT NULL"
    return Field(
        name,
        f"TRY_CAST({_given(name)} AS DOUBLE)",
        (Check(name, bad, "is no number of seconds"),),
    )


def _flag(name: str) -> Field:
    bad = Check(
        name, f"t_{name} IS NULL AND {_given(name)} IS NOT NULL", "is neither true nor false"
    )
    plain = f"WHEN {name} = 'false' THEN false WHEN {name} = 'true' THEN true"
    return Field(name, f"CASE {plain} ELSE TRY_CAST({_given(name)} AS BOOLEAN) END", (bad,))


def _reasons() -> Field:
    """The object `missing`: why each null count is null."""
    shape = "{" + _WORDS(f'"{count}": "VARCHAR"' for count in COUNTS) + "}"
    is_object = "(starts_with(missing, '{') OR json_type(missing) = 'OBJECT')"
    is_valid = f"CASE WHEN json_valid(missing) THEN {is_object} END"
    value = f"CASE WHEN {is_valid} THEN json_transform(missing, '{shape}') END"
    unknown = [_is_none_of(f"t_missing.{count}", MISSING_REASONS) for count in COUNTS]
    # As many keys as known ones with a reason leave no room for another key.
    given = " + ".join(f"(t_missing.{c} IS NOT NULL)::INTEGER" for c in COUNTS)
    has_more = f"len(json_keys(missing)) > {given}"
    rules = {
        "t_missing IS NULL AND missing NOT IN ('', 'null')": (
            'is no object such as {"reaction_count": "hidden"}'
        ),
        f"t_missing IS NOT NULL AND {has_more} AND "
        f"NOT list_has_all([{_listed(COUNTS)}], json_keys(missing))": (
            f"names another column than {_WORDS(COUNTS)}"
        ),
        f"t_missing IS NOT NULL AND ({' OR '.join(unknown)})": (
            f"gives another reason than {_WORDS(MISSING_REASONS)}"
        ),
    }
    checks = [Check("missing", is_bad, reason) for is_bad, reason in rules.items()]
    checks += [
        Check(
            count,
            f"t_{count} IS NOT NULL AND t_missing.{count} IS NOT NULL",
            "is given although `missing` says why it is not",
        )
        for count in COUNTS
    ]
    return Field("missing", value, tuple(checks))


def _posts(defaults: Defaults) -> tuple[Field, ...]:
    return (
        _word("platform", PLATFORMS, needed=True),
        _identifier("post_id"),
        _account("account_id", defaults.account),
        _instant("published_at", defaults.time_zone),
        _observed_at(defaults),
        _word("kind", KINDS),
        _word("origin", ORIGINS, default="original"),
        _text("text"),
        _text("url"),
        _text("language"),
        _count("media_count"),
        _seconds("duration_s"),
        _accounts("co_account_ids"),
        _count("alt_text_count"),
        _flag("is_paid"),
        *(_count(name) for name in COUNTS),
        _count("engagement_count"),
        _instant("deleted_at", defaults.time_zone, needed=False),
        _reasons(),
    )


def _followers(defaults: Defaults) -> tuple[Field, ...]:
    return (
        _word("platform", PLATFORMS, needed=True),
        _account("account_id", defaults.account),
        _observed_at(defaults),
        _count("follower_count", needed=True),
    )


def _author_key() -> Field:
    """A keyed hash; whatever else stands there may be a person's name."""
    form = f"t_author_key IS NOT NULL AND NOT regexp_full_match(t_author_key, '{_HASH}')"
    return Field("author_key", _given("author_key"), (Check("author_key", form, "is no hash"),))


def _comments(defaults: Defaults) -> tuple[Field, ...]:
    return (
        _author_key(),  # first, so that no other fault of a row hides a name
        _word("platform", PLATFORMS, needed=True),
        _identifier("comment_id"),
        _identifier("post_id"),
        _instant("published_at", defaults.time_zone),
        _observed_at(defaults),
        _text("text"),
        _count("reaction_count"),
        _flag("is_institution"),
        _identifier("parent_id", needed=False),
    )


def _aliases(defaults: Defaults) -> tuple[Field, ...]:
    return (
        _word("platform", PLATFORMS, needed=True),
        _account("account_id", defaults.account),
        _handle("alias"),
        _observed_at(defaults),
    )


CANONICAL = {
    table.name: table
    for table in (
        Canonical("comments", COMMENTS, _comments, ("comment_id", "post_id", "published_at")),
        Canonical("posts", OBSERVATIONS, _posts, ("platform", "post_id", "published_at")),
        Canonical("followers", FOLLOWERS, _followers, ("platform", "follower_count")),
        Canonical("aliases", ALIASES, _aliases, ("platform", "account_id", "alias")),
    )
}
"""The canonical tables by name, in the order in which a file's columns are compared with them."""
