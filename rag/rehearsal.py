"""Answer a question in each language before anybody asks, so that nobody waits for word lists and patterns to be read.

In a fresh process the quotes of thirty pupils who ask at once came after 4.0 s, in one that had answered before after
1.6 s. Knows no language model.
"""

import logging
from collections.abc import Iterator

from corpus.errors import ActuclairError
from corpus.language import READER_LANGUAGES
from rag.filters import Filters
from rag.library import Library
from rag.types import Answer, Question, ReadingLevel
from rag.words import names

log = logging.getLogger(__name__)


def rehearse(library: Library) -> Iterator[str]:
    """Ask for the newest article, language after language, by its title, the language of most readers first.

    A failure is logged: what could not be prepared is read when it is needed.
    """
    try:
        names.warm_up()
        titles = {article.language: article.title for article in reversed(library.articles())}
        for language in sorted(
            titles.keys() & set(READER_LANGUAGES), key=lambda each: each != library.default_language
        ):
            question = Question(titles[language], language, ReadingLevel.CHILD)
            for event in library.explain(question, Filters(), ()):
                if isinstance(event, Answer):
                    library.learn(event)
            yield language
    except ActuclairError as error:
        log.warning("%s", error)
