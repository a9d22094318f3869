"""What a language model writes -> sentences with marks, and what becomes of one that fails."""

import itertools
from collections.abc import Iterator

import pytest
from fakes import DEAD_ADDRESS, Fault, StubEndpoint, evidence_of
from hypothesis import given
from hypothesis import strategies as st

from rag.drafts import DraftSentence, split_drafts
from rag.errors import WriterFailed
from rag.local_model import Endpoint
from rag.prompt import load_answer_prompt
from rag.types import Question, ReadingLevel
from rag.writer import ChatWriter

QUESTION = Question("Chi canta?", "it", ReadingLevel.CHILD)
EVIDENCE = evidence_of("Il robot canta in città.", "I bambini ballano.", language="it")
TOKENS = ("SÌ", " Il", " robot", " canta", " [1", "].", " Ballano", " [2", "]", ".")
PIECES = ["Il chante", "L'été", " ", "\n", "[1]", "[2, 3]", "[", "]", "1", ",", ".", "!", "…", "[sic]", "\0"]
TOLD = [DraftSentence("Il robot canta.", (1,)), DraftSentence("Ballano.", (2,))]


@pytest.fixture
def stub() -> Iterator[StubEndpoint]:
    with StubEndpoint(TOKENS) as endpoint:
        yield endpoint


def writer_of(url: str, **changes: object) -> ChatWriter:
    return ChatWriter(Endpoint(url, "modello", "segreto", **changes), timeout_s=0.3)  # type: ignore[arg-type]


def drafts_of(*texts: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(draft.text, draft.marks) for draft in split_drafts(texts)]


def chunked(text: str, cuts: list[int]) -> list[str]:
    places = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    return [text[start:end] for start, end in itertools.pairwise(places)]


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        ("Il chante [1]. Elle rit [2].", [("Il chante.", (1,)), ("Elle rit.", (2,))]),
        ("Il chante [1][2]. Elle rit [3]", [("Il chante.", (1, 2)), ("Elle rit.", (3,))]),
        ("Il chante [1, 2]. Elle rit [1] [3] !", [("Il chante.", (1, 2)), ("Elle rit!", (1, 3))]),
        ("¿Quién? El robot [ 2 ; 1 ].", [("¿Quién? El robot.", (2, 1))]),
        ("Il chante. [1] Elle rit. [2]", [("Il chante.", (1,)), ("Elle rit.", (2,))]),
        ("Il chante [1]\nElle rit [1]\n", [("Il chante.", (1,)), ("Elle rit.", (1,))]),
        ("Das kostet 3.5 Mio. Euro [1].", [("Das kostet 3.5 Mio. Euro.", (1,))]),
        ("Il dit « oui » [1].", [("Il dit « oui ».", (1,))]),
        ("Il dit : « Oui ! » [1].", [("Il dit : « Oui ! ».", (1,))]),
        ("Il chante [1][1].", [("Il chante.", (1,))]),
        ("Il chante [9].", [("Il chante.", (9,))]),
        ("Il chante [123456789012].", [("Il chante.", ())]),
        ("Il dit [sic] oui [1]. Non [2].", [("Il dit (sic) oui.", (1,)), ("Non.", (2,))]),
        ("Oui [1][note] non [2].", [("Oui.", (1,)), ("(note) non.", (2,))]),
        ("[1] Il chante. [2] Elle rit", [("Il chante.", (1,)), ("Elle rit.", (2,))]),
        ("[2][1] È vero [sic]. [3] Ja!", [("È vero (sic).", (2, 1)), ("Ja!", (3,))]),
        ("Il chante. Elle rit.", []),
        ("Il chante [1]. Elle rit.", [("Il chante.", (1,))]),
        ("[1]", []),
        ("", []),
    ],
)
def test_split_drafts_takes_the_marks_out_of_each_sentence(text: str, drafts: list[tuple[str, tuple[int, ...]]]):
    found = drafts_of(text)

    if "« " in text:  # the final stop after a closing quotation mark may stand or not
        found = [(written.replace("».", "»"), marks) for written, marks in found]
        drafts = [(written.replace("».", "»"), marks) for written, marks in drafts]
    assert found == drafts


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.lists(st.integers(0, 200)))
def test_split_drafts_gives_the_same_sentences_however_the_text_is_cut(text: str, cuts: list[int]):
    assert drafts_of(*chunked(text, cuts)) == drafts_of(text)


@given(st.text(alphabet="aé [](),;.!?0123456789\n"))
def test_split_drafts_leaves_no_bracket_and_no_empty_sentence(text: str):
    for written, _ in drafts_of(text):
        assert written.strip(".!?… ")
        assert "[" not in written and "]" not in written


def test_split_drafts_yields_a_sentence_before_the_next_one_is_written():
    def written() -> Iterator[str]:
        yield "Il robot canta [1]. B"
        raise AssertionError("asked for more than the first sentence needs")

    assert next(split_drafts(written())) == DraftSentence("Il robot canta.", (1,))


def test_writer_gives_sentences_and_is_willing_without_log_odds(stub: StubEndpoint):
    draft = writer_of(stub.url).write(QUESTION, EVIDENCE)

    assert draft.willing
    assert draft.log_odds is None
    assert list(draft.sentences) == TOLD


def test_writer_sends_the_rendered_messages_and_a_limit_and_asks_others_for_no_grammar(stub: StubEndpoint):
    list(writer_of(stub.url).write(QUESTION, EVIDENCE).sentences)

    sent = stub.requests[0]
    assert [message["content"] for message in sent["messages"]] == [
        message.content for message in load_answer_prompt("it").render(QUESTION, EVIDENCE)
    ]
    assert sent["model"] == "modello" and sent["temperature"] == 0
    assert 0 < sent["max_completion_tokens"] < 1000
    assert "grammar" not in sent and "logprobs" not in sent


def test_writer_asks_a_local_model_for_a_grammar_and_reads_the_log_odds(stub: StubEndpoint):
    stub.logprobs = {"SÌ": -0.5, "NO": -2.0, "Il": -3.0}

    draft = writer_of(stub.url, takes_grammar=True).write(QUESTION, EVIDENCE)

    assert draft.log_odds == pytest.approx(1.5)
    assert "[1-2]" in stub.requests[0]["grammar"]
    assert list(draft.sentences) == TOLD


@pytest.mark.parametrize(("logprobs", "sign"), [({"S": -0.1, " N": -3.0}, 1), ({"NO": -0.1}, -1), ({"SÌ": -0.1}, 1)])
def test_writer_reads_log_odds_from_beginnings_of_the_words_and_when_one_is_not_listed(
    stub: StubEndpoint, logprobs: dict[str, float], sign: int
):
    stub.logprobs = logprobs

    draft = writer_of(stub.url, takes_grammar=True).write(QUESTION, EVIDENCE)

    assert draft.log_odds is not None
    assert draft.log_odds * sign > 1


@pytest.mark.parametrize("tokens", [("NO",), ("N", "O", "."), ("\nNo", ", non", " lo", " dicono", " [1]", ".")])
def test_writer_that_refuses_is_not_willing(stub: StubEndpoint, tokens: tuple[str, ...]):
    stub.tokens = tokens

    draft = writer_of(stub.url).write(QUESTION, EVIDENCE)

    assert not draft.willing


@pytest.mark.parametrize("opening", ["Sì, ", "SÌ.\n", "sì ", "", "SÌ : "])
def test_writer_takes_the_word_for_yes_out_of_the_answer(stub: StubEndpoint, opening: str):
    stub.tokens = (opening, "Nonostante", " tutto", " canta", " [1]", ".")

    draft = writer_of(stub.url).write(QUESTION, EVIDENCE)

    assert draft.willing
    assert list(draft.sentences) == [DraftSentence("Nonostante tutto canta.", (1,))]


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.ENDLESS])
def test_writer_tells_each_fault_without_what_the_endpoint_sent_and_then_works_again(stub: StubEndpoint, fault: Fault):
    writer = writer_of(stub.url)
    stub.fault = fault

    with pytest.raises(WriterFailed, match="ACTUCLAIR_WRITER") as caught:
        list(writer.write(QUESTION, EVIDENCE).sentences)

    for raw in ("secret", "segreto", "html", "\\xff"):
        assert raw not in str(caught.value)
    assert "'modello'" in str(caught.value)
    stub.fault = None
    assert list(writer.write(QUESTION, EVIDENCE).sentences) == TOLD


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault.STATUS_500, "status 500"),
        (Fault.SILENT, "nothing came within 0.3 s"),
        (Fault.SLOW, "nothing came within 0.3 s"),
        (Fault.BROKEN_OFF, "broke off"),
        (Fault.UNFINISHED, "broke off"),
        (Fault.NOT_UTF8, "cannot be read"),
    ],
)
def test_writer_tells_which_fault_it_was(stub: StubEndpoint, fault: Fault, reason: str):
    stub.fault = fault

    with pytest.raises(WriterFailed, match=reason):
        list(writer_of(stub.url).write(QUESTION, EVIDENCE).sentences)


def test_writer_tells_when_nobody_answers():
    with pytest.raises(WriterFailed, match="nobody answers at its address"):
        writer_of(DEAD_ADDRESS).write(QUESTION, EVIDENCE)


def test_writer_gives_the_sentences_that_came_before_a_fault(stub: StubEndpoint):
    stub.fault = Fault.BROKEN_OFF
    stub.tokens = ("SÌ Il robot canta [1]. Bal", "lano [", "2", "].")

    sentences = writer_of(stub.url).write(QUESTION, EVIDENCE).sentences

    assert next(sentences) == TOLD[0]
    with pytest.raises(WriterFailed, match="broke off"):
        next(sentences)


@pytest.mark.parametrize("token", [" è", " [1].", "", " ", "["])
def test_writer_leaves_an_endpoint_that_knows_no_limit(stub: StubEndpoint, token: str):
    stub.fault, stub.tokens = Fault.ENDLESS, ("SÌ", " Canta", token)

    draft = writer_of(stub.url).write(QUESTION, EVIDENCE)

    assert all(sentence.text == "Canta." for sentence in draft.sentences)


def test_writer_asks_a_model_on_this_machine_past_any_proxy(stub: StubEndpoint, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTP_PROXY", DEAD_ADDRESS)
    monkeypatch.setenv("NO_PROXY", "")

    draft = writer_of(stub.url).write(QUESTION, EVIDENCE)

    assert list(draft.sentences) == TOLD


def test_warming_reads_the_prefix_of_the_language(stub: StubEndpoint):
    writer_of(stub.url).warm("de")

    sent = [message["content"] for message in stub.requests[0]["messages"]]
    assert sent[:-1] == [message.content for message in load_answer_prompt("de").prefix]
    assert stub.requests[0]["max_completion_tokens"] == 1
