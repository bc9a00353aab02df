"""The text of a release: fields by name, notes and empty lines left out, faults with their line."""

import pytest

from tolok.errors import FaultsFound
from tolok.methodology.template import new_edition, template_names
from tolok.publish.press.template import FIELDS, ReleaseText, read_release


def release(folder, text, language="id"):
    (folder / "press").mkdir(exist_ok=True)
    (folder / "press" / f"release.{language}.md").write_text(text, "utf-8")
    return read_release(folder, language)


def test_fields_are_replaced_and_spaces_in_braces_do_not_matter(tmp_path):
    text = release(tmp_path, "{winner} menang. { winner }!\n")
    assert text.filled({"winner": "Dinas Awan"}) == "Dinas Awan menang. Dinas Awan!\n"


def test_line_whose_fields_are_all_empty_is_left_out(tmp_path):
    text = release(tmp_path, "Alamat: {address}\n\n{jury} {sure}\n\nTamat\n")
    assert text.filled({"address": "", "jury": "", "sure": "8 dari 10"}) == "8 dari 10\n\nTamat\n"


def test_line_without_a_field_stays_and_blank_lines_are_single(tmp_path):
    text = release(tmp_path, "[kutipan]\n\n{differs}\n\n{override}\n\nNarahubung\n")
    assert text.filled({"differs": "", "override": ""}) == "[kutipan]\n\nNarahubung\n"


def test_note_is_not_printed_and_may_hold_braces(tmp_path):
    assert release(tmp_path, "// {apa saja}\nTeks\n").filled({}) == "Teks\n"


def test_value_that_looks_like_a_field_is_not_filled_again(tmp_path):
    text = release(tmp_path, "{winner}\n")
    assert text.filled({"winner": "{lock}", "lock": "x"}) == "{lock}\n"


def test_every_fault_names_file_line_and_what_to_do(tmp_path):
    with pytest.raises(FaultsFound) as found:
        release(tmp_path, "Baik\n{winer} dan {pemenang}\n{winner\n")
    told = str(found.value).split("\n")
    assert told[1].startswith(
        "  press/release.id.md, line 2: {winer} is no field. Did you mean 'winner'? Fields: winner,"
    )
    assert told[2].startswith("  press/release.id.md, line 2: {pemenang} is no field. Fields: ")
    assert told[3].startswith("  press/release.id.md, line 3: a brace stands alone. ")


def test_text_that_is_not_utf8_is_a_fault(tmp_path):
    (tmp_path / "press").mkdir()
    (tmp_path / "press" / "release.id.md").write_bytes(b"Pemenang \xe9\n")
    with pytest.raises(FaultsFound, match="a release cannot be read"):
        read_release(tmp_path, "id")


@pytest.mark.parametrize("language", ["id", "en"])
def test_edition_without_a_text_takes_the_shipped_one(tmp_path, language):
    shipped = read_release(tmp_path, language)
    assert isinstance(shipped, ReleaseText)
    used = {name for name in FIELDS if any(f"{{{name}}}" in line for line in shipped.lines)}
    assert used == set(FIELDS)


@pytest.mark.parametrize("template", template_names())
def test_new_edition_has_the_texts_to_edit(tmp_path, template):
    new_edition(tmp_path / "edition", template=template)
    names = sorted(path.name for path in (tmp_path / "edition" / "press").iterdir())
    assert names == ["release.en.md", "release.id.md"]
