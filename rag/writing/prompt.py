"""Load `prompts/answer` and render the messages for a question. Knows no retrieval and no language model."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from rag.errors import PromptMissing
from rag.phrases import PROMPTS
from rag.types import Evidence, Question, ReadingLevel
from rag.words.markup import one_line


@dataclass(frozen=True)
class AnswerPrompt:
    """How the model is asked in one language, and the words by which it says whether it can answer."""

    yes: str
    no: str
    prefix: tuple[BaseMessage, ...]
    user: str
    rewrite: str
    levels: dict[str, str]

    def render(self, question: Question, evidence: Sequence[Evidence]) -> list[BaseMessage]:
        """The messages for a question; all but the last are the same for every question in this language.

        The last begins with the evidence in the order given, so that questions about the same texts begin alike.
        """
        lines = "\n".join(f"- {one_line(item.text)}" for item in evidence)
        asked = self.user.format(
            evidence=lines, question=one_line(question.text), level=self.levels[question.level.value]
        )
        return [*self.prefix, HumanMessage(asked)]

    def render_again(
        self, question: Question, evidence: Sequence[Evidence], text: str, proof: Evidence
    ) -> list[BaseMessage]:
        """The messages that ask for a sentence in other words, which say no more than its proof does."""
        again = self.rewrite.format(proof=one_line(proof.text), question=one_line(question.text))
        return [*self.render(question, evidence), AIMessage(f"{self.yes} {one_line(text)}"), HumanMessage(again)]


@cache
def load_answer_prompt(language: str) -> AnswerPrompt:
    """The prompt in a reader's language; PromptMissing when the file or one of its entries is not there."""
    path = PROMPTS / "answer" / f"{language}.toml"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        levels = {level.value: str(values["level"][level]) for level in ReadingLevel}
        prefix: list[BaseMessage] = [SystemMessage(values["system"].strip())]
        template, evidence = values["user"].strip(), values["example"]["evidence"].strip()
        for turn in values["example"]["turns"]:
            asked = template.format(evidence=evidence, question=turn["question"], level=levels[turn["level"]])
            prefix += [HumanMessage(asked), AIMessage(turn["answer"])]
            template = values["again"].strip()  # the second question is about the same sentences
        return AnswerPrompt(
            yes=values["yes"], no=values["no"], prefix=tuple(prefix), user=values["user"].strip(),
            rewrite=values["rewrite"].strip(), levels=levels,
        )  # fmt: skip
    except (FileNotFoundError, KeyError) as error:
        raise PromptMissing(path, str(error)) from error
