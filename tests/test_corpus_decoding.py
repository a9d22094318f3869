import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.decoding import decode

FRENCH = "Le chanteur a été créé à Noël par une machine ; où est le garçon ? « Ça alors ! »"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_decode_gets_french_accents_right(encoding: str):
    assert decode(FRENCH.encode(encoding)) == FRENCH


def test_decode_knows_utf_16_with_a_big_endian_mark():
    assert decode(codecs.BOM_UTF16_BE + FRENCH.encode("utf-16-be")) == FRENCH


def test_decode_gets_the_accents_of_an_old_mac_right():
    assert decode("Le chanteur a été créé à Noël".encode("mac_roman")) == "Le chanteur a été créé à Noël"


@pytest.mark.parametrize("text", ["Café", "¿Qué opináis, niños?", "Größe und Übermut", "Perché è così", "Élan — 5 €"])
def test_decode_gets_short_texts_in_cp1252_right(text: str):
    assert decode(text.encode("cp1252")) == text


def test_decode_mends_single_broken_bytes_in_utf_8():
    data = FRENCH.encode() + b" d\xe9j\xe0 " + FRENCH.encode()

    assert decode(data) == f"{FRENCH} déjà {FRENCH}"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01",
        b"\x00" * 50,
        b"PK\x03\x04\x14\x00\x08\x00",
        bytes(range(256)) * 4,
        b"\x00\x01\x02text\x00",
    ],
)
def test_decode_says_that_a_binary_file_is_no_text(data: bytes):
    with pytest.raises(ValueError, match="binary"):
        decode(data)


def test_decode_says_what_to_do_with_an_encoding_that_it_cannot_tell():
    data = "Привет, как дела сегодня".encode("koi8-r")

    with pytest.raises(ValueError, match="save it as UTF-8"):
        decode(data)


@given(st.binary(max_size=300))
def test_decode_gives_text_or_a_reason_for_any_bytes(data: bytes):
    try:
        text = decode(data)
    except ValueError as error:
        assert str(error).startswith("it is")
    else:
        assert isinstance(text, str)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_decode_reads_any_utf_8_as_it_was_written(text: str):
    assert decode(text.encode()) == text.removeprefix("\ufeff")
