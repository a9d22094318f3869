"""Train the classifier over the default embedder's vectors: `python -m safety.train`. Knows no rules.

Reads `training/*.jsonl` (split `train`), each crisis twice more as a hurried child types it, and the project's own news
questions; writes `model.npz`. Vectors are kept under the data folder, so that a second run need not embed them.
"""

import hashlib
import json
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.svm import SVC

from safety.classifier import FORMAT, HEADS, MODEL
from safety.declined import FOR_ADULTS
from safety.hurried import HURRIES
from safety.patterns import LANGUAGES

TRAINING = Path(__file__).parent / "training"
NEWS = tuple(Path(__file__).parent.parent / "evals" / f"{name}_questions.jsonl" for name in ("dev", "gate"))
GAMMA, _C = 5.0, 10.0  # of gamma 3, 8, 20 and C 3, 10, cross-validated over ideas: 20 finds half as much
# Of the harmless sentences here, nearly all of them near misses: of sentences as they come it is a quarter of it.
_FALSE_ALARMS = {"crisis": 0.085, "hard": 0.06, "soft": 0.012, "identity": 0.02}
_FALSE_ALARMS_ADULT = {"crisis": 0.085, "hard": 0.001, "soft": 0.0, "identity": 0.02}  # adults may ask more
_CARE = 0.14  # of the same: help is named beside the answer
_NEVER = 1e3  # a score that no sentence has
_FOLDS = 4
_AT_ONCE = 32  # sentences

Embed = Callable[[Sequence[str]], np.ndarray]


@dataclass(frozen=True)
class Example:
    """A sentence, what it is and of which kind, and the idea it shares with its translations."""

    text: str
    label: str
    concept: str
    kind: str = ""
    language: str = ""

    @property
    def head(self) -> str:
        """The head that should find it; '' for what is to be answered."""
        if self.label == "declined":
            return "soft" if self.kind in FOR_ADULTS else "hard"
        return self.label if self.label in HEADS else ""


def read_examples(split: str) -> list[Example]:
    """The sentences of one split ('train' or 'test') in all languages."""
    lines = [line for language in LANGUAGES for line in _lines(TRAINING / f"{language}.jsonl")]
    names = ("text", "label", "concept", "kind", "language")
    return [Example(*(line[name] for name in names)) for line in lines if line["split"] == split]


def read_news() -> list[Example]:
    """The project's own questions about news: benign, each its own idea."""
    return [Example(line["question"], "benign", line["id"]) for path in NEWS for line in _lines(path)]


def hurried(examples: Sequence[Example]) -> list[Example]:
    """Each crisis twice more, mistyped in two of the ways of hurried.py; the same sentence always alike.

    Harmless ones are not: with half of them mistyped too, 3 to 5 of 100 crises more with swapped letters were missed.
    """
    return [copy for example in examples if example.label == "crisis" for copy in _hurried(example)]


def _hurried(item: Example) -> list[Example]:
    left, copies = list(HURRIES), list[Example]()
    for seed in (item.text, f"{item.text} 2"):
        chance = random.Random(seed)  # noqa: S311  # typos, no secrets
        hurry = chance.choice(left)
        left.remove(hurry)
        copies.append(replace(item, text=hurry(item.text, item.language, chance)))
    return copies


def train(examples: Sequence[Example], embed: Embed, embedder: str) -> dict[str, np.ndarray]:
    """The model file's arrays; thresholds leave the false alarms above, found by cross-validation over ideas."""
    in_bytes, scale = _rounded(embed([example.text for example in examples]))
    vectors = in_bytes.astype(np.float32) * np.float32(scale)
    is_benign = np.array([not example.head for example in examples])
    coefficients = np.zeros((len(examples), len(HEADS)), np.float32)
    bias, thresholds, for_adults = np.zeros(len(HEADS), np.float32), list[float](), list[float]()
    care = _NEVER
    groups, nearness = [example.concept for example in examples], np.exp(2 * GAMMA * (vectors @ vectors.T - 1))
    for place, head in enumerate(HEADS):
        wanted = np.array([example.head == head for example in examples])
        machine = SVC(C=_C, kernel="precomputed")
        guessed = cross_val_predict(
            machine, nearness, wanted, groups=groups, cv=GroupKFold(_FOLDS), method="decision_function"
        )
        machine.fit(nearness, wanted)
        coefficients[machine.support_, place], bias[place] = machine.dual_coef_[0], machine.intercept_[0]
        thresholds.append(_threshold(guessed[is_benign], _FALSE_ALARMS[head]))
        for_adults.append(_threshold(guessed[is_benign], _FALSE_ALARMS_ADULT[head]))
        if head == "crisis":
            care = _threshold(guessed[is_benign], _CARE)
            print(f"{head} or in doubt, cross-validated: {_found(examples, wanted, guessed >= care)}.")
        print(f"{head}, cross-validated: {_found(examples, wanted, guessed >= thresholds[-1])}.")
    says = [bool(row.any()) for row in coefficients.astype(np.float16)]
    kinds = [example.kind for example, kept in zip(examples, says, strict=True) if kept]
    about = {
        "format": FORMAT, "version": _digest(examples), "embedder": embedder, "heads": HEADS, "gamma": GAMMA,
        "scale": scale,
        "thresholds": thresholds, "adult_thresholds": for_adults, "kinds": kinds,
        "care": care,
    }  # fmt: skip
    return {
        "about": np.array(json.dumps(about)), "bias": bias,
        "vectors": in_bytes[says], "coefficients": coefficients[says].astype(np.float16),
    }  # fmt: skip


def _rounded(vectors: np.ndarray) -> tuple[np.ndarray, float]:
    """Whole numbers from -127 to 127, and what they are times. Example: [[0.5, -1.0]] -> [[64, -127]], 1 / 127"""
    scale = float(np.abs(vectors).max()) / 127
    return np.rint(vectors / scale).astype(np.int8), scale


def _found(examples: Sequence[Example], wanted: np.ndarray, sure: np.ndarray) -> str:
    """Example: -> '82% of 900 found (fr 84% of 180, …)'"""
    languages = np.array([example.language for example in examples])
    own = {language: sure[wanted & (languages == language)] for language in LANGUAGES}
    parts = ", ".join(f"{language} {found.mean():.0%} of {found.size}" for language, found in own.items() if found.size)
    return f"{sure[wanted].mean():.0%} of {wanted.sum()} found ({parts})"


def _threshold(benign: np.ndarray, false_alarms: float) -> float:
    return round(float(np.quantile(benign, 1 - false_alarms)), 3) if false_alarms else _NEVER


def _digest(examples: Sequence[Example]) -> str:
    return hashlib.sha256("\n".join(example.text for example in examples).encode()).hexdigest()[:8]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def cached(embed: Embed, path: Path) -> Embed:
    """The same vectors, kept in a file from one run to the next."""

    def embed_once(texts: Sequence[str]) -> np.ndarray:
        known = dict(np.load(path)) if path.exists() else {}
        keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            known |= zip(new, embed(list(new.values())), strict=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            np.savez(path, **known)
        return np.stack([known[key] for key in keys])

    return embed_once


def open_vectors(folder: Path = Path("var/safety")) -> tuple[Embed, str]:
    """What embeds questions with the embedder that the settings name, and its name; loaded only for new texts."""
    from rag.assembly import embedder_name, open_embedder  # bring torch in, which nothing else here needs
    from rag.settings import Settings

    nothing_given: dict[str, Any] = {}
    settings = Settings(**nothing_given)
    name = embedder_name(settings)

    def embed(texts: Sequence[str]) -> np.ndarray:
        embedder = open_embedder(settings)
        with ThreadPoolExecutor(_AT_ONCE) as asking:  # those that wait at once are embedded at once
            return np.stack(list(asking.map(embedder.embed_query, texts)))

    return cached(embed, folder / f"{Path(name).name}.npz"), name


def main() -> None:
    embed, name = open_vectors()
    written = read_examples("train")
    examples = [*written, *hurried(written), *read_news()]
    with MODEL.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **train(examples, embed, name))
    print(f"Written: {MODEL}, {len(examples)} sentences.")


if __name__ == "__main__":
    main()
