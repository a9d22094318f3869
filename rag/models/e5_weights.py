"""Turn the 4-bit weight file of multilingual-e5-small into an ordinary sentence-transformers folder.

Format `E5S1` (little endian): header, SentencePiece Unigram vocabulary, normalisation table (skipped: the
tokenizer's own NFKC does that work), then a directory of tensors. 4-bit tensors are Q4_0 blocks of 32 weights:
one float16 scale and 16 bytes, byte j holding weight j in its low half and weight j + 16 in its high half;
value = (nibble - 8) * scale. Knows nothing of where the file came from.
"""

import json
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import save_file
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers import models as tokenizer_models
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from rag.errors import ModelFileInvalid

PROMPTS = {"query": "query: ", "document": "passage: "}
BLOCK_WEIGHTS = 32
BLOCK_BYTES = 18
LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True)
class E5File:
    """The parsed file: sizes, vocabulary with scores, and float32 tensors by their name in the file."""

    config: BertConfig
    vocabulary: list[tuple[str, float]]
    special_ids: tuple[int, int, int, int]
    tensors: dict[str, NDArray[np.float32]]


class _Reader:
    """A cursor over the bytes of the file."""

    def __init__(self, data: bytes):
        self.data = data
        self.position = 0

    def unpack(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def take(self, count: int) -> bytes:
        taken = self.data[self.position : self.position + count]
        self.position += count
        return taken


def convert_e5(source: Path, folder: Path) -> None:
    """Write `folder` so that `SentenceTransformer(folder)` loads the model in `source`.

    Raises ModelFileInvalid when the file is not in the format above, OSError when `folder` cannot be written.
    """
    try:
        parsed = read_e5(source.read_bytes())
        weights = _weights(parsed)
    except (struct.error, ValueError) as error:
        raise ModelFileInvalid(source, str(error)) from error
    folder.mkdir(parents=True, exist_ok=True)
    _write_transformer(parsed, weights, folder)
    _write_sentence_transformers_files(parsed.config.hidden_size, folder)


def read_e5(data: bytes) -> E5File:
    """Parse the bytes of an `E5S1` file; ValueError when they are not one."""
    reader = _Reader(data)
    if reader.take(4) != b"E5S1":
        raise ValueError("it does not start with 'E5S1'")
    reader.unpack("I")
    hidden, layers, heads, feed_forward, vocabulary_size, positions, types = reader.unpack("7i")
    (epsilon,) = reader.unpack("f")
    (block_size,) = reader.unpack("i")
    if block_size != BLOCK_WEIGHTS:
        raise ValueError(f"block size {block_size} instead of {BLOCK_WEIGHTS}")
    vocabulary, special_ids = _read_vocabulary(reader)
    config = BertConfig(
        vocab_size=vocabulary_size,
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=feed_forward,
        max_position_embeddings=positions,
        type_vocab_size=types,
        layer_norm_eps=epsilon,
        pad_token_id=special_ids[2],
    )
    return E5File(config, vocabulary, special_ids, _read_tensors(reader))


def _read_vocabulary(reader: _Reader) -> tuple[list[tuple[str, float]], tuple[int, int, int, int]]:
    (pieces,) = reader.unpack("i")
    bos, eos, pad, unknown = reader.unpack("4i")
    (blob_bytes,) = reader.unpack("Q")
    offsets = reader.unpack(f"{pieces + 1}I")
    scores = reader.unpack(f"{pieces}f")
    blob = reader.take(blob_bytes)
    words = [blob[start:end].decode() for start, end in pairwise(offsets)]
    _, normalisation_bytes = reader.unpack("iI")
    reader.take(normalisation_bytes)
    return list(zip(words, scores, strict=True)), (bos, eos, pad, unknown)


def _read_tensors(reader: _Reader) -> dict[str, NDArray[np.float32]]:
    (count,) = reader.unpack("i")
    directory = []
    for _ in range(count):
        (name_bytes,) = reader.unpack("H")
        name = reader.take(name_bytes).decode()
        directory.append((name, *reader.unpack("BIQQ")))
    return {name: _tensor(reader.data[offset : offset + size], weights) for name, _, weights, offset, size in directory}


def _tensor(raw: bytes, weights: int) -> NDArray[np.float32]:
    """float32 values of one tensor, flat; 4-bit blocks are told from float32 by their size."""
    if len(raw) == 4 * weights:
        return np.frombuffer(raw, "<f4").astype(np.float32)
    if len(raw) != weights // BLOCK_WEIGHTS * BLOCK_BYTES:
        raise ValueError(f"a tensor of {weights} weights has {len(raw)} bytes")
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1)
    values: NDArray[np.float32] = (nibbles.astype(np.float32) - 8) * scales
    return values.reshape(-1)


def _weights(parsed: E5File) -> dict[str, torch.Tensor]:
    """The file's tensors under Hugging Face's names and shapes; ValueError unless they are exactly BERT's."""
    with torch.device("meta"):  # names and shapes only
        bert = BertModel(parsed.config, add_pooling_layer=False)
    shapes = {name: tuple(parameter.shape) for name, parameter in bert.named_parameters()}
    values = {_hugging_face_name(name): tensor for name, tensor in parsed.tensors.items()}
    if unexpected := shapes.keys() ^ values.keys():
        raise ValueError(f"tensors missing or unknown: {', '.join(sorted(unexpected))}")
    return {name: torch.from_numpy(values[name].reshape(shape)) for name, shape in shapes.items()}


def _write_transformer(parsed: E5File, weights: dict[str, torch.Tensor], folder: Path) -> None:
    """What `BertModel.from_pretrained(folder, add_pooling_layer=False)` and `AutoTokenizer` read."""
    parsed.config.architectures = ["BertModel"]
    parsed.config.save_pretrained(folder)
    try:
        save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    except SafetensorError as error:  # what it makes of a full disk
        raise OSError(str(error)) from error
    (folder / "model.safetensors").chmod(0o644)  # safetensors writes 0600: a folder of models may serve many accounts
    _tokenizer(parsed).save_pretrained(folder)


def _write_sentence_transformers_files(dimensions: int, folder: Path) -> None:
    """What `SentenceTransformer(folder)` reads. Saving through it would store a pooler of random weights."""
    pooling, normalize = folder / "1_Pooling", folder / "2_Normalize"
    for subfolder in (pooling, normalize):
        subfolder.mkdir(exist_ok=True)
    Pooling(dimensions, pooling_mode="mean").save(str(pooling))
    Normalize().save(str(normalize))
    modules = [(Transformer, ""), (Pooling, pooling.name), (Normalize, normalize.name)]
    contents: dict[str, Any] = {
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": f"{module.__module__}.{module.__name__}"}
            for index, (module, path) in enumerate(modules)
        ],
        "sentence_bert_config.json": {"model_kwargs": {"add_pooling_layer": False}},
        "config_sentence_transformers.json": {"prompts": PROMPTS, "similarity_fn_name": "cosine"},
    }
    for name, content in contents.items():
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _hugging_face_name(name: str) -> str:
    """Example: 'l3.q.w' -> 'encoder.layer.3.attention.self.query.weight'"""
    if name in EMBEDDING_NAMES:
        return EMBEDDING_NAMES[name]
    layer, part, kind = name.removeprefix("l").split(".")
    if part not in LAYER_NAMES:
        raise ValueError(f"an unknown tensor '{name}'")
    return f"encoder.layer.{layer}.{LAYER_NAMES[part]}.{'weight' if kind == 'w' else 'bias'}"


def _tokenizer(parsed: E5File) -> PreTrainedTokenizerFast:
    bos, eos, pad, unknown = (parsed.vocabulary[index][0] for index in parsed.special_ids)
    tokenizer = Tokenizer(
        tokenizer_models.Unigram(parsed.vocabulary, unk_id=parsed.special_ids[3], byte_fallback=False)
    )
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}", special_tokens=[(bos, parsed.special_ids[0]), (eos, parsed.special_ids[1])]
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, bos_token=bos, eos_token=eos, pad_token=pad, unk_token=unknown, cls_token=bos,
        sep_token=eos, model_max_length=parsed.config.max_position_embeddings,
    )  # fmt: skip
