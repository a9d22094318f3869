"""What is counted while the server runs, for Prometheus. Knows no readers: labels are few, fixed, and nobody's.

Names and labels are what dashboards and alerts in `deploy/` rely on.
"""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from monitor.stages import FAILED, Stage, Told, anew, is_told_again, seconds_by_stage, told
from rag.types import Answer

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_SECONDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 60.0, 120.0)  # from a search to a class that waits
_SENTENCES = {"proved": "proved", "quoted instead": "quoted_instead", "refused": "dropped"}


class Metrics:
    """The counters of one server; safe for several threads."""

    def __init__(self) -> None:
        # the time of each series' birth, which nobody reads, would double what is sent
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._answers = Counter(
            "actuclair_answers",
            "Answers by how the question ended, and whether they were made anew or told again from memory.",
            ("status", "made"), registry=self.registry,
        )  # fmt: skip
        self._failures = self._counter("actuclair_answer_failures", "Questions that a fault kept from their answer.")
        self._stages = self._histogram("actuclair_stage_seconds", "Seconds of an answer by stage.", ("stage",))
        self._total = self._histogram("actuclair_answer_seconds", "Seconds from the question to the whole answer.")
        self._first = self._histogram(
            "actuclair_first_sentence_seconds", "Seconds from the question to the first sentence."
        )
        self._sentences = Counter(
            "actuclair_sentences", "Sentences that the language model wrote, by what became of them.",
            ("outcome",), registry=self.registry,
        )  # fmt: skip
        self._model_errors = self._counter("actuclair_model_errors", "Answers in which the language model failed.")
        self._requests = Counter(
            "actuclair_requests", "Requests by area of the server and class of status.",
            ("area", "status"), registry=self.registry,
        )  # fmt: skip
        self._show_zeros()

    def note_answer(self, answer: Answer) -> None:
        """An answer is whole."""
        again = is_told_again(answer)
        self._answers.labels(told(answer), "again" if again else "anew").inc()
        for stage, seconds in seconds_by_stage(answer).items():
            self._stages.labels(stage).observe(seconds)
        self._total.observe(answer.timings.total_s)
        self._first.observe(answer.timings.first_sentence_s)
        for step in anew(answer):
            if step.name in _SENTENCES:
                self._sentences.labels(_SENTENCES[step.name]).inc()
            elif step.name == FAILED:
                self._model_errors.inc()

    def note_failure(self) -> None:
        """A question ended without an answer, by a fault."""
        self._failures.inc()

    def note_request(self, area: str, status: int) -> None:
        """A request was responded to. Example: 'class', 404 -> area="class", status="4xx" """
        self._requests.labels(area, f"{status // 100}xx").inc()

    def text(self) -> bytes:
        """Everything in the format that Prometheus reads."""
        return generate_latest(self.registry)

    def _counter(self, name: str, help_: str) -> Counter:
        return Counter(name, help_, registry=self.registry)

    def _histogram(self, name: str, help_: str, labels: tuple[str, ...] = ()) -> Histogram:
        return Histogram(name, help_, labels, buckets=_SECONDS, registry=self.registry)

    def _show_zeros(self) -> None:
        """Series begin at 0: what appears with its first event is missing from a rate."""
        for status in Told:
            for made in ("anew", "again"):
                self._answers.labels(status, made)
        for stage in Stage:
            self._stages.labels(stage)
        for outcome in _SENTENCES.values():
            self._sentences.labels(outcome)
