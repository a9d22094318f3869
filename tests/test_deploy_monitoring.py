"""What dashboard and alerts of `deploy/` name exists: metrics and labels; and what exists is shown."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml
from deployment_files import DEPLOY
from metric_reads import Samples, read
from test_monitor_metrics import SOURCES

from corpus.feed_state import FeedState
from monitor.metrics import Metrics
from monitor.readings import Readings

METRIC = re.compile(r"\b(?:actuclair|process)_[a-z_]+")
LABEL = re.compile(r'\b(status|made|stage|outcome|area)="([^"]+)"')


@pytest.fixture(scope="module")
def samples() -> Samples:
    """Everything that a server tells."""
    metrics = Metrics()
    read_now = FeedState("https://giornale.example", last_read=datetime.now(UTC))
    metrics.registry.register(Readings(replace(SOURCES, feeds=lambda: [read_now])))
    for status in (200, 302, 404, 503):
        metrics.note_request("page", status)
    return read(metrics)


def expressions() -> Iterator[str]:
    board = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))
    yield from (target["expr"] for panel in board["panels"] for target in panel["targets"])
    rules = yaml.safe_load((DEPLOY / "alerts.yaml").read_text(encoding="utf-8"))
    yield from (rule["expr"] for group in rules["groups"] for rule in group["rules"])


def test_every_metric_and_label_of_dashboard_and_alerts_exists(samples: Samples):
    known = {name[0] for name in samples}
    values = {value for name in samples for value in name[1:]}

    named = {metric for each in expressions() for metric in METRIC.findall(each)}
    labelled = {value for each in expressions() for _, value in LABEL.findall(each)}

    assert len(named) > 15
    assert named - known == set()
    assert labelled and labelled - values - {"5xx"} == set()


def test_every_metric_of_ours_is_on_the_dashboard_or_in_an_alert(samples: Samples):
    shown = " ".join(expressions())

    ours = {re.sub(r"_(sum|count|bucket)$", "", name[0]) for name in samples if name[0].startswith("actuclair_")}

    beside = {"actuclair_passages", "actuclair_feeds", "actuclair_queue_under_way"}
    assert {name for name in ours if name not in shown} <= beside


def test_every_alert_waits_says_what_is_wrong_and_where_to_begin():
    rules = yaml.safe_load((DEPLOY / "alerts.yaml").read_text(encoding="utf-8"))["groups"][0]["rules"]

    for rule in rules:
        assert rule["annotations"]["summary"] and rule["annotations"]["mend"], rule["alert"]
        assert rule["labels"]["severity"] in ("page", "warn")
        assert rule.get("for") or "increase(" in rule["expr"], rule["alert"]
    assert len({rule["alert"] for rule in rules}) == len(rules)
