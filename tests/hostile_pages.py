"""Pages full of hostile markup: what stands in them, and what may not run in a browser that shows them.

The payloads of the evaluation data are outside the project; a few more stand here, for Gradio's own templates.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from page_turns import answer_of, article_of, evidence_of

from corpus.types import Kind as TextKind
from rag.study.difficult_words import DifficultWord
from rag.study.glossary import Explanation
from rag.study.quiz import Form, Kind, QuizQuestion
from rag.study.study import Study
from rag.types import Answer, AnswerSentence, Event, Evidence, EvidenceFound, Question, Step, Voice

OWN = [
    "${alert(1)}", "{{alert(1)}}", "{{#with alert}}{{this}}{{/with}}", "`;alert(1);`",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<iframe srcdoc='<script>parent.alert(1)</script>'>", "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)", "<svg/onload=alert(1)>", "<base href=//evil.example/>", "javascript:alert(1)",
    "<link rel=stylesheet href=//evil.example/a.css>", "<details open ontoggle=alert(1)>x</details>",
]  # fmt: skip
ADDRESSES = [
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//evil.example",
    " JaVaScRiPt:alert(1)",
]
OPTIONS = {Form.CHOOSE: tuple(OWN[:3]), Form.TRUE_FALSE: (), Form.FILL: ()}
WATCH = """
window.ran = []; for (const name of ["alert", "confirm", "prompt"]) window[name] = () => window.ran.push(name);
document.addEventListener("securitypolicyviolation", (event) => window.ran.push("blocked " + event.blockedURI));
"""


class Hostile:
    """Answers with payloads wherever an answer has room for one."""

    def __init__(self, payloads: Sequence[str]):
        self.payloads = payloads

    def articles(self) -> list:
        return [
            article_of(id=f"a{number}", title=text, outlet=text, url=ADDRESSES[number % len(ADDRESSES)])
            for number, text in enumerate(self.payloads)
        ]

    def evidence(self) -> tuple[Evidence, ...]:
        """A sentence of each payload, by turns of the news, of an opinion and of a comment."""
        articles, kinds = self.articles(), list(TextKind)
        return tuple(
            replace(
                evidence_of(number, text), article=articles[number - 1], voice=Voice.SPEECH, speaker=text,
                kind=kinds[number % len(kinds)],
            )
            for number, text in enumerate(self.payloads, start=1)
        )  # fmt: skip

    def explain(self, question: Question, earlier: Sequence[Answer]) -> Iterator[Event]:
        evidence = self.evidence()
        yield EvidenceFound(evidence, understood=question.text)
        written = [AnswerSentence(text, (number,)) for number, text in enumerate(self.payloads, start=1)]
        quoted = [AnswerSentence(text, (number,), is_quote=True) for number, text in enumerate(self.payloads, start=1)]
        steps = (Step("chose", 0.1, {"evidence": list(self.payloads)}), Step(self.payloads[0], 0.1))
        more = {"suggestions": tuple(self.payloads), "notice": self.payloads[0], "steps": steps}
        answer = answer_of(*written, *quoted, evidence=evidence, understood=question.text, **more)
        yield replace(answer, question=question)

    def learn(self, answer: Answer) -> Study:
        words = {
            text: (DifficultWord(text, 0, len(text), Explanation(text, text, "fr", article=evidence.article)),)
            for text, evidence in zip(self.payloads, answer.citations, strict=True)
        }
        quiz = [
            QuizQuestion(form, Kind.NAME, text, OPTIONS[form], "true" if form is Form.TRUE_FALSE else text, evidence)
            for form in Form
            for text, evidence in zip(self.payloads, answer.citations, strict=True)
        ]
        articles = {evidence.article.id: evidence.article for evidence in answer.citations}
        return Study(words, tuple(quiz), articles, articles)


def payloads_of(folder: Path) -> list[str]:
    """The payloads of the evaluation data, after our own."""
    lines = (folder / "xss_payloads.jsonl").read_text(encoding="utf-8").splitlines()
    return [*OWN, *(json.loads(line)["text"] for line in lines)]
