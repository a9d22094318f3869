"""What helps to learn is made once for all who got the same answer."""

from dataclasses import replace

from page_turns import answer_of, evidence_of

from classroom.lesson.learning import once
from rag.study.study import Study
from rag.types import Answer, AnswerSentence, Question, ReadingLevel

ANSWER = answer_of(AnswerSentence("Non esiste.", (1,)), evidence=(evidence_of(1),))


def test_the_same_answer_is_learned_from_once_and_another_or_another_age_anew():
    asked: list[Answer] = []

    def learn(answer: Answer) -> Study:
        asked.append(answer)
        return Study()

    learned = once(learn)
    other_words = replace(ANSWER, question=Question("E chi è?", "it", ReadingLevel.CHILD))
    older = replace(ANSWER, question=replace(ANSWER.question, level=ReadingLevel.TEEN))
    other_proof = replace(ANSWER, citations=(evidence_of(1, "Lo dice Ugo."),))

    for answer in (ANSWER, other_words, older, other_proof, ANSWER):
        learned(answer)

    assert asked == [ANSWER, older, other_proof]
