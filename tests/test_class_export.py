"""What is kept of a session: complete, harmless to open, with names or without."""

import csv
import io
from dataclasses import replace
from html import unescape

import pytest
from class_rooms import NOON, question_of
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from page_turns import answer_of, evidence_of
from test_class_lesson import joined, turn_of

from classroom.lesson import rules
from classroom.showing.export import entries_of, exported, inert, markdown, plain, table
from classroom.showing.texts import load
from classroom.types import Ending, Opinion, QuizResult, Register
from rag.types import AnswerSentence, Status

TEXTS = load()["it"]


def register_with(question: str, status: Status = Status.ANSWERED) -> Register:
    register = joined("Leone7")
    rules.ask(register, turn_of(1, "Leone7", question_of(question)))
    answer = answer_of(AnswerSentence("Non esiste.", (1,)), evidence=(evidence_of(1),), status=status)
    rules.finish(register, "t1", Ending(replace(answer, question=question_of(question))), NOON)
    rules.judge(register, "Leone7", "t1", Opinion.UNDERSTOOD, NOON)
    rules.note_result(register, "Leone7", QuizResult("t1", 0, True))
    return register


def rows(register: Register, names: bool = True) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table(entries_of(register, names, TEXTS), TEXTS))))


def test_a_table_has_question_answer_sources_quiz_and_opinion():
    _, row = rows(register_with("Chi è?"))

    assert row[1:6] == ["Leone7", "8–10 anni", "Chi è?", "Risposta data", "Non esiste. [1]"]
    assert row[6].startswith("[1] Il cowboy – Il Chiarino, 18 novembre 2025")
    assert row[7:] == ["quiz: 1/1", "Ho capito"]


def test_what_was_only_near_is_not_kept_as_an_answer():
    register = register_with("Chi è?")
    turn = register.turns["t1"]
    assert turn.answer
    register.turns["t1"] = replace(turn, answer=replace(turn.answer, status=Status.QUOTED, is_unsure=True))

    _, row = rows(register)

    assert row[4] == "Non sicuro"


def test_without_names_nobody_is_named():
    register = register_with("Chi è?")

    texts = [markdown(register, entries_of(register, False, TEXTS), TEXTS), str(rows(register, names=False))]

    assert not [text for text in texts if "Leone7" in text]
    assert "Alunno 1" in texts[0]


@given(st.text())
def test_no_cell_of_a_table_is_a_formula(cell: str):
    assert not inert(cell).lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert inert(cell).removeprefix("'") in (cell, cell.removeprefix("'"))


@pytest.mark.parametrize("question", ['=HYPERLINK("http://x")', "@SUM(1)", "+1 perché?", "-2", "＝1+1"])
def test_a_question_that_is_a_formula_is_kept_as_text(question: str):
    _, row = rows(register_with(question))

    assert row[3] == f"'{question}"


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",))))
def test_a_table_can_be_read_back_whatever_was_asked(question: str):
    read = rows(register_with(question))

    assert (len(read) == 2 and read[1][3].removeprefix("'") == question.removeprefix("'")) or "\x00" in question


@pytest.mark.parametrize(
    "typed", ["**Chi** è <b>lui</b>? [x](javascript:1)", "~~no~~ `x` | a_b_c ![y](z)", "<http://x.example> &copy; \\*"]
)
def test_markdown_shows_markup_as_it_was_typed(typed: str):
    register = register_with(typed)

    page = MarkdownIt("gfm-like", {"linkify": False}).render(
        markdown(register, entries_of(register, True, TEXTS), TEXTS)
    )

    heading = page.partition("<h2>")[2].partition("</h2>")[0]
    assert "<" not in heading
    assert unescape(heading) == f"1. {typed}"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("# Perché?", "\\# Perché?"),
        ("- il cow-boy", "\\- il cow-boy"),
        ("1. il cow-boy (2)", "1\\. il cow-boy (2)"),
        ("https://giornale.example/il-cow-boy", "https://giornale.example/il-cow-boy"),
        ("---", "\\---"),
        ("[1](x)", "\\[1\\](x)"),
    ],
)
def test_only_what_would_be_markup_is_marked_as_none(typed: str, kept: str):
    assert plain(typed) == kept


def test_the_page_to_print_escapes_what_was_typed():
    page = bytes(exported(register_with("<img src=x onerror=alert(1)>"), "print", True, TEXTS).body).decode()

    assert "<img" not in page and "&lt;img" in page


def test_the_name_of_a_file_is_plain():
    register = register_with("Chi è?")
    plan = replace(register.session.plan, title='Perché "no"?\r\nX: 1')
    register.session = replace(register.session, plan=plan)

    told = exported(register, "csv", False, TEXTS).headers["content-disposition"]

    assert told == 'attachment; filename="actuclair-perch-no-x-1.csv"'
