"""Copies of one article are told from other reports of the same news."""

from dataclasses import replace

from fakes import article_of

from corpus.duplicates import is_copy, marks

TEXT = (
    "Un grupo que no existe llena las listas de música. Lo ha compuesto un programa en una tarde. "
    "Más de un millón de personas lo han escuchado sin saberlo. La plataforma promete ahora una etiqueta. "
    "Los músicos piden reglas claras y una parte del dinero. El gobierno quiere escuchar a todos en enero."
)
ORIGINAL = article_of(TEXT, id="agencia", title="El grupo que no existe", language="es")


def shares_a_mark(article, other) -> bool:
    return bool(marks(article) & marks(other))


def test_copy_with_another_ending_is_a_copy_and_shares_a_mark():
    copy = replace(ORIGINAL, id="diario", text=TEXT.replace("en enero", "este invierno"), outlet="El Diario")

    assert is_copy(copy, ORIGINAL)
    assert shares_a_mark(copy, ORIGINAL)


def test_copy_in_other_letters_and_spaces_is_a_copy():
    copy = replace(ORIGINAL, text=TEXT.upper().replace(". ", ".\n\n"))

    assert is_copy(copy, ORIGINAL)
    assert marks(copy) == marks(ORIGINAL)


def test_other_report_of_the_same_news_is_not_a_copy():
    other = replace(
        ORIGINAL, id="otro", text="La banda inventada tiene un millón de oyentes. Nadie sabía que la hizo un programa."
    )

    assert not is_copy(other, ORIGINAL)
    assert not shares_a_mark(other, ORIGINAL)


def test_same_words_in_another_language_are_not_a_copy():
    assert not is_copy(replace(ORIGINAL, language="it"), ORIGINAL)


def test_short_texts_under_different_titles_are_not_copies():
    assert not is_copy(article_of("Ja.", title="Kommt der Zug?"), article_of("Ja.", title="Regnet es heute noch?"))


def test_text_without_words_has_marks_like_any_other():
    assert len(marks(article_of("…", title="!"))) == 16
