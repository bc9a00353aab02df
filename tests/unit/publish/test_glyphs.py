"""Which characters the fonts inside Typst lack."""

from tolok.publish.glyphs import absent_characters, fonts


def test_emoji_and_scripts_without_a_font_are_absent():
    assert absent_characters("🙏 漢字 ꦗꦮ 📌") == set("🙏漢字ꦗꦮ📌")


def test_latin_arabic_and_signs_of_print_are_drawn():
    text = "Abc éñŵ ‘a’ “b” – — … • → ✓ ★ العربية Ελληνικά Русский ◇ € ½ №"
    assert absent_characters(text) == frozenset()


def test_what_has_no_shape_is_not_absent():
    assert absent_characters("a\u200b\u200d\u202e\u202c\ufe0f\u0301\n\t") == frozenset()


def test_no_text_lacks_nothing():
    assert absent_characters("") == frozenset()


def test_fonts_of_the_machine_are_not_used():
    assert {font.path for font in fonts().fonts()} == {None}
