"""An answer as JSON and back."""

import json
from dataclasses import replace
from datetime import date

from page_turns import answer_of, evidence_of

from rag.answering.answer_json import answer_json, read_answer
from rag.types import Answer, AnswerSentence, Conflict, Evidence, ReadingLevel, Status, Step, Value, Voice

WRITTEN = AnswerSentence("Non è una persona.", (1,), voice=Voice.OPINION)
QUOTED = AnswerSentence("«Il cowboy non esiste.»", (1, 2), is_quote=True)
FIXED = AnswerSentence("Gli articoli non dicono tutti lo stesso.", (2,), is_fixed=True)


def rich() -> Answer:
    evidence = (evidence_of(1), replace(evidence_of(2, "Lo dice Ugo."), voice=Voice.SPEECH, speaker="Ugo"))
    conflict = Conflict("persone", (Value("4 milioni", 4e6, evidence[0]), Value("9 milioni", 9e6, evidence[1])), False)
    return answer_of(
        WRITTEN, QUOTED, FIXED, evidence=evidence, understood="E lui chi è?", is_unsure=True, notice="Attenzione!",
        as_of=date(2025, 11, 18), age_note="È vecchio.", conflicts=(conflict,), suggestions=("Chi?",),
        steps=(Step("chose", 0.2, {"evidence": ["a"]}),),
    )  # fmt: skip


def without_texts(answer: Answer) -> Answer:
    def bare(item: Evidence) -> Evidence:
        return replace(item, article=replace(item.article, text="", source=""))

    conflicts = tuple(
        replace(each, values=tuple(replace(value, evidence=bare(value.evidence)) for value in each.values))
        for each in answer.conflicts
    )
    return replace(answer, citations=tuple(map(bare, answer.citations)), conflicts=conflicts)


def test_answer_comes_back_from_json_as_it_was_but_for_the_texts_of_its_articles():
    answer = rich()

    read = read_answer(json.loads(json.dumps(answer_json(answer))))

    assert read == without_texts(answer)


def test_answer_with_fixed_words_comes_back_too():
    answer = replace(answer_of(status=Status.CRISIS), text="Du bist nicht allein.")
    answer = replace(answer, readability=replace(answer.readability, level=ReadingLevel.CHILD, notes=("short",)))

    assert read_answer(json.loads(json.dumps(answer_json(answer)))) == answer
