"""Size bands as an edition writes them."""

import pytest

from tolok.errors import FaultsFound
from tolok.methodology.rules import read_rules
from tolok.methodology.size import SizeBands
from tolok.methodology.template import new_edition, template_names


@pytest.fixture
def written(tmp_path):
    """A function: the size bands of an edition whose section is a given text."""

    def read(text):
        folder = tmp_path / "edition"
        new_edition(folder)
        path = folder / "edition.toml"
        before = path.read_text("utf-8")
        path.write_text(before[: before.index("[size_bands]")] + text, "utf-8")
        return read_rules(folder).edition.size_bands

    return read


@pytest.mark.parametrize("template", template_names())
def test_templates_have_the_usual_bands(tmp_path, template):
    new_edition(tmp_path / "edition", template=template)
    bands = read_rules(tmp_path / "edition").edition.size_bands
    assert bands == SizeBands((10_000, 100_000, 1_000_000)) == SizeBands()
    assert bands.codes == ("0-10000", "10000-100000", "100000-1000000", "1000000-")


def test_edition_without_the_section_has_the_usual_bands(written):
    assert written("") == SizeBands()


@pytest.mark.parametrize(
    ("cuts", "codes"), [((500,), ("0-500", "500-")), ((), ("0-",)), ((1, 2), ("0-1", "1-2", "2-"))]
)
def test_bands_are_read_as_written(written, cuts, codes):
    bands = written(f"[size_bands]\ncuts = {list(cuts)}\n")
    assert (bands.cuts, bands.codes) == (cuts, codes)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("cuts = [10, 10]", "size_bands.cuts: do not rise."),
        ("cuts = [10, 100, 50]", "size_bands.cuts: do not rise."),
        ("cuts = [0, 10]", "size_bands.cuts: 0 does not fit."),
        ("cuts = [-5]", "size_bands.cuts: -5 does not fit."),
        ("cuts = [10.5]", "size_bands.cuts: 10.5 does not fit."),
        ("cuts = [true]", "size_bands.cuts: True does not fit."),
        ('cuts = ["10"]', "size_bands.cuts: '10' does not fit."),
        ("cuts = 10", "size_bands.cuts: 10 is of the wrong type."),
        ("cut = [10]", "size_bands.cut: is not a known key."),
    ],
)
def test_bands_that_make_no_sense_are_refused_with_their_line(written, text, problem):
    with pytest.raises(FaultsFound) as refused:
        written(f"[size_bands]\n{text}\n")
    (fault,) = refused.value.exceptions
    assert problem in str(fault)
    assert "edition.toml, line" in str(fault)
