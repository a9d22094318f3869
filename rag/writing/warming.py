"""Let a local model read what prompts begin with before anybody asks. Knows neither questions nor answers."""

import logging
import threading

from corpus.errors import ActuclairError
from corpus.language import READER_LANGUAGES
from rag.writing.writer import ChatWriter, Writer

log = logging.getLogger(__name__)


def warm_up(writer: ChatWriter, first: str) -> None:
    """Read what prompts begin with in all languages, beginning with one: the first answer then comes sooner.

    A model that fails is logged: answers are quotes then.
    """
    try:
        for language in sorted(READER_LANGUAGES, key=lambda each: each != first):
            writer.warm(language)
    except ActuclairError as error:
        log.warning("%s", error)


def start_warming(writer: Writer | None, first: str) -> threading.Thread | None:
    """A thread in which a local model warms up; None where there is none."""
    if not (isinstance(writer, ChatWriter) and writer.is_local):
        return None
    thread = threading.Thread(target=warm_up, args=(writer, first), daemon=True)
    thread.start()
    return thread
