"""Question and evidence -> draft sentences, by any OpenAI-compatible language model.

Knows how to ask a model and how to read what it writes, not whether what it says is true, nor what proves it.
"""

import re
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

import openai
from langchain_core.messages import BaseMessage, BaseMessageChunk
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from rag.endpoints import http_client
from rag.errors import WriterFailed
from rag.types import Evidence, Question
from rag.writing.drafts import CUT_OFF, split_drafts
from rag.writing.local_model import Endpoint, LocalModel
from rag.writing.prompt import AnswerPrompt, load_answer_prompt

_LONGEST_ANSWER = 120  # tokens
_LONGEST_SENTENCE = 60
_LONGEST_TEXT = 4000  # characters; what is longer comes from no model that was told when to stop
_CHUNKS_A_TOKEN = 4  # with empty ones; Ollama does not know `max_completion_tokens` and might never stop
_TOP_LOGPROBS = 10
_UNLISTED_LOGPROB = -15.0  # of a word that is not among the most likely ones
_FAULTS = (openai.OpenAIError, ValueError, TypeError, AttributeError, KeyError)  # the last: JSON of another shape
_BROKE_OFF = "it broke off in the middle"


@dataclass(frozen=True)
class Draft:
    """What the model makes of a question: whether it says that the evidence answers it, and its sentences.

    `log_odds` is log(P(yes) / P(no)) of its first word; None when the endpoint does not tell. Whoever does not want all
    of the sentences closes them: a local model writes one answer at a time, and waits until then.
    """

    willing: bool
    log_odds: float | None
    sentences: Generator[str, None, None]


class Writer(Protocol):
    """Whatever writes an answer from evidence."""

    name: str

    def write(self, question: Question, evidence: Sequence[Evidence]) -> Draft:
        """Begin an answer; its sentences come as they are written. Raises WriterFailed."""

    def write_again(self, question: Question, evidence: Sequence[Evidence], text: str, proof: Evidence) -> str:
        """A sentence of the answer in other words that say no more than its proof, '' for none. Raises WriterFailed."""


class ChatWriter:
    """Writes with a chat model behind an OpenAI-compatible address."""

    def __init__(self, endpoint: Endpoint, timeout_s: float, model: LocalModel | None = None):
        """`model` is the one that answers at the endpoint when it runs in this process: it lives as long as this."""
        self.name = endpoint.model
        self._model = model
        self._endpoint = endpoint
        self._timeout_s = timeout_s
        # a local model answers one at a time: who waits must not wait inside the request, where the timeout runs
        self._turn: AbstractContextManager[object] = nullcontext() if model is None else threading.Lock()
        self._client = http_client(endpoint.base_url)

    @property
    def is_local(self) -> bool:
        """Whether the model runs in this process: what it reads costs no money and is remembered."""
        return self._model is not None

    def write(self, question: Question, evidence: Sequence[Evidence]) -> Draft:
        prompt = load_answer_prompt(question.language)
        options: dict[str, Any] = {}
        if self._endpoint.takes_grammar:
            grammar = {"grammar": answer_grammar(prompt)}
            options = {"logprobs": True, "top_logprobs": _TOP_LOGPROBS, "extra_body": grammar}
        chunks = self._stream(prompt.render(question, evidence), _LONGEST_ANSWER, options)
        opening, log_odds = _read_opening(prompt, chunks)
        willing = not _begins_with(prompt.no, opening)
        rest = _without(prompt.yes, opening)
        return Draft(willing, log_odds, split_drafts(_texts(rest, chunks), question.language))

    def write_again(self, question: Question, evidence: Sequence[Evidence], text: str, proof: Evidence) -> str:
        messages = load_answer_prompt(question.language).render_again(question, evidence, text, proof)
        chunks = self._stream(messages, _LONGEST_SENTENCE, {})
        again = next(split_drafts(_texts("", chunks), question.language), "")
        return _without(load_answer_prompt(question.language).yes, again)

    def warm(self, language: str) -> None:
        """Let the model read what all questions in a language begin with."""
        for _ in self._stream(load_answer_prompt(language).render(Question("?", language), ()), 1, {}):
            pass

    def _stream(self, messages: list[BaseMessage], tokens: int, options: dict[str, Any]) -> Iterator[BaseMessageChunk]:
        """What the model writes, token by token. Raises WriterFailed, also when it stops in the middle."""
        chat = ChatOpenAI(
            model=self._endpoint.model, base_url=self._endpoint.base_url, api_key=SecretStr(self._endpoint.api_key),
            temperature=0, max_completion_tokens=tokens, timeout=self._timeout_s, max_retries=0,
            http_client=self._client, **options,
        )  # fmt: skip
        count, characters, finished = 0, 0, False
        longest = _CHUNKS_A_TOKEN * tokens
        try:
            with self._turn:
                for chunk in islice(chat.stream(messages), longest):
                    count += 1
                    characters += len(str(chunk.content))
                    if characters > _LONGEST_TEXT:
                        raise WriterFailed(self.name, f"its answer is longer than {_LONGEST_TEXT:,} characters")
                    finished = finished or bool(chunk.response_metadata.get("finish_reason"))
                    yield chunk
        except _FAULTS as error:
            raise WriterFailed(self.name, _reason(error, self._timeout_s, count > 0)) from error
        if not finished and count < longest:
            raise WriterFailed(self.name, _BROKE_OFF)


def answer_grammar(prompt: AnswerPrompt) -> str:
    """GBNF: the word for yes, then an answer on one line.

    The word for no is left out on purpose: how likely it was is read from the probabilities, and judged by the gate.
    The model writes no marks: it answers 64 % of French and English questions right without them and 50 % when it has
    to name its proof first (evals). Which evidence supports a sentence is found out afterwards, in code.
    """
    return f'root ::= "{prompt.yes} " [^\\n]+'


def _read_opening(prompt: AnswerPrompt, chunks: Iterator[BaseMessageChunk]) -> tuple[str, float | None]:
    """Read until the word for yes or no is complete; gives what was read and how likely yes was against no."""
    opening, log_odds = "", None
    for chunk in chunks:
        listed = _likely_words(chunk)
        if log_odds is None and listed:
            log_odds = _log_odds(prompt, listed)
        opening += str(chunk.content)
        if len(opening.strip()) > max(len(prompt.yes), len(prompt.no)):
            break
    return opening, log_odds


def _likely_words(chunk: BaseMessageChunk) -> dict[str, float]:
    """How likely the most likely words were, as logarithms; none where an endpoint does not tell, or in its own way."""
    try:
        listed = chunk.response_metadata["logprobs"]["content"][0]["top_logprobs"]
        return {str(entry["token"]): float(entry["logprob"]) for entry in listed}
    except (KeyError, IndexError, TypeError, ValueError):
        return {}


def _log_odds(prompt: AnswerPrompt, logprobs: dict[str, float]) -> float:
    def likely(word: str) -> float:
        beginnings = [value for token, value in logprobs.items() if token.strip() and word.startswith(token.strip())]
        return max(beginnings, default=_UNLISTED_LOGPROB)

    return likely(prompt.yes) - likely(prompt.no)


def _begins_with(word: str, text: str) -> bool:
    return re.match(rf"\s*{re.escape(word)}\b", text, re.I) is not None


def _without(word: str, text: str) -> str:
    """A text without the word that it begins with. Example: 'OUI', 'OUI, il rit.' -> 'il rit.'"""
    return text.lstrip()[len(word) :].lstrip(" ,.:") if _begins_with(word, text) else text


def _texts(first: str, chunks: Iterator[BaseMessageChunk]) -> Iterator[str]:
    yield first
    cut_off = False
    for chunk in chunks:
        yield str(chunk.content).replace(CUT_OFF, "")
        cut_off = cut_off or chunk.response_metadata.get("finish_reason") == "length"
    if cut_off:
        yield CUT_OFF


def _reason(error: Exception, timeout_s: float, begun: bool) -> str:
    if isinstance(error, openai.APITimeoutError):
        return f"nothing came within {timeout_s:g} s"
    if isinstance(error, openai.APIConnectionError):
        return _BROKE_OFF if begun else "nobody answers at its address"
    if isinstance(error, openai.APIStatusError):
        return f"it answered with status {error.status_code}"
    return f"its answer cannot be read ({type(error).__name__})"
