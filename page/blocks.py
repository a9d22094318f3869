"""The page as Gradio blocks, and what happens when a reader uses them. Knows no HTML and not how an answer is made.

Gradio is imported here and in `page/mounting.py` only.
"""

from collections.abc import AsyncIterator, Generator, Iterator, Sequence
from contextlib import aclosing
from typing import Any

import gradio as gr

from page import frame, view
from page.level_meter import levels
from page.talk import OpenPage, Talk, in_time
from page.texts import load
from rag.filters import Filters
from rag.library import Library
from rag.types import Answer, Event, Question, ReadingLevel
from telling.asking import MISUSES, unfold, unfold_again
from telling.texts import LANGUAGES, Texts
from telling.turns import begin, keep

_CALLED = """(...inputs) => {{
    document.dispatchEvent(new CustomEvent('called', {{ detail: '{}' }}));
    return inputs;
}}"""  # waking.js sees that something was called for, and where it will show
_TURNS, _TEXTS = _CALLED.format("#earlier, #current, #problem"), _CALLED.format("#header")
_ASKED = f"""(text, wish, ...rest) => {{
    const asked = new CustomEvent('asked', {{ detail: {{ wish }} }});
    document.dispatchEvent(asked);
    ({_TURNS})();
    return [text, asked.detail.wish, ...rest];
}}"""  # level.js sets the wish, waiting.js sees what is asked
QUESTIONS_AT_ONCE = 8
QUESTIONS_WAITING = 64

Updates = dict[Any, Any]
NOTHING: Updates = gr.skip()  # said last: Gradio shows the last update again, after what others have shown


def create_page(library: Library) -> gr.Blocks:
    """The page over a library, not yet mounted."""
    page = Page(library)
    blocks: gr.Blocks
    with gr.Blocks(title="Actuclair", analytics_enabled=False, fill_width=True) as blocks:
        page.build()
        page.wire(blocks)
    blocks.queue(default_concurrency_limit=QUESTIONS_AT_ONCE, max_size=QUESTIONS_WAITING, api_open=False)
    return blocks


class Page:
    """The components of one page and what happens when a reader uses them. Holds nothing of any reader."""

    def __init__(self, library: Library):
        self.library = library
        self.texts = load()
        self.default = self.texts[library.default_language]

    def build(self) -> None:
        """Lay out the components, top to bottom."""
        texts = self.default
        self.opened = gr.State(OpenPage(Talk(texts.language)))
        with gr.Row(elem_id="top"):
            self.header = html(frame.header_html(texts), "header")
            self.language = gr.Radio(
                choices=[(name, code) for code, name in LANGUAGES.items()],
                value=texts.language,
                label=texts["language_label"],
                elem_id="language",
            )
        with gr.Column(elem_id="main"):
            self.welcome = html(frame.welcome_html(texts), "welcome")
            self.level = gr.Radio(
                choices=levels(texts), value=ReadingLevel.CHILD.value, label=texts["level_label"], elem_id="level"
            )
            self.earlier = html("", "earlier")
            self.current = html("", "current")
            self._build_composer(texts)
            self.examples = html(frame.examples_html(texts), "examples")
            self.known = html("", "known")
            self.wish = gr.Textbox(elem_id="wish", visible="hidden")  # set by level.js: which answer, at which level
            self.wish_go = gr.Button(elem_id="wish-go", visible="hidden")
            self.wake = gr.Button(elem_id="wake", visible="hidden")  # pressed by waking.js

    def _build_composer(self, texts: Texts) -> None:
        with gr.Column(elem_id="composer"):
            with gr.Row(elem_id="composer-row"):
                self.question = gr.Textbox(
                    label=texts["question_label"],
                    placeholder=texts["question_placeholder"],
                    lines=1,
                    max_lines=6,
                    elem_id="question",
                )
                self.send = gr.Button(texts["send"], variant="primary", elem_id="send")
            self.problem = html("", "problem")
            self.renew = gr.Button(texts["new_conversation"], visible=False, elem_id="renew")

    def wire(self, blocks: gr.Blocks) -> None:
        """Connect what readers do with what happens."""
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        outputs = [self.question, self.renew, self.examples, self.problem, self.earlier, self.current]
        context = [self.language, self.level, self.opened]
        gr.on(  # one for all: what is asked while another is answered waits in the browser, which says so
            [self.question.submit, self.send.click, self.wish_go.click], self.tell,
            [self.question, self.wish, *context], outputs,
            js=_ASKED, trigger_mode="always_last", concurrency_id="ask", **quiet,
        )  # fmt: skip
        self.renew.click(self.start_again, self.opened, outputs, js=_TURNS, **quiet)
        translated = [*self.labels(), self.problem, self.earlier, self.current]
        self.language.input(self.translate, [self.language, self.opened], translated, js=_TEXTS, **quiet)
        self.wake.click(lambda: None, trigger_mode="multiple", **quiet)
        blocks.load(self.open, None, self.labels(), **quiet)

    def labels(self) -> list[Any]:
        """The components whose texts follow the language."""
        own = [self.language, self.header, self.welcome, self.level, self.question, self.send, self.renew]
        return [*own, self.known, self.examples]

    async def tell(self, text: str, wish: str, language: str, level: str, opened: OpenPage) -> AsyncIterator[Updates]:
        """What is to be shown of an answer as it comes, until a new conversation begins."""
        async with opened.floor:
            talk = opened.talk
            async with aclosing(in_time(talk, self.react(text, wish, language, level, talk))) as updates:
                async for update in updates:
                    yield update
            yield NOTHING

    def react(self, text: str, wish: str, language: str, level: str, talk: Talk) -> Generator[Updates]:
        """Meet the wish for an answer at another level, else answer the question."""
        talk.language = language
        before = talk.conversation
        try:
            yield from self.ask_again(wish, talk) if wish else self.ask(text, level, talk)
        finally:  # where the connection broke, nobody goes on with what was begun
            if not all(turn.finished for turn in talk.conversation):
                talk.conversation = before

    def ask(self, text: str, level: str, talk: Talk) -> Iterator[Updates]:
        """Show the question, then its answer as it comes; a question that cannot be used goes back into the box."""
        earlier = talk.conversation
        if not text.strip():
            yield {self.problem: frame.problem_html(self.texts[talk.language], "question_empty")}
            return
        first = begin(earlier, Question(text.strip(), talk.language, ReadingLevel(level)))
        talk.conversation = keep(earlier, first)
        yield {**self.framed(True), **self.said(talk)}
        for turn in unfold(first, earlier, self.explain, self.library.learn):
            if turn.problem in MISUSES:
                talk.conversation = earlier
                problem = frame.problem_html(self.texts[talk.language], turn.problem)
                yield {**self.framed(bool(earlier)), **self.said(talk), self.question: text, self.problem: problem}
                return
            talk.conversation = keep(earlier, turn)
            yield self.newest(talk)

    def ask_again(self, wish: str, talk: Talk) -> Iterator[Updates]:
        """Show an answer at another level, where it stands: '3 tween' is the third one for those of 11 to 13."""
        for changed in unfold_again(wish, talk.conversation, self.library.explain_again, self.library.learn):
            talk.conversation = changed
            yield self.said(talk)

    def explain(self, question: Question, earlier: Sequence[Answer]) -> Iterator[Event]:
        """The events of an answer from all articles."""
        return self.library.explain(question, Filters(), earlier)

    def said(self, talk: Talk) -> Updates:
        """The conversation so far; the last turn stays where it was written."""
        return {self.earlier: view.earlier_html(talk.conversation[:-1], self.texts[talk.language]), **self.newest(talk)}

    def newest(self, talk: Talk) -> Updates:
        """The last turn, in a place of its own: what stands already is not touched, nor read out again."""
        last = talk.conversation[-1:]
        return {self.current: "".join(view.newest_html(turn, self.texts[talk.language]) for turn in last)}

    def framed(self, running: bool) -> Updates:
        """Examples only before the first question, a new conversation only after it; the box as the reader left it."""
        return {
            self.problem: "",
            self.examples: gr.update(visible=not running),
            self.renew: gr.update(visible=running),
        }

    async def start_again(self, opened: OpenPage) -> AsyncIterator[Updates]:
        """The first screen again, at once: nobody waits for who still answers."""
        opened.renew()
        async with opened.floor:
            yield {**self.framed(False), **self.said(opened.talk)}
            yield NOTHING

    def open(self, request: gr.Request) -> Updates:
        """The first screen, in the language of a link such as `/?language=it`, or in the default one."""
        wanted = str(request.query_params.get("language", ""))
        return self.labelled(wanted if wanted in self.texts else self.default.language)

    def translate(self, language: str, opened: OpenPage) -> Updates:
        """The page and what was said on it, in another language; who still answers goes on in it."""
        talk = opened.talk
        talk.language = language
        earlier, last = talk.conversation[:-1], talk.conversation[-1:]
        answered = [
            place
            for place, turns in ((self.earlier, earlier), (self.current, last))
            if all(turn.finished for turn in turns)
        ]
        said = {place: html for place, html in self.said(talk).items() if place in answered and not talk.is_over}
        return {**self.labelled(language), self.problem: "", **said}

    def labelled(self, language: str) -> Updates:
        """All texts around what is asked and answered."""
        texts = self.texts[language]
        return {
            self.language: gr.update(value=language, label=texts["language_label"]),
            self.header: frame.header_html(texts),
            self.welcome: frame.welcome_html(texts),
            self.level: gr.update(choices=levels(texts), label=texts["level_label"]),
            self.question: gr.update(label=texts["question_label"], placeholder=texts["question_placeholder"]),
            self.send: texts["send"],
            self.renew: texts["new_conversation"],
            self.known: frame.articles_html(self.library.articles(), texts),
            self.examples: frame.examples_html(texts),
        }


def html(value: str, elem_id: str) -> gr.HTML:
    """A place for HTML that is escaped already, without Gradio's own styles."""
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)
