"""Articles -> sections: the same for every question, whole, and of about equal length."""

import pytest
from fakes import article_of
from hypothesis import given
from hypothesis import strategies as st

from corpus.passages import split_passages
from corpus.types import Passage
from rag.finding.sections import section_of, sections

SENTENCES = st.lists(st.sampled_from(["Il robot canta in città.", "Wer singt?", "L'été, on danse. " * 12]), min_size=1)


def passages_of(text: str) -> list[Passage]:
    return split_passages(article_of(text, language="it"))


@given(SENTENCES)
def test_sections_hold_every_passage_once_and_in_order(lines: list[str]):
    passages = passages_of("\n\n".join(lines))

    parts = sections(passages)

    assert [passage for part in parts for passage in part] == passages
    assert all(parts)


@given(SENTENCES)
def test_section_of_a_passage_is_the_one_that_holds_it(lines: list[str]):
    passages = passages_of("\n\n".join(lines))

    assert all(passage in section_of(passage.id, passages) for passage in passages)


def test_sections_of_a_long_article_are_of_about_equal_length():
    passages = passages_of(
        "\n\n".join(f"Il robot numero {number} canta in città fino a sera." * 9 for number in range(20))
    )

    lengths = [part[-1].end - part[0].start for part in sections(passages)]

    assert len(lengths) > 3
    assert max(lengths) <= 1700
    assert min(lengths) > max(lengths) / 2


@pytest.mark.parametrize("text", ["Es singt.", "Il chante. " * 40])
def test_short_article_is_one_section(text: str):
    assert len(sections(passages_of(text))) == 1
