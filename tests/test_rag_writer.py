"""What a language model is asked, what it gives, and what becomes of a model that fails."""

import threading
from collections.abc import Iterator
from functools import partial
from typing import cast

import pytest
from fakes import DEAD_ADDRESS, Fault, StubEndpoint, evidence_of

from rag.errors import WriterFailed
from rag.types import Question, ReadingLevel
from rag.writing.local_model import Endpoint, LocalModel
from rag.writing.prompt import load_answer_prompt
from rag.writing.writer import ChatWriter

QUESTION = Question("Chi canta?", "it", ReadingLevel.CHILD)
EVIDENCE = evidence_of("Il robot canta in città.", "I bambini ballano.", language="it")
TOKENS = ("SÌ", " Il", " robot", " canta", ".", " I", " bambini", " ballano", "!")
TOLD = ["Il robot canta.", "I bambini ballano!"]


@pytest.fixture
def stub() -> Iterator[StubEndpoint]:
    with StubEndpoint(TOKENS) as endpoint:
        yield endpoint


def writer_of(url: str, fault: Fault | None = None, **changes: object) -> ChatWriter:
    """Waits for an endpoint that says nothing no longer than it must, and for any other as long as that may take."""
    timeout_s = 1.5 if fault in (Fault.SILENT, Fault.SLOW) else 60.0
    return ChatWriter(Endpoint(url, "modello", "segreto", **changes), timeout_s)  # type: ignore[arg-type]


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
    assert '"SÌ "' in stub.requests[0]["grammar"]
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
    assert list(draft.sentences) == ["Nonostante tutto canta."]


@pytest.mark.parametrize(
    "odd", [{"content": [{"token": "SÌ", "logprob": -0.1}]}, {"content": ["x"]}, {"content": {"a": 1}}, "x", [1]]
)
def test_probabilities_in_an_unknown_shape_are_as_good_as_none(stub: StubEndpoint, odd: object):
    stub.odd_logprobs = odd

    draft = writer_of(stub.url, takes_grammar=True).write(QUESTION, EVIDENCE)

    assert (draft.willing, draft.log_odds) == (True, None)
    assert list(draft.sentences) == TOLD


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.ENDLESS])
def test_writer_tells_each_fault_without_what_the_endpoint_sent_and_then_works_again(stub: StubEndpoint, fault: Fault):
    writer = writer_of(stub.url, fault)
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
        (Fault.SILENT, "nothing came within 1.5 s"),
        (Fault.SLOW, "nothing came within 1.5 s"),
        (Fault.BROKEN_OFF, "broke off"),
        (Fault.UNFINISHED, "broke off"),
        (Fault.NOT_UTF8, "cannot be read"),
        (Fault.GARBAGE, "longer than 4,000 characters"),
    ],
)
def test_writer_tells_which_fault_it_was(stub: StubEndpoint, fault: Fault, reason: str):
    stub.fault = fault

    with pytest.raises(WriterFailed, match=reason):
        list(writer_of(stub.url, fault).write(QUESTION, EVIDENCE).sentences)


def test_writer_tells_when_nobody_answers():
    with pytest.raises(WriterFailed, match="nobody answers at its address"):
        writer_of(DEAD_ADDRESS).write(QUESTION, EVIDENCE)


def test_writer_gives_the_sentences_that_came_before_a_fault(stub: StubEndpoint):
    stub.fault = Fault.BROKEN_OFF
    stub.tokens = ("SÌ Il robot canta. I bam", "bini", " ballano", ".")

    sentences = writer_of(stub.url).write(QUESTION, EVIDENCE).sentences

    assert next(sentences) == TOLD[0]
    with pytest.raises(WriterFailed, match="broke off"):
        next(sentences)


@pytest.mark.parametrize("token", [" è", " [1].", "", " ", "["])
def test_writer_leaves_an_endpoint_that_knows_no_limit(stub: StubEndpoint, token: str):
    stub.fault, stub.tokens = Fault.ENDLESS, ("SÌ", " Canta", token)

    draft = writer_of(stub.url).write(QUESTION, EVIDENCE)

    assert len("".join(draft.sentences)) < 5_000


def test_writer_asks_a_model_on_this_machine_past_any_proxy(stub: StubEndpoint, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTP_PROXY", DEAD_ADDRESS)
    monkeypatch.setenv("NO_PROXY", "")

    draft = writer_of(stub.url).write(QUESTION, EVIDENCE)

    assert list(draft.sentences) == TOLD


def test_local_model_writes_again_after_somebody_stopped_listening(stub: StubEndpoint):
    stub.tokens = ("SÌ", *(f" Il robot canta {number} volte." for number in range(2, 50)))
    writer = ChatWriter(Endpoint(stub.url, "modello", "segreto"), timeout_s=60, model=cast(LocalModel, object()))
    first = writer.write(QUESTION, EVIDENCE)
    next(first.sentences)
    first.sentences.close()
    rewrite = partial(writer.write_again, QUESTION, EVIDENCE, "Ride.", EVIDENCE[0])

    again = threading.Thread(target=rewrite, daemon=True)
    again.start()
    again.join(60)

    assert not again.is_alive()


def test_sentence_that_is_written_again_does_not_begin_with_the_word_for_yes(stub: StubEndpoint):
    again = writer_of(stub.url).write_again(QUESTION, EVIDENCE, "Ride.", EVIDENCE[0])

    assert again == "Il robot canta."
