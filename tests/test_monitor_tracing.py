"""Spans of an answer, from the steps that it keeps."""

from dataclasses import replace

from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from page_turns import answer_of

from monitor.tracing import Traces, open_traces
from rag.types import Question, ReadingLevel, Status, Step, Timings

SECRET = "Xylofonmuziek"


def test_an_answer_is_a_span_with_one_for_each_stage_and_nothing_of_the_question():
    exporter = InMemorySpanExporter()
    traces = Traces(exporter)
    steps = (
        Step("searched", 0.2, {"question": SECRET}), Step("waited", 4.0), Step("not asked", 0.1), Step("wrote", 2.0),
    )  # fmt: skip
    answer = answer_of(status=Status.CRISIS, steps=steps)
    answer = replace(answer, question=Question(SECRET, "it", ReadingLevel.CHILD), timings=Timings(0.2, 0.3, 6.3))

    traces.hear(answer)
    traces.close()

    spans = exporter.get_finished_spans()
    *stages, whole = spans
    assert [span.name for span in stages] == ["search", "wait", "write"]
    assert [round((span.end_time - span.start_time) / 1e9, 3) for span in stages] == [0.2, 4.0, 2.0]
    assert all(span.parent.span_id == whole.context.span_id for span in stages)
    assert whole.attributes == {"status": "fixed", "made": "anew"}
    assert whole.start_time <= stages[0].start_time and abs(stages[-1].end_time - whole.end_time) < 1e6
    assert not any(SECRET in span.to_json() for span in spans)


def test_a_collector_that_is_away_costs_an_answer_nothing():
    traces = open_traces("http://127.0.0.1:9")

    traces.hear(answer_of(steps=(Step("searched", 0.1),)))
    traces.close()  # nor is anything of it said later
