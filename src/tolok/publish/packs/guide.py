"""How to judge, in sentences: what the first page of a pack tells a juror."""

from tolok.publish.packs.pictures import MOST_BYTES
from tolok.publish.packs.view import PackView


def guide(view: PackView) -> list[str]:
    """The sentences, in their order; those of the open part where it is one."""
    words, panel = view.language.words, view.language.rules.edition.jury
    if view.is_open:
        return [words("pack.guide.open"), words("pack.guide.missing"), words("pack.guide.keep")]
    sentences = [
        words("pack.guide.content"),
        words("pack.guide.posts", best=panel.best_posts, sample=panel.sample_posts),
        words("pack.guide.figures"),
        words("pack.guide.links"),
        words("pack.guide.scores", low=panel.lowest_score, high=panel.highest_score),
        words("pack.guide.tie"),
        words("pack.guide.keep"),
    ]
    if any(post.picture or post.picture_note for one in view.nominees for post in one.posts):
        sentences.append(words("pack.guide.pictures", kilobytes=MOST_BYTES // 1000))
    return sentences
