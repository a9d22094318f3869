"""What the program writes to its log, and what it never may. Knows no command."""

import logging
import os

_TALKATIVE = ("httpx", "trafilatura", "htmldate", "justext", "courlan", "pypdf")
# They log, when somebody asks for more, what is sent to a language model or looked up: questions of readers.
_TELLING = ("openai", "httpcore", "httpx", "langchain_core", "langsmith", "sqlalchemy", "chromadb", "gradio")
_TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")


def set_up_logs() -> None:
    """Warnings and errors on standard error; no text of a question, whatever the environment asks for."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    keep_questions_out()
    for name in _TALKATIVE:  # they log what readers of messages can do nothing about
        logging.getLogger(name).setLevel(logging.CRITICAL)


def keep_questions_out() -> None:
    """Let no library log or send to others what readers ask."""
    for name in _TELLING:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("openai._base_client").disabled = True  # OPENAI_LOG would set its level anew
    for name in _TRACING:
        os.environ[name] = "false"
