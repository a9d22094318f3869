"""A local model reads what prompts begin with before anybody asks."""

import pytest
from fakes import DEAD_ADDRESS, StubEndpoint

from corpus.language import READER_LANGUAGES
from rag.writing.local_model import Endpoint
from rag.writing.prompt import load_answer_prompt
from rag.writing.warming import warm_up, warm_up_local
from rag.writing.writer import ChatWriter


def test_warm_up_reads_the_prompts_of_all_languages_the_first_one_first():
    with StubEndpoint(("SÌ",)) as stub:
        read = list(warm_up(ChatWriter(Endpoint(stub.url, "modello", "segreto"), timeout_s=60), "it"))

    begun = [request["messages"][0]["content"] for request in stub.requests]
    assert len(begun) == len(read) == len(READER_LANGUAGES)
    assert begun[0] == load_answer_prompt("it").prefix[0].content


def test_model_that_is_down_stops_warming_up_with_a_warning(caplog: pytest.LogCaptureFixture):
    assert not list(warm_up(ChatWriter(Endpoint(DEAD_ADDRESS, "modello", "segreto"), timeout_s=1), "de"))

    assert "modello" in caplog.text


def test_a_model_elsewhere_is_not_asked_before_anybody_asks():
    assert not list(warm_up_local(ChatWriter(Endpoint(DEAD_ADDRESS, "modèle", "secret"), timeout_s=1), "fr"))
    assert not list(warm_up_local(None, "fr"))
