"""Log records as JSON lines, with the id of the request they belong to. Knows no requests.

Of an exception only its kind and where it was raised are told: its words may repeat what a reader asked. The message of
a deliberate error tells nothing of readers, and is told.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from corpus.errors import ActuclairError

REQUESTS = "actuclair.requests"  # the logger of one line for each request
request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonLines(logging.Formatter):
    """One object on each line."""

    def format(self, record: logging.LogRecord) -> str:
        """Example: -> {"time": "2026-01-31T09:00:00.123+00:00", "level": "warning", "logger": …, "message": …}"""
        values: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if id_ := request_id.get():
            values["request_id"] = id_
        if record.exc_info and (error := record.exc_info[1]):
            values["exception"] = _told(error)
        return json.dumps(values | getattr(record, "values", {}), ensure_ascii=False)


def speak_json() -> None:
    """From now on all log lines are JSON, and each request gets one."""
    for handler in logging.getLogger().handlers:
        handler.setFormatter(JsonLines())
    logging.getLogger(REQUESTS).setLevel(logging.INFO)


def _told(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    told: dict[str, Any] = {
        "kind": type(error).__name__,
        "raised_in": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    return told | ({"message": str(error)} if isinstance(error, ActuclairError) else {})
