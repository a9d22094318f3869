"""A tiny embedder in the file format of its wheel, for tests that convert it."""

import struct

import numpy as np

HIDDEN, FEED_FORWARD, POSITIONS = 32, 64, 16
WORDS = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁chanson", "▁l'été"]


def q4_bytes(nibbles: np.ndarray, scale: float) -> bytes:
    """Q4_0 blocks of one scale; `nibbles` of shape (blocks, 32)."""
    low, high = nibbles[:, :16], nibbles[:, 16:]
    scales = np.full((len(nibbles), 1), scale, "<f2").view(np.uint8)
    return np.concatenate([scales, (low | high << 4).astype(np.uint8)], axis=1).tobytes()


def tiny_tensors() -> dict[str, np.ndarray]:
    """Values by name: matrices in steps of 1/16, so that Q4_0 with that scale holds them exactly."""
    shapes = {"emb.word": (len(WORDS), HIDDEN), "emb.pos": (POSITIONS, HIDDEN), "emb.type": (2, HIDDEN)}
    shapes |= {"emb.ln.w": (HIDDEN,), "emb.ln.b": (HIDDEN,)}
    sizes = {"q": (HIDDEN, HIDDEN), "k": (HIDDEN, HIDDEN), "v": (HIDDEN, HIDDEN), "ao": (HIDDEN, HIDDEN)}
    sizes |= {"fi": (FEED_FORWARD, HIDDEN), "fo": (HIDDEN, FEED_FORWARD), "aln": (HIDDEN,), "oln": (HIDDEN,)}
    for part, shape in sizes.items():
        shapes |= {f"l0.{part}.w": shape, f"l0.{part}.b": shape[:1]}
    dice = np.random.default_rng(3)
    return {name: (dice.integers(0, 16, shape) - 8).astype("<f4") / 16 for name, shape in shapes.items()}


def e5_file(tensors: dict[str, np.ndarray]) -> bytes:
    """An `E5S1` file: matrices as Q4_0, vectors as float32."""
    blob = "".join(WORDS).encode()
    ends = np.cumsum([0, *(len(word.encode()) for word in WORDS)]).tolist()
    head = b"E5S1" + struct.pack(
        "<I7ifi", 1, HIDDEN, 1, 2, FEED_FORWARD, len(WORDS), POSITIONS, 2, 1e-12, 32
    )  # fmt: skip
    head += struct.pack(
        f"<i4iQ{len(ends)}I{len(WORDS)}f", len(WORDS), 0, 2, 1, 3, len(blob), *ends, *[-1.0] * len(WORDS)
    )
    head += blob + struct.pack("<iI", 1, 5) + b"stuff"
    raws = {}
    for name, values in tensors.items():
        nibbles = (values * 16 + 8).astype(np.uint8)
        raws[name] = q4_bytes(nibbles.reshape(-1, 32), 1 / 16) if values.ndim == 2 else values.tobytes()
    directory_bytes = 4 + sum(2 + len(name) + 21 for name in raws)
    offset, directory = len(head) + directory_bytes, struct.pack("<i", len(raws))
    for name, raw in raws.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", tensors[name].ndim, tensors[name].size, offset, len(raw))
        offset += len(raw)
    return head + directory + b"".join(raws.values())
