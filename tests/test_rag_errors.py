"""What an error says: what happened, with which value, and what to do next."""

import pickle
from pathlib import Path

import pytest

from rag.errors import ActuclairError, EmbedderFailed, ModelMissing, ModelUnusable, VectorsUnusable, WorkersLost


@pytest.mark.parametrize("role", ["embedder", "reranker", "checker"])
def test_a_model_that_cannot_be_used_is_named_with_the_reason_and_the_setting(role: str):
    told = str(ModelUnusable(role, "modèle-perdu", "no such folder.\nand a long trace"))

    assert f"The {role} 'modèle-perdu' cannot be used: no such folder. Set ACTUCLAIR_{role.upper()} to a" in told
    assert "trace" not in told


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_model_that_gives_no_reason_is_told_so(reason: str):
    assert "'modello' cannot be used: it does not say why. Set" in str(ModelUnusable("embedder", "modello", reason))


@pytest.mark.parametrize(
    "error", [ModelMissing("modèle", Path("où")), EmbedderFailed("là", "rien"), WorkersLost("jamais")]
)
def test_error_goes_to_another_process_as_it_is(error: ActuclairError):
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  our own

    assert (type(again), str(again)) == (type(error), str(error))


@pytest.mark.parametrize("reason", ["Keine Antwort.", "Could not connect. Is it running?", "Keine Antwort"])
def test_a_reason_ends_with_one_full_stop_whatever_it_ended_with(reason: str):
    told = str(VectorsUnusable("http://büro:8000", reason))

    assert f": {reason.rstrip('.?')}. Start one" in told
