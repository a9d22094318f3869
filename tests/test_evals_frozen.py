"""The frozen test sets of the guard: their shape, and that nobody changes them unawares. Asks no guard anything."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from evals.safety_cases import FRESH, FRESH_2, FRESH_3, FRESH_4, IDENTITY, IDENTITY_2, UNSEEN, is_frozen, read_cases
from safety.folding import fold
from safety.patterns import LANGUAGES

Line = dict[str, str]

CRISES = {"suicide": 5, "self_harm": 3, "abuse": 8, "grooming": 8, "home": 8, "eating": 8}
HARMFUL = {"sexual": 6, "weapons": 5, "drugs": 5, "violence": 5, "hate": 4}
ALIKE = {"news": 10, "life": 9, "figure": 7, "fiction": 6, "history": 4, "biology": 4}
CRISES_3 = {"suicide": 4, "self_harm": 3, "abuse": 5, "grooming": 5, "home": 4, "eating": 4}
HARMFUL_3 = {"sexual": 2, "weapons": 1, "drugs": 2, "violence": 2, "hate": 1, "crime": 1, "challenge": 1}
ALIKE_3 = {"life": 8, "figure": 5, "news": 6, "fiction": 4, "school": 2}
CRISES_4 = {"suicide": 7, "self_harm": 5, "abuse": 12, "grooming": 12, "home": 12, "eating": 12}
HARMFUL_4 = {"sexual": 6, "weapons": 6, "drugs": 6, "violence": 6, "hate": 6}
ALIKE_4 = {"news": 15, "life": 15, "figure": 10, "fiction": 10, "school": 10}
NEIGHBOURS_4 = {"sexual": 4, "weapons": 4, "drugs": 4, "violence": 4, "hate": 4}
NEIGHBOURS = {"sexual": 5, "weapons": 6, "drugs": 5, "violence_hate": 4}


def read(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("path", "checksum"),
    [
        (FRESH_2, "8b438ca4dff817652664894495937de7d9a6c6b14de83b58dbe45cdccacb4fc7"),
        (FRESH_3, "4649f91b80c5414f25b652c9d057e48b3f913a9c75a44f8c46c99267f23de5cb"),
        (FRESH_4, "33db9f8a266ef6ad3d3cca93ea8c47d59d3c191b69099a6bda27adcfa53bfca8"),
        (IDENTITY_2, "370680db29a30017fc3850b3326a0a3628aff33cf9d4c3ba45c19ce146ed2a2c"),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else "",
)
def test_frozen_set_is_as_it_was_written(path: Path, checksum: str):
    content = path.read_text(encoding="utf-8")

    found = hashlib.sha256(content.encode()).hexdigest()

    assert found == checksum, f"'{path.name}' is frozen: read in evals/README.md what a change of it must tell."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("group", "label", "kinds"),
    [
        ("crisis", "crisis", CRISES),
        ("declined", "declined", HARMFUL),
        ("alike", "benign", ALIKE),
        ("neighbour", "benign", NEIGHBOURS),
    ],
)
def test_fresh_2_has_as_many_of_each_kind_in_every_language(
    language: str, group: str, label: str, kinds: dict[str, int]
):
    lines = [line for line in read(FRESH_2) if line["concept"].startswith(f"fresh2-{group}-{language}-")]

    assert Counter(line["kind"] for line in lines) == kinds
    assert {(line["label"], line["language"]) for line in lines} == {(label, language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_fresh_2_tells_a_third_of_the_crises_in_each_way(language: str):
    crises = [line for line in read(FRESH_2) if (line["label"], line["language"]) == ("crisis", language)]

    assert Counter(line["how"] for line in crises) == {"plain": 14, "hinted": 13, "slang": 13}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("group", "label", "kinds"),
    [("crisis", "crisis", CRISES_3), ("declined", "declined", HARMFUL_3), ("alike", "benign", ALIKE_3)],
)
def test_fresh_3_has_as_many_of_each_kind_in_every_language(
    language: str, group: str, label: str, kinds: dict[str, int]
):
    lines = [line for line in read(FRESH_3) if line["concept"].startswith(f"fresh3-{group}-{language}-")]

    assert Counter(line["kind"] for line in lines) == kinds
    assert {(line["label"], line["language"]) for line in lines} == {(label, language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_fresh_3_hints_at_two_of_five_crises(language: str):
    crises = [line for line in read(FRESH_3) if (line["label"], line["language"]) == ("crisis", language)]

    assert Counter(line["how"] for line in crises) == {"plain": 9, "slang": 6, "hinted": 10}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("group", "label", "kinds"),
    [
        ("crisis", "crisis", CRISES_4),
        ("declined", "declined", HARMFUL_4),
        ("alike", "benign", ALIKE_4),
        ("neighbour", "benign", NEIGHBOURS_4),
    ],
)
def test_fresh_4_has_as_many_of_each_kind_in_every_language(
    language: str, group: str, label: str, kinds: dict[str, int]
):
    lines = [line for line in read(FRESH_4) if line["concept"].startswith(f"fresh4-{group}-{language}-")]

    assert Counter(line["kind"] for line in lines) == kinds
    assert {(line["label"], line["language"]) for line in lines} == {(label, language)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("label", "ways"),
    [
        ("crisis", {"plain": 20, "hinted": 20, "slang": 20}),
        ("declined", {"plain": 10, "indirect": 10, "slang": 10}),
        ("benign", {"plain": 65, "slang": 15}),
    ],
)
def test_fresh_4_tells_a_third_of_crises_and_wishes_in_each_way(language: str, label: str, ways: dict[str, int]):
    lines = [line for line in read(FRESH_4) if (line["label"], line["language"]) == (label, language)]

    assert Counter(line["how"] for line in lines) == ways


@pytest.mark.parametrize("language", LANGUAGES)
def test_identity_2_has_twenty_questions_about_the_machine_and_ten_others(language: str):
    lines = [line for line in read(IDENTITY_2) if line["language"] == language]

    assert Counter(bool(line["kind"]) for line in lines) == {True: 20, False: 10}
    assert {line["split"] for line in lines} == {"fresh 2"}


@pytest.mark.parametrize(
    ("path", "other"), [(FRESH_2, FRESH), (FRESH_3, FRESH), (FRESH_4, FRESH), (IDENTITY_2, IDENTITY)]
)
def test_frozen_set_has_the_fields_of_the_set_before(path: Path, other: Path):
    before = read(other)[0].keys()

    assert all(line.keys() == before for line in read(path))


def test_frozen_sentences_stand_once_and_in_no_other_set():
    frozen = [fold(line["text"]) for path in (FRESH_2, FRESH_3, FRESH_4, IDENTITY_2) for line in read(path)]
    others = {fold(line["text"]) for path in (FRESH, UNSEEN, IDENTITY) for line in read(path)}

    # Numbers only: whoever sees this fail may be working on the guard, and should not read the sentences.
    repeated, shared, empty = len(frozen) - len(set(frozen)), len(others.intersection(frozen)), frozen.count("")

    assert (repeated, shared, empty) == (0, 0, 0)


def test_read_cases_asks_of_the_frozen_sets_what_their_labels_say(tmp_path: Path):
    wanted = Counter((case.set, case.want) for case in read_cases(tmp_path) if is_frozen(case.set))

    assert wanted == {
        ("fresh 2", "crisis"): 200,
        ("fresh 2", "answer"): 300,
        ("fresh 2", "safe"): 125,
        ("fresh 2, hinted", "crisis"): 65,
        ("fresh 3", "crisis"): 125,
        ("fresh 3", "answer"): 125,
        ("fresh 3", "safe"): 50,
        ("fresh 3, hinted", "crisis"): 50,
        ("fresh 4", "crisis"): 300,
        ("fresh 4", "answer"): 400,
        ("fresh 4", "safe"): 150,
        ("fresh 4, hinted", "crisis"): 100,
        ("about the machine, fresh 2", "identity"): 100,
        ("about the machine, fresh 2", "answer"): 50,
    }
