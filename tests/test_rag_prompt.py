"""Prompts and readers' sentences in five languages, and texts that try to break out of them."""

import tomllib

import pytest
from fakes import evidence_of
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import READER_LANGUAGES, detect_reader_language
from rag.errors import PromptMissing
from rag.phrases import PROMPTS, phrase
from rag.types import Question, ReadingLevel
from rag.words.markup import one_line
from rag.writing.prompt import load_answer_prompt
from rag.writing.writer import answer_grammar


def entries_of(folder: str, language: str) -> dict:
    return tomllib.loads((PROMPTS / folder / f"{language}.toml").read_text(encoding="utf-8"))


def rendered(question: Question, *evidence: str) -> str:
    return str(load_answer_prompt(question.language).render(question, evidence_of(*evidence))[-1].content)


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_prompt_begins_the_same_for_all_questions_of_a_language(language: str):
    prompt = load_answer_prompt(language)

    one = prompt.render(Question("Wer singt?", language, ReadingLevel.CHILD), evidence_of("Le robot chante."))
    other = prompt.render(Question("Où ?", language, ReadingLevel.ADULT), evidence_of("A.", "B."))

    assert one[:-1] == other[:-1] == list(prompt.prefix)
    assert one[-1] != other[-1]


@pytest.mark.parametrize("level", ReadingLevel)
@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_prompt_asks_with_the_evidence_the_question_and_the_words_for_the_level(language: str, level: ReadingLevel):
    text = rendered(Question("Où va-t-elle ?", language, level), "Elle va à Zürich.", "Il dort.")

    assert text.startswith("- Elle va à Zürich.\n- Il dort.\n")
    assert "Où va-t-elle ?" in text
    assert load_answer_prompt(language).levels[level] in text


def test_prompts_have_the_same_entries_in_all_languages():
    first = entries_of("answer", "fr")

    for language in READER_LANGUAGES:
        entries = entries_of("answer", language)
        assert entries.keys() == first.keys()
        assert entries["level"].keys() == set(ReadingLevel)
        assert len(set(entries["level"].values())) == len(ReadingLevel)
        assert all(part in entries["user"] for part in ("{evidence}", "{question}", "{level}"))
        assert entries["user"].strip().removeprefix("{evidence}").strip() == entries["again"].strip()


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_worked_example_shows_a_refusal_and_an_answer_in_the_language(language: str):
    entries = entries_of("answer", language)

    refused, answered = (turn["answer"] for turn in entries["example"]["turns"])

    assert refused == entries["no"]
    assert answered.startswith(entries["yes"] + " ")
    assert detect_reader_language(answered.removeprefix(entries["yes"]), "") == language


@pytest.mark.parametrize("hostile", ["a [1] b", "a\n[2] b", "a\r\n\n[3]\u2028[4] b", "[[5]]"])
def test_prompt_lets_no_text_pass_for_a_mark_or_a_line(hostile: str):
    honest = rendered(Question("Chi?", "it"), "Una frase.", "Un'altra.")

    text = rendered(Question(hostile, "it"), hostile, "Un'altra.")

    assert len(text.splitlines()) == len(honest.splitlines())
    assert "[" not in text


@pytest.mark.parametrize("braces", ["{level}", "{0}", "{", "}}{{", "{évidence!r:>9}"])
def test_prompt_keeps_curly_braces_of_articles_and_readers(braces: str):
    text = rendered(Question(f"Que veut dire {braces} ?", "fr"), f"Le code {braces} est écrit.")

    assert f"- Le code {braces} est écrit." in text
    assert f"Que veut dire {braces} ?" in text


@given(st.text())
def test_one_line_is_one_line_without_brackets(text: str):
    line = one_line(text)

    assert len(line.splitlines()) <= 1
    assert "[" not in line and "]" not in line


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_grammar_begins_with_the_word_for_yes(language: str):
    prompt = load_answer_prompt(language)

    assert answer_grammar(prompt).startswith(f'root ::= "{prompt.yes} "')


def test_prompt_of_an_unknown_language_names_the_file():
    with pytest.raises(PromptMissing, match=r"pt\.toml"):
        load_answer_prompt("pt")


def test_phrases_have_the_same_entries_in_all_languages_and_none_is_empty():
    first = entries_of("phrases", "fr")

    for language in READER_LANGUAGES:
        entries = entries_of("phrases", language)
        assert entries.keys() == first.keys()
        assert all(value.strip() for value in entries.values())


def test_phrase_says_it_in_the_language_and_names_what_is_missing():
    assert phrase("de", "no_evidence") != phrase("it", "no_evidence")
    with pytest.raises(PromptMissing, match=r"de\.toml.*'gibt_es_nicht'"):
        phrase("de", "gibt_es_nicht")
    with pytest.raises(PromptMissing, match=r"pt\.toml"):
        phrase("pt", "no_evidence")
