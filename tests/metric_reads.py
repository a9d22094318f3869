"""What Prometheus would read of metrics, for tests."""

from prometheus_client.parser import text_string_to_metric_families

from monitor.metrics import Metrics

Samples = dict[tuple[str, ...], float]


def read(metrics: Metrics) -> Samples:
    return samples_of(metrics.text().decode())


def samples_of(text: str) -> Samples:
    """Every sample by its name and the values of its labels, in the order of the labels' names."""
    families = text_string_to_metric_families(text)
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }
