"""The steps of an answer as spans, for a collector that speaks OpenTelemetry's protocol (OTLP over gRPC).

Only how it ended and how long each stage took are told: nothing of the question, the answer or who asked.
"""

import time

from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import set_span_in_context

from monitor.logs import request_id
from monitor.stages import anew, is_told_again, stage_of, told
from rag.types import Answer

_NS = 1_000_000_000


class Traces:
    """Sends spans from a thread of its own; a collector that is away costs readers nothing."""

    def __init__(self, exporter: SpanExporter):
        self._provider = TracerProvider(resource=Resource({SERVICE_NAME: "actuclair"}), shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("actuclair")

    def hear(self, answer: Answer) -> None:
        """An answer is whole: a span for it, and one below it for each step that belongs to a stage."""
        steps, ends = anew(answer), time.time_ns()
        begins = ends - max(_ns(sum(step.seconds for step in steps)), _ns(answer.timings.total_s))
        attributes = {"status": told(answer), "made": "again" if is_told_again(answer) else "anew"}
        if id_ := request_id.get():
            attributes["request.id"] = id_
        whole = self._tracer.start_span("answer", start_time=begins, attributes=attributes)
        below, at = set_span_in_context(whole), begins
        for step in steps:
            if stage := stage_of(step):
                self._tracer.start_span(stage, below, start_time=at).end(at + _ns(step.seconds))
            at += _ns(step.seconds)
        whole.end(ends)

    def close(self) -> None:
        """Send what is left; give up after some seconds."""
        self._provider.shutdown()


def open_traces(collector: str) -> Traces:
    """Traces that go to a collector. Example: 'http://127.0.0.1:4317'"""
    return Traces(OTLPSpanExporter(collector, insecure=collector.startswith("http://"), timeout=3))


def _ns(seconds: float) -> int:
    return int(seconds * _NS)
