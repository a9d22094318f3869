"""The shapes of the public API, from which its OpenAPI document is made. Knows no rules but lengths."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sites.types import Opinion, State

MOST_EARLIER = 10
_Language = Literal["fr", "en", "it", "es", "de"]
_Level = Literal["child", "tween", "teen", "adult"]
_Id = Annotated[str, Field(min_length=1, max_length=40)]
_Name = Annotated[str, Field(max_length=2000)]


def _given(example: dict[str, str]) -> ConfigDict:
    """What is not known is refused: else a mistyped name would be ignored in silence."""
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [dict(example)]})


class Ask(BaseModel):
    """A question of a reader."""

    model_config = _given(
        {"question": "Qui chante ?", "language": "fr", "level": "child", "article": "https://news.example.org/a"}
    )

    question: str = Field(max_length=2000, description="at most 500 characters")
    language: _Language = Field(description="of the answer")
    level: _Level = Field(default="adult", description="8-10, 11-13, 14-17 years, grown up")
    article: _Name = Field(
        default="", description="the article in view: its address, or the id under which it was sent"
    )
    earlier: list[_Id] = Field(
        [],
        max_length=MOST_EARLIER,
        description="ids of this reader's earlier answers, so that 'and him?' is understood",
    )


class Wish(BaseModel):
    """The level at which an answer is wanted again."""

    model_config = _given({"level": "tween"})

    level: _Level


class Feedback(BaseModel):
    """What a reader makes of an answer."""

    model_config = _given({"answer": "hQ3vZ0bWm2k7sYq1tRxA", "opinion": "helpful"})

    answer: _Id
    opinion: Opinion


class SentArticle(BaseModel):
    """An article, as a line of JSON Lines has it; what is missing is detected."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{
                "url": "https://news.example.org/cowboy", "title": "Il cowboy che non esiste", "language": "it",
                "published": "2026-01-31", "text": "Il cowboy Breaking Rust non esiste. Un programma canta per lui.",
            }]
        }
    )  # fmt: skip

    text: str = Field(min_length=1, max_length=400_000, description="plain text, paragraphs on lines of their own")
    url: _Name = Field(default="", description="at one of the site's origins; may be missing if there is an id")
    id: _Name = ""
    title: _Name = ""
    language: _Name = Field(default="", description="such as fr; detected when missing")
    published: _Name = Field(default="", description="such as 2026-01-31")
    updated: _Name = ""
    outlet: _Name = ""
    author: _Name = ""
    audience: Literal["", "child", "teen", "adult"] = ""
    kind: Literal["", "news", "opinion", "comments"] = ""


class Taken(BaseModel):
    """An article on its way into the index."""

    id: str
    state: State


class ArticleState(BaseModel):
    """Whether an article can be asked about, and what to begin with."""

    state: State
    id: str = ""
    title: str = ""
    language: str = ""
    published: str | None = None
    rest: bool = Field(default=False, description="whether the site's other articles may answer as well")
    questions: list[str] = Field(default=[], description="that the article answers, in the language asked for")


class Citation(BaseModel):
    """A sentence of an article, word for word: what an answer rests on."""

    model_config = ConfigDict(extra="allow")

    number: int
    article_id: str
    title: str
    outlet: str
    published: str | None
    url: str
    language: str
    quote: str


class Word(BaseModel):
    """A difficult word as it stands in a text, and what it means."""

    word: str
    explanation: str
    language: str
    source: str = Field(description="the title of the article that explains it, word for word; '' for our glossary")


class QuizQuestion(BaseModel):
    """A question about the answer's own evidence."""

    kind: Literal["choose", "true_false", "fill"]
    question: str = Field(description="with ____ where something is missing; for true_false a statement")
    choices: list[str] = Field(description="what to choose from, in order; empty but for choose")
    right: str = Field(description="one of the choices, the missing word, or 'true' or 'false'")
    hint: str
    proof: Citation


class EditorsCorrection(BaseModel):
    """What the site's editors say to the answer."""

    text: str
    on: str


class FinishedAnswer(BaseModel):
    """The whole answer: it replaces all that came before it."""

    id: str = Field(description="'' where nothing is kept: then there is no other level, and no opinion is asked for")
    answer: dict[str, Any] = Field(description="as `actuclair ask --json` prints it")
    words: dict[str, list[Word]] = Field(description="by the text that they stand in")
    quiz: list[QuizQuestion]
    correction: EditorsCorrection | None = None
    from_article: bool = Field(description="whether it comes from the article in view, and no other")


class Problem(BaseModel):
    """What went wrong (RFC 9457); `detail` is for readers, in their language, `reason` for developers."""

    type: str
    title: str
    status: int
    detail: str
    reason: str = ""
