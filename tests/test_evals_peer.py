"""The tutorial pipeline's answers are judged like ours."""

import pytest

from evals.peer import is_right
from evals.scoring import EvalQuestion


def asked(answerable: bool) -> EvalQuestion:
    expected = (("chante",),) if answerable else ()
    return EvalQuestion("fr-1", "Que fait-il ?", "fr", "child", answerable, (), expected, ())


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("I don't know.", True),
        ("Je ne sais pas.", True),
        ("Non lo so.", True),
        ("Das weiß ich nicht; ich weiß es nicht.", True),
        ("The age is not mentioned in the articles.", True),
        ("Er ist 35 Jahre alt.", False),
    ],
)
def test_peer_is_right_about_what_nobody_can_know_when_it_says_so(text: str, refused: bool):
    assert is_right(asked(answerable=False), text) is refused


def test_peer_is_right_when_it_says_what_is_expected():
    assert is_right(asked(answerable=True), "Il CHANTE.")
    assert not is_right(asked(answerable=True), "Je ne sais pas.")
