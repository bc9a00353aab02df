"""What counts as a hashtag, how a metric names one, and which posts it is found in."""

import random

import ibis
import pyarrow as pa
import pytest
from tests.post_cases import a_post, a_reading, a_table, engine_of, resolved

from tolok.errors import FileFault
from tolok.methodology.metric import Metric
from tolok.metrics.compile import compile_metrics
from tolok.metrics.tables import sql
from tolok.metrics.tags import hashtags, reads_tags, tag_of
from tolok.model import Label
from tolok.store.schema import BASE_TABLES

TEXTS = {
    "Selamat #HUTRI80!": ["#hutri80"],
    "#HutRi80": ["#hutri80"],
    "two lines\n#HUTRI80\n#Merdeka": ["#hutri80", "#merdeka"],
    '(#hutri80), "#hutri80"': ["#hutri80", "#hutri80"],
    "on end #HUTRI80#IndonesiaMaju": ["#hutri80", "#indonesiamaju"],
    "longer #HUTRI80Meriah, shorter #HUTRI8": ["#hutri80meriah", "#hutri8"],
    "＃HUTRI80 from a wide keyboard": ["#hutri80"],
    "#satu_dua #80 #É": ["#satu_dua", "#80", "#é"],
    "a word#HUTRI80 a link https://a.test/#hutri80 a sign &#39;": [],
    "# HUTRI80 ##HUTRI80 HUTRI80": [],
    "": [],
}


def found_in(texts, threads=1):
    engine = engine_of(threads)
    engine.attach_table("captions", pa.table({"text": pa.array(texts, pa.string())}))
    captions = ibis.table({"text": "string"}, name="captions")
    return engine.query(sql(captions.select(tags=hashtags(captions.text))))["tags"].to_pylist()


def test_hashtags_are_runs_of_letters_and_digits_behind_a_sign_of_their_own():
    assert dict(zip(TEXTS, found_in(list(TEXTS)), strict=True)) == TEXTS


def test_unknown_text_has_unknown_hashtags():
    assert found_in([None, "#a"]) == [None, ["#a"]]


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("#hutri80", "#hutri80"),
        ("#HUTRI80", "#hutri80"),
        ("HUTRI80", "#hutri80"),
        ("＃HutRI_80", "#hutri_80"),
        ("#é", "#é"),
        ("#", ""),
        ("", ""),
        ("HUT RI", ""),
        ("#hutri-80", ""),
        ("##a", ""),
    ],
)
def test_hashtag_that_is_looked_for_is_folded_as_those_of_captions_are(written, tag):
    assert tag_of(written) == tag
    if tag:
        assert found_in([tag]) == [[tag]]


def a_metric(text):
    label = Label("", "")
    return Metric(
        "tried", label, "", text, "posts", "account", True, "", label, file="m.toml", line=9
    )


POSTS = [
    a_post(post_id="1", reaction_count=5, tags=["#merdeka", "#hutri80"]),
    a_post(post_id="2", reaction_count=7, tags=["#hutri80meriah"]),
    a_post(post_id="3", reaction_count=9, tags=[]),
    a_post(post_id="4", reaction_count=11, tags=None),
    a_post(post_id="5", reaction_count=None, tags=["#hutri80"]),
]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("COUNT(*) FILTER (WHERE LIST_CONTAINS(tags, '#hutri80'))", 2),
        ("COUNT(*) FILTER (WHERE NOT LIST_CONTAINS(tags, '#hutri80'))", 2),
        ("SUM(reaction_count) FILTER (WHERE LIST_CONTAINS(tags, '#hutri80'))", 5),
        ("SUM(CASE WHEN LIST_CONTAINS(tags, '#hutri80') THEN 1 ELSE 0 END)", 2),
        ("COUNT(*) FILTER (WHERE LIST_CONTAINS(tags, '#merdeka') AND is_own)", 1),
        ("COUNT(*) FILTER (WHERE tags IS NULL)", 1),
    ],
)
def test_metric_counts_the_posts_with_a_hashtag(text, value):
    engine = engine_of(1)
    for rows in (POSTS, random.Random(3).sample(POSTS, len(POSTS))):
        engine.attach_table("posts", a_table(BASE_TABLES["posts"], rows))
        assert engine.query(compile_metrics([a_metric(text)]).sql)["tried"].to_pylist() == [value]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("LIST_CONTAINS(tags, '#HUTRI80')", "'#HUTRI80' is found in no post. Write '#hutri80'."),
        ("LIST_CONTAINS(tags, 'hutri80')", "'hutri80' is found in no post. Write '#hutri80'."),
        ("LIST_CONTAINS(tags, 'HUT RI')", "'HUT RI' is no hashtag. Write LIST_CONTAINS(tags, "),
        ("LIST_CONTAINS(tags, 80)", "80 is no hashtag."),
        ("LIST_CONTAINS(tags, kind)", "kind is no hashtag."),
        ("LIST_CONTAINS(kind, '#hutri80')", "does not fit the types of its columns."),
        ("LIST_CONTAINS(media_count, '#hutri80')", "does not fit the types of its columns."),
        ("tags", "tags holds several texts. Ask LIST_CONTAINS(tags, ...)."),
        ("tags = '#hutri80'", "tags holds several texts."),
        ("tags IN ('#hutri80')", "tags holds several texts."),
        ("COALESCE(tags, kind) = '#hutri80'", "tags holds several texts."),
    ],
)
def test_hashtag_that_could_not_be_found_is_refused(text, problem):
    with pytest.raises(FileFault) as refused:
        compile_metrics([a_metric(f"COUNT(*) FILTER (WHERE {text})")])
    assert problem in str(refused.value)
    assert str(refused.value).startswith("m.toml, line 9")


def test_only_metrics_that_name_the_column_ask_for_hashtags():
    plain = a_metric("COUNT(*) FILTER (WHERE kind = 'tags')")
    asking = a_metric("COUNT(*) FILTER (WHERE LIST_CONTAINS(tags, '#hutri80'))")
    assert not reads_tags([])
    assert not reads_tags([plain])
    assert reads_tags([plain, asking])


def tags_of(*readings, **options):
    return [post["tags"] for post in resolved(readings, **options)]


def test_posts_have_hashtags_only_where_they_are_asked_for():
    post = a_reading(text="Meriah #HUTRI80", text_hash="h")
    assert tags_of(post, with_tags=True) == [["#hutri80"]]
    assert tags_of(post) == [None]


def test_caption_without_letters_counts_as_no_caption():
    none = a_reading(text=None)
    blank = a_reading(post_id="2", text=" ")
    plain = a_reading(post_id="3", text="Meriah", text_hash="h")
    assert tags_of(none, blank, plain, with_tags=True) == [None, None, []]


def test_hashtags_are_those_of_the_best_reading_that_has_a_caption():
    silent = a_reading(14, reaction_count=5)
    near = a_reading(15, text="#HUTRI80", text_hash="h")
    far = a_reading(30, text="#lain", text_hash="i")
    for readings in ((silent, near, far), (far, near, silent)):
        assert tags_of(*readings, with_tags=True) == [["#hutri80"]]
    same = [a_reading(14, text=text, text_hash="h") for text in ("#a #b", "#ab")]
    assert tags_of(*same, with_tags=True) == tags_of(*reversed(same), with_tags=True)
