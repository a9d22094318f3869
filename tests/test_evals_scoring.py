from dataclasses import replace

import pytest

from corpus.types import Article, Kind
from evals.scoring import (
    EvalQuestion,
    Result,
    Share,
    first_cited_article,
    fold,
    is_right_article,
    judge,
    says,
    says_what_is_right,
    summarise,
)
from rag.types import Answer, AnswerSentence, Evidence, Question, Readability, ReadingLevel, Status, Timings

WHO_SINGS = EvalQuestion(
    "fr-1", "Qui chante ?", "fr", "child", True, ("000_cowboy",), (("n'existe pas", "une ia"), ("succès",)), ("20 %",)
)
HOW_MANY = EvalQuestion("it-1", "Quanti brani?", "it", "teen", True, ("001_deezer",), (("35 mila", "35.000"),), ())
NOT_TOLD = EvalQuestion("it-2", "Chi è il sindaco?", "it", "adult", False, (), (), ())


def evidence(number: int, article_id: str) -> Evidence:
    article = Article(article_id, "Un titre", "Le texte.", "fr", "source.txt")
    return Evidence(number, "Le texte.", 0, 9, article, Kind.NEWS, 0.9)


def answer(
    asked: EvalQuestion,
    *sentences: AnswerSentence,
    status: Status = Status.ANSWERED,
    text: str = "",
    seconds: float = 1.0,
) -> Answer:
    question = Question(asked.question, asked.language, ReadingLevel(asked.level))
    citations = (evidence(1, "000_cowboy-ab12"), evidence(2, "001_deezer-cd34"))
    timings = Timings(0.1, seconds, 2 * seconds)
    return Answer(question, status, text, sentences, citations, timings, Readability(1, 5.0, 0.1, 20.0))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’Été\u202f: 30\u00a0%", "l'ete : 30 %"),
        ("Perché  no?\nSÌ", "perche no? si"),
        ("Cœur außergewöhnlich", "coeur aussergewohnlich"),
    ],
)
def test_fold_leaves_out_case_accents_and_kinds_of_apostrophes_and_spaces(text: str, folded: str):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "term", "said"),
    [
        ("Ce chanteur n’existe pas.", "n'existe pas", True),
        ("Sono 35\u202f000 brani", "35 000", True),
        ("Il est DJ", " dj", True),
        ("Il vit à Adjara", " dj", False),
        ("On l'écoute 4m", "4m ", True),
    ],
)
def test_says_takes_the_outer_spaces_of_a_term_for_the_edge_of_a_word(text: str, term: str, said: bool):
    assert says(text, term) is said


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Une IA a fait ce SUCCÈS.", True),
        ("Une IA l'a fait.", False),
        ("C'est un succès.", False),
        ("Une IA a fait ce succès, à 20\u00a0%.", False),
    ],
)
def test_right_text_meets_every_group_and_no_forbidden_term(text: str, right: bool):
    assert says_what_is_right(WHO_SINGS, text) is right


def test_right_article_is_known_by_the_beginning_of_its_id():
    assert is_right_article(HOW_MANY, "001_deezer-cd34")
    assert not is_right_article(HOW_MANY, "000_cowboy-ab12")
    assert not is_right_article(HOW_MANY, "")


def test_first_cited_article_is_the_one_a_reader_sees_first():
    given = answer(HOW_MANY, AnswerSentence("Sono 35 mila.", (2, 1)), AnswerSentence("Una IA canta.", (1,)))

    assert first_cited_article(given) == "001_deezer-cd34"
    assert first_cited_article(answer(HOW_MANY)) == ""


def test_judge_finds_an_italian_answer_right_with_the_wrong_article_retrieved_first():
    given = answer(HOW_MANY, AnswerSentence("Sono più di 35 MILA.", (2,)))

    verdict = judge(HOW_MANY, "000_cowboy-ab12", given)

    assert (verdict.retrieved_first, verdict.cited_first, verdict.right) == (False, True, True)
    assert (verdict.right_own, verdict.refused_wrongly, verdict.refused_rightly) == (True, False, None)


def test_judge_tells_a_right_quote_from_a_right_sentence():
    given = answer(
        WHO_SINGS, AnswerSentence("« Une IA, un succès. »", (1,), is_quote=True), status=Status.QUOTED
    )  # fmt: skip

    verdict = judge(WHO_SINGS, "000_cowboy-ab12", given)

    assert verdict.right and not verdict.right_own


def test_judge_does_not_count_the_fixed_sentences_around_an_answer():
    given = answer(WHO_SINGS, AnswerSentence("Il chante.", (1,)), text="Une IA répond : succès. Il chante.")

    assert judge(WHO_SINGS, "", given).right is False


def test_judge_finds_a_refusal_wrong_or_right_by_the_question():
    refusal = answer(WHO_SINGS, status=Status.NO_EVIDENCE)

    wrongly, rightly = judge(WHO_SINGS, "000_cowboy-ab12", refusal), judge(NOT_TOLD, "", refusal)

    assert (wrongly.refused_wrongly, wrongly.right, wrongly.cited_first) == (True, False, False)
    assert (rightly.refused_rightly, rightly.refused_wrongly, rightly.right) == (True, None, None)


def test_judge_finds_any_answer_to_an_unanswerable_question_not_refused():
    quoted = answer(NOT_TOLD, AnswerSentence("« Le texte. »", (1,)), status=Status.QUOTED)

    assert judge(NOT_TOLD, "", quoted).refused_rightly is False


def test_interval_is_the_one_of_wilson():
    assert Share(9, 10).interval == pytest.approx((59.6, 98.2), abs=0.05)
    assert Share(0, 10).interval == pytest.approx((0.0, 27.8), abs=0.05)
    assert Share(0, 0).interval == (0.0, 100.0)


def test_summary_counts_a_question_only_where_it_is_of_use():
    results = [
        result(WHO_SINGS, answer(WHO_SINGS, AnswerSentence("Une IA, un succès.", (1,)), seconds=1.0)),
        result(HOW_MANY, answer(HOW_MANY, AnswerSentence("Sono tanti.", (2,)), seconds=2.0)),
        result(NOT_TOLD, answer(NOT_TOLD, status=Status.NO_EVIDENCE, seconds=6.0)),
    ]

    summaries = summarise(results)

    assert list(summaries) == ["fr", "it", "all"]
    assert (summaries["it"].answerable, summaries["it"].unanswerable) == (1, 1)
    assert summaries["all"].shares["right"] == Share(1, 2)
    assert summaries["all"].shares["refused_rightly"] == Share(1, 1)
    assert summaries["fr"].shares["refused_rightly"] == Share(0, 0)
    assert (summaries["all"].first_sentence_s, summaries["all"].total_s) == (2.0, 4.0)


def test_summary_of_one_language_has_no_figures_of_others():
    asked = replace(HOW_MANY, language="de")

    summaries = summarise([result(asked, answer(asked))])

    assert list(summaries) == ["de", "all"]


def result(asked: EvalQuestion, given: Answer) -> Result:
    return Result(asked, "000_cowboy-ab12", given, judge(asked, "000_cowboy-ab12", given))
