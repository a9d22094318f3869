"""The optional model that reads evidence and sentence together: any labels, any order, and the last word."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from fakes import FakeEmbedder, evidence_of
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from rag.assembly import open_attribution
from rag.checking.attribution import Attribution
from rag.checking.entailment import CrossEncoderChecker, Entailment
from rag.errors import ModelUnusable
from rag.models.sentence_vectors import SentenceVectors
from rag.settings import Settings
from rag.types import Question

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "der", "Roboter", "singt", "le", "robot", "chante", "canta"]


class Believes:
    """Judges every sentence alike, and remembers what it was asked."""

    def __init__(self, entailed: float, contradicted: float = 0.0):
        self.found = Entailment(entailed, contradicted)
        self.asked: list[tuple[str, list[str]]] = []

    def judge(self, text: str, proofs: Sequence[str]) -> list[Entailment]:
        self.asked.append((text, list(proofs)))
        return [self.found] * len(proofs)


@pytest.mark.parametrize(
    ("checker", "numbers", "reasons"),
    [
        (Believes(0.9), (1,), ()),
        (Believes(0.3, 0.1), (), ("does not follow from the evidence",)),
        (Believes(0.1, 0.8), (), ("the evidence says the contrary",)),
    ],
)
def test_checker_has_the_last_word_on_what_the_rules_let_through(
    checker: Believes, numbers: tuple[int, ...], reasons: tuple[str, ...]
):
    evidence = evidence_of("Der Roboter singt jeden Abend in Köln.", language="de")
    text = "Der Roboter singt jeden Abend ein Lied in Köln."

    checked = Attribution(SentenceVectors(FakeEmbedder()), checker).check(
        text, Question("Was macht er?", "de"), evidence
    )

    assert (checked.numbers, checked.reasons) == (numbers, reasons)
    assert checker.asked == [(text, ["Der Roboter singt jeden Abend in Köln."])]


def test_checker_is_not_asked_about_what_the_rules_refuse():
    checker = Believes(1.0)
    evidence = evidence_of("Le robot chante à Lyon.", language="fr")

    checked = Attribution(SentenceVectors(FakeEmbedder()), checker).check(
        "Le robot ne chante pas à Lyon.", Question("?", "fr"), evidence
    )

    assert (checked.numbers, checker.asked) == ((), [])


@pytest.mark.parametrize(
    "labels", [["ENTAILMENT", "NEUTRAL", "CONTRADICTION"], ["contradiction", "neutral", "entailment"]]
)
def test_model_tells_probabilities_in_whatever_order_its_labels_are(tmp_path: Path, labels: list[str]):
    save_classifier(tmp_path, labels)
    checker = CrossEncoderChecker(str(tmp_path))

    found = checker.judge("le robot chante", ["der Roboter singt", "canta"])

    by_label = logits_of(tmp_path, "der Roboter singt", "le robot chante")
    lower = [label.lower() for label in labels]
    assert found[0].entailed == pytest.approx(by_label[lower.index("entailment")], abs=1e-3)
    assert found[0].contradicted == pytest.approx(by_label[lower.index("contradiction")], abs=1e-3)
    assert len(found) == 2
    assert checker.judge("le robot chante", []) == []


def test_model_that_only_tells_entailment_from_the_rest_never_finds_a_contradiction(tmp_path: Path):
    save_classifier(tmp_path, ["entailment", "not_entailment"])

    (found,) = CrossEncoderChecker(str(tmp_path)).judge("il robot canta", ["le robot chante"])

    assert 0 < found.entailed < 1
    assert found.contradicted == 0


@pytest.mark.parametrize("labels", [["LABEL_0", "LABEL_1", "LABEL_2"], ["positif", "négatif"]])
def test_model_without_entailment_among_its_labels_is_told_with_what_to_do(tmp_path: Path, labels: list[str]):
    save_classifier(tmp_path, labels)

    with pytest.raises(ModelUnusable, match=rf"{labels[0]}.*ACTUCLAIR_CHECKER"):
        CrossEncoderChecker(str(tmp_path))


def test_folder_that_is_no_model_is_told_with_what_to_do(tmp_path: Path):
    with pytest.raises(ModelUnusable, match="ACTUCLAIR_CHECKER"):
        CrossEncoderChecker(str(tmp_path))


def test_settings_name_the_checker(tmp_path: Path):
    save_classifier(tmp_path, ["entailment", "neutral", "contradiction"])
    evidence = evidence_of("El robot canta todas las noches en Sevilla.", language="es")
    vectors = SentenceVectors(FakeEmbedder())
    asked = ("El robot canta todas las noches en Sevilla.", Question("¿Qué hace?", "es"), evidence)

    without, with_model = (
        open_attribution(vectors, Settings(checker=checker)).check(*asked) for checker in ("", str(tmp_path))
    )

    assert without.numbers == (1,)
    assert with_model.reasons in [(), ("does not follow from the evidence",), ("the evidence says the contrary",)]
    assert (with_model.numbers == (1,)) is (with_model.reasons == ())


def save_classifier(folder: Path, labels: list[str]) -> None:
    """A classifier of sentence pairs with weights by chance, always the same."""
    tokenizer = Tokenizer(models.WordLevel({word: id_ for id_, word in enumerate(WORDS)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    ).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        initializer_range=1.0,  # so that the probabilities differ
        id2label=dict(enumerate(labels)),
        label2id={label: place for place, label in enumerate(labels)},
    )
    with torch.random.fork_rng():
        torch.manual_seed(7)
        BertForSequenceClassification(config).save_pretrained(folder)


def logits_of(folder: Path, proof: str, text: str) -> np.ndarray:
    """The probabilities by label, straight from the model."""
    model = BertForSequenceClassification.from_pretrained(folder).eval()
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)
    logits = model(**tokenizer(proof, text, return_tensors="pt")).logits[0]
    return logits.softmax(-1).detach().numpy()
