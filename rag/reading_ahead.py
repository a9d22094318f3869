"""Let the local model read the newest articles before anybody asks. Knows neither questions nor answers."""

import logging
import time
from collections.abc import Iterable
from itertools import islice

from corpus.errors import ActuclairError
from corpus.language import READER_LANGUAGES
from corpus.types import Article
from rag.explainer import Explainer
from rag.writer import ChatWriter

_BREATH_S = 0.2  # between two sections: whoever asks meanwhile comes first
log = logging.getLogger(__name__)


def read_ahead(
    writer: ChatWriter, explainer: Explainer, articles: Iterable[Article], language: str, limit: int
) -> None:
    """Read what prompts begin with in all languages, then up to `limit` sections of the articles in one of them.

    The first articles are read last, so that they are the last to be forgotten. A question about a section that has
    been read is answered several seconds sooner. A model that fails is logged, and told to readers when somebody asks.
    """
    read = (article for article in articles if article.language == language)
    sections = (evidence for article in read for evidence in explainer.evidence_of(article) if evidence)
    try:
        for other in sorted(READER_LANGUAGES, key=lambda other: other != language):
            writer.warm(other)
        for evidence in list(islice(sections, limit))[::-1]:
            time.sleep(_BREATH_S)
            writer.warm(language, evidence)
    except ActuclairError as error:
        log.warning("%s", error)
