"""Let a local model read what prompts begin with before anybody asks. Knows neither questions nor answers."""

import logging
from collections.abc import Iterator

from corpus.errors import ActuclairError
from corpus.language import READER_LANGUAGES
from rag.writing.writer import ChatWriter, Writer

log = logging.getLogger(__name__)


def warm_up_local(writer: Writer | None, first: str) -> Iterator[str]:
    """The same as `warm_up`, for a model on this machine; others keep nothing."""
    if isinstance(writer, ChatWriter) and writer.is_local:
        yield from warm_up(writer, first)


def warm_up(writer: ChatWriter, first: str) -> Iterator[str]:
    """Read what prompts begin with, language after language, beginning with one: the first answer then comes sooner.

    A model that fails is logged: answers are quotes then.
    """
    try:
        for language in sorted(READER_LANGUAGES, key=lambda each: each != first):
            writer.warm(language)
            yield language
    except ActuclairError as error:
        log.warning("%s", error)
