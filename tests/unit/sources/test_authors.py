"""Commenters are known by keyed hashes, in the store and in the landing zone."""

import stat
from datetime import UTC, datetime

import pytest
from tests.import_cases import EXPORTED_AT, bring, document, ndjson, stored

from tolok.errors import FileFault
from tolok.methodology.mapping import header_sha256
from tolok.methodology.template import new_edition
from tolok.pipeline.importing import ImportOptions, import_files, replay
from tolok.sources.authors import Authors, authors_of

HALF_SIGN = "\ud800"  # half of a sign beyond 16 bits, as JSON may hold it
NAMES = ("Budi Contoh", "Siti Contoh")
TABLE = (
    "Comment ID,Post ID,Author,Date,Comment\n"
    "c1,p1,Budi Contoh,2025-03-01T08:00:00Z,Bagus\n"
    'c2,p1,Siti Contoh,2025-03-01T09:00:00Z,"Terima\nkasih"\n'
    "c3,p1,Budi Contoh,2025-03-01T09:00:00Z,Bagus,too much\n"
    "c4,p1,,2025-03-01T10:00:00Z,Halo\n"
)
PROFILE = """\
header_sha256 = "{header}"
table = "comments"
[columns]
comment_id = "Comment ID"
post_id = "Post ID"
author = "Author"
published_at = "Date"
text = "Comment"
[constants]
platform = "instagram"
"""


def test_key_is_made_once_and_nobody_else_may_read_it(tmp_path):
    authors = authors_of(tmp_path / "private")
    assert authors_of(tmp_path / "private") == authors
    assert stat.S_IMODE((tmp_path / "private" / "authors.key").stat().st_mode) == 0o600
    assert authors_of(tmp_path / "other") != authors


def test_hash_of_an_author_is_kept_hashes_stay_and_nobody_is_none():
    one, other = Authors(b"one"), Authors(b"other")
    key = one.key_of("x", "@Budi")
    assert key == one.key_of("x", "@budi") == one.key_of("x", key)
    assert len({key, one.key_of("youtube", "@budi"), other.key_of("x", "@budi")}) == 3
    assert (one.key_of("x", None), one.key_of("x", "")) == (None, None)


def test_names_are_hashed_wherever_they_stand():
    authors = Authors(b"key")
    value = {"a": [{"name": "Budi", "text": "Budi"}], "from": {"id": 7, "names": ["Siti"]}}
    key = authors.key_of
    assert authors.without_names(value, "x", ("name", "from")) == {
        "a": [{"name": key("x", "Budi"), "text": "Budi"}],
        "from": {"id": key("x", 7), "names": [key("x", "Siti")]},
    }


def bytes_of(folder):
    """Everything that an edition holds, but for its private folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return b"".join(path.read_bytes() for path in files if "private" not in path.parts)


def test_table_of_comments_lands_and_is_stored_without_names(tmp_path):
    folder = tmp_path / "edition"
    new_edition(folder)
    names = [name.casefold() for name in TABLE.splitlines()[0].split(",")]
    (folder / "maps").mkdir(exist_ok=True)
    (folder / "maps" / "comments.toml").write_text(PROFILE.format(header=header_sha256(names)))
    (tmp_path / "comments.csv").write_text(TABLE)
    options = ImportOptions(exported_at=datetime(2025, 4, 1, tzinfo=UTC))
    (report,) = import_files(folder, [tmp_path / "comments.csv"], options)
    assert (report.rows_read, report.rows_kept, report.rows_rejected) == (4, 3, 1)
    rows = stored(folder, "comments")
    key = authors_of(folder / "private").key_of
    # the file lands with one hash a name, and that hash is what the store keeps
    assert [row["author_key"] for row in rows] == [key("", NAMES[0]), key("", NAMES[1]), None]
    assert rows[1]["text"] == "Terima\nkasih"
    everything = bytes_of(folder)
    assert [name for name in NAMES if name.encode() in everything] == []
    (again,) = import_files(folder, [tmp_path / "comments.csv"], options)
    assert (again.rows_kept, again.rows_duplicate) == (0, 3)
    assert replay(folder)[0].rows_kept == 3
    assert stored(folder, "comments") == rows


COMMENT = {
    "platform": "instagram", "comment_id": "c1", "post_id": "p1", "author_key": "0" * 16,
    "published_at": "2025-03-01T08:00:00Z", "observed_at": "2025-03-02T08:00:00Z", "text": "Halo",
}  # fmt: skip


@pytest.mark.parametrize("count", [1, 300])
def test_canonical_comments_that_name_their_authors_are_refused_whole(tmp_path, count):
    rows = [COMMENT | {"comment_id": f"c{number}"} for number in range(count)]
    named = COMMENT | {"author_key": NAMES[0], "published_at": "no time"}
    file = ndjson(tmp_path / "comments.ndjson", [*rows, named])
    with pytest.raises(FileFault) as refused:
        bring(tmp_path / "edition", file)
    assert (refused.value.line, refused.value.column) == (count + 1, "author_key")
    assert NAMES[0] not in str(refused.value)
    assert NAMES[0].encode() not in bytes_of(tmp_path / "edition")


def test_canonical_comments_with_hashes_come_in(tmp_path):
    file = ndjson(tmp_path / "comments.ndjson", [COMMENT, COMMENT | {"author_key": None}])
    (report,) = bring(tmp_path / "edition", file)
    assert (report.rows_read, report.rows_kept) == (2, 2)


def test_half_signs_in_an_answer_cost_no_other_comment(tmp_path):
    def thread(number, channel):
        comment = {
            "videoId": "vid00000001", "textOriginal": "Bagus", "likeCount": number,
            "authorChannelId": {"value": "UC0000000000000000000001"},
            "publishedAt": "2025-10-01T04:00:00Z",
        }  # fmt: skip
        top = {"kind": "youtube#comment", "id": f"c{number}", "snippet": comment}
        snippet = {"channelId": channel, "videoId": "vid00000001", "topLevelComment": top}
        return {"kind": "youtube#commentThread", "id": f"t{number}", "snippet": snippet}

    threads = [thread(1, "UCcontohresmi00000000001"), thread(2, HALF_SIGN)]
    answer = {"kind": "youtube#commentThreadListResponse", "items": threads}
    (report,) = bring(
        tmp_path / "edition", document(tmp_path / "a.json", answer), exported_at=EXPORTED_AT
    )
    assert (report.rows_read, report.rows_kept) == (2, 2)
