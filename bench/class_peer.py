"""What a class is compared with: the pipeline as tutorials write it, and the language model alone. Knows no server."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench.class_report import say

if TYPE_CHECKING:
    from rag.writing.local_model import Endpoint

_TOKENS = 200
_TASK = "Count from one to two hundred in words, one after the other, and write nothing else."


def compare(questions: Sequence[str], articles: Path) -> None:
    """The same questions, one after the other, by the tutorial pipeline; then the model with nothing around it."""
    from bench.sides import open_model, open_tutorial
    from cli.edge import load_settings
    from rag.assembly import open_embedder

    settings = load_settings()
    model = open_model(settings)
    answer = open_tutorial(articles, open_embedder(settings), model)
    list(answer("Bonjour ?"))  # warm
    started, tokens = time.monotonic(), 0
    for question in questions:
        tokens += len(list(answer(question)))
    took = time.monotonic() - started
    say(f"tutorial pipeline, {len(questions)} questions one after the other: {took:.0f} s, {tokens} tokens written")
    speed = tokens_a_second(model.endpoint)
    say(f"the model alone writes {speed:.0f} tokens/s: these answers take it {tokens / speed:.0f} s at least")


def tokens_a_second(endpoint: "Endpoint") -> float:
    """How fast the model writes when nobody else asks it, after its first token."""
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    chat = ChatOpenAI(
        model=endpoint.model, base_url=endpoint.base_url, api_key=SecretStr(endpoint.api_key), temperature=0,
        max_completion_tokens=_TOKENS, max_retries=0,
    )  # fmt: skip
    came = [time.monotonic() for piece in chat.stream(_TASK) if piece.content]
    return (len(came) - 1) / (came[-1] - came[0])
