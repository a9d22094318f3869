import pytest

from corpus.errors import SourceUnreadable
from corpus.markdown import read_markdown


def test_read_markdown_separates_fields_from_plain_paragraphs():
    text = "---\ntitle: Il robot\nlanguage: it\n---\n\nIl **robot** [canta](x) `qui`\ne balla.\n"
    text += "\n- Uno\n- Due\n\n## Fine\n"

    fields, body = read_markdown("a.md", text)

    assert fields == {"title": "Il robot", "language": "it"}
    assert body == "Il robot canta qui e balla.\n\nUno\n\nDue\n\nFine"


def test_read_markdown_leaves_values_as_they_are_written():
    text = "---\ntitle: 1984\nlanguage: no\npublished: 2025-11-13\nurl: null\noutlet:\n---\nHei"

    fields, _ = read_markdown("a.md", text)

    assert fields == {"title": "1984", "language": "no", "published": "2025-11-13"}


@pytest.mark.parametrize("front", ["", "---\ntitle:\n---\n"])
def test_read_markdown_takes_the_first_heading_for_a_missing_title(front: str):
    fields, body = read_markdown("a.md", f"{front}# Der Roboter\n\nEr singt.\n\n# Noch einer\n")

    assert fields == {"title": "Der Roboter"}
    assert body == "Er singt.\n\nNoch einer"


def test_read_markdown_keeps_the_words_of_html_and_drops_tags_comments_and_images():
    text = "<!-- note -->\n\n<div>Hola <b>mundo</b></div>\n\n![foto](a.png)\n\nCanta <em>bien</em>.\n\n"
    text += "<script>x()</script>\n"

    _, body = read_markdown("a.md", text)

    assert body == "Hola mundo\n\nCanta bien."


def test_read_markdown_reads_windows_line_ends_and_an_empty_front_matter():
    fields, body = read_markdown("a.md", "---\r\n---\r\nÇa chante.\r\n")

    assert (fields, body) == ({}, "Ça chante.")


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("title: 'sans fin", "not valid YAML"),
        ("title: a: b", "line 2"),
        ("a: 1\n\tb: 2", "not valid YAML"),
        ("- uno\n- due", "not a list of fields"),
        ("solo parole", "not a list of fields"),
        ("[" * 3000, "not valid YAML"),
    ],
)
def test_read_markdown_says_what_is_wrong_with_the_front_matter(front: str, reason: str):
    with pytest.raises(SourceUnreadable, match=reason):
        read_markdown("a.md", f"---\n{front}\n---\nTesto.")


def test_read_markdown_says_that_the_front_matter_has_no_end():
    with pytest.raises(SourceUnreadable, match="has no end"):
        read_markdown("a.md", "---\ntitle: Der Roboter\n\nEr singt.")


def test_read_markdown_takes_a_rule_at_the_top_for_a_rule():
    assert read_markdown("a.md", "---\n\nIl chante.") == ({}, "Il chante.")
