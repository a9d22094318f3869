"""What stands in the files of `deploy/`, for tests."""

import re
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).resolve().parent.parent
DEPLOY = REPOSITORY / "deploy"
KUBERNETES = ("kubernetes.yaml", "kubernetes.replicas.yaml")


def compose(file: str = "compose.yaml") -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / file).read_text(encoding="utf-8"))


def replicas() -> dict[str, Any]:
    """Those services of the example with two servers that run our image, by name."""
    services = compose("compose.replicas.yaml")["services"]
    return {name: service for name, service in services.items() if service["image"] == "actuclair"}


def cluster(file: str, kind: str) -> list[dict[str, Any]]:
    """What of a kind is in an example for Kubernetes."""
    documents = yaml.safe_load_all((DEPLOY / file).read_text(encoding="utf-8"))
    return [each for each in documents if each["kind"] == kind]


def pod(file: str = "kubernetes.yaml") -> dict[str, Any]:
    (workload,) = [*cluster(file, "Deployment"), *cluster(file, "StatefulSet")]
    return workload["spec"]["template"]["spec"]


def told(line: str) -> dict[str, str]:
    """What an image sets with ENV, by name."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return dict(re.findall(r"(\w+)=(\S+)", " ".join(re.findall(rf"^{line} (.*)$", text, re.M))))
