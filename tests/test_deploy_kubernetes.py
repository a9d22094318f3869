"""The examples for Kubernetes say what the program needs: settings, ports, who reaches whom. No cluster is asked."""

import re
from ipaddress import ip_network
from typing import Any

import pytest
from deployment_files import DEPLOY, KUBERNETES, cluster, pod, told

from rag.index.workspace import has_one_owner
from rag.settings import Settings


def environment(container: dict[str, Any], given: dict[str, str]) -> dict[str, str]:
    """What a container of Kubernetes gets, where its secrets and its own address are `given`."""
    known: dict[str, str] = {}
    for each in container.get("env", ()):
        source = each.get("valueFrom", {})
        asked = source.get("secretKeyRef", {}).get("key") or source.get("fieldRef", {}).get("fieldPath")
        value = given[asked] if asked else each["value"]
        known[each["name"]] = re.sub(r"\$\((\w+)\)", lambda found: known[found[1]], value)
    return known


GIVEN = {
    "database-url": "postgresql+psycopg://actuclair:pässwört@db.internal/actuclair",
    "observer-token": "0123456789abcdef",
    "status.podIP": "10.244.1.7",
}


@pytest.mark.parametrize("file", KUBERNETES)
def test_no_service_of_a_cluster_sets_what_the_program_reads(file: str):
    names = {f"{each['metadata']['name'].upper()}_PORT" for each in cluster(file, "Service")}

    settings = {f"ACTUCLAIR_{name.upper()}" for name in Settings.model_fields}

    assert not names & settings or pod(file)["enableServiceLinks"] is False


@pytest.mark.parametrize("file", KUBERNETES)
def test_a_cluster_asks_the_port_that_the_program_listens_on_whether_it_lives_and_is_ready(file: str):
    server = pod(file)["containers"][0]
    (service,) = cluster(file, "Service")

    assert {each["name"]: each["containerPort"] for each in server["ports"]} == {
        "http": int(told("ENV")["ACTUCLAIR_PORT"])
    }
    assert service["spec"]["ports"][0]["targetPort"] == "http"
    for probe in ("startupProbe", "livenessProbe"):
        assert server[probe]["httpGet"] == {"path": "/healthz", "port": "http"}
    assert server["readinessProbe"]["exec"]["command"] == ["python", "-m", "monitor.probe", "/readyz"]
    assert server["readinessProbe"]["timeoutSeconds"] > 5  # the probe itself gives up after five


def test_replicas_of_a_cluster_share_a_database_and_tell_each_other_where_they_are():
    spec = pod("kubernetes.replicas.yaml")
    ingest, server = spec["initContainers"][1], spec["containers"][0]

    known = environment(server, GIVEN)
    settings = Settings(**{name[10:].lower(): value for name, value in known.items() if name.startswith("ACTUCLAIR_")})

    assert not has_one_owner(settings.database, settings.vectors)
    assert settings.own_address == f"http://10.244.1.7:{told('ENV')['ACTUCLAIR_PORT']}"
    assert environment(ingest, GIVEN).items() <= known.items()
    assert all("emptyDir" in volume for volume in spec["volumes"])
    assert "ACTUCLAIR_HOME" not in known


def test_replicas_of_a_cluster_go_one_by_one_and_apart():
    (workload,) = cluster("kubernetes.replicas.yaml", "StatefulSet")
    (budget,) = cluster("kubernetes.replicas.yaml", "PodDisruptionBudget")
    labels = workload["spec"]["template"]["metadata"]["labels"]

    assert workload["spec"]["replicas"] == 2
    assert workload["spec"]["updateStrategy"] == {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 1}}
    assert workload["spec"]["podManagementPolicy"] == "OrderedReady"  # two would bring in the same articles at once
    assert budget["spec"] == {"minAvailable": 1, "selector": {"matchLabels": labels}}
    spread = pod("kubernetes.replicas.yaml")["topologySpreadConstraints"]
    assert {each["topologyKey"] for each in spread} == {"kubernetes.io/hostname", "topology.kubernetes.io/zone"}
    assert all(each["labelSelector"]["matchLabels"] == labels for each in spread)


def test_only_servers_the_balancer_and_prometheus_reach_a_server_and_only_servers_the_database():
    policies = {each["metadata"]["name"]: each["spec"] for each in cluster("kubernetes.replicas.yaml", "NetworkPolicy")}
    servers = {"podSelector": {"matchLabels": {"app": "actuclair"}}}
    (ours,) = policies["actuclair"]["ingress"]
    (theirs,) = policies["actuclair-database"]["ingress"]

    assert policies["actuclair"]["policyTypes"] == ["Ingress", "Egress"]
    by_namespace = [each for each in ours["from"] if "namespaceSelector" in each]
    assert (
        ours["from"][0] == servers and len(ours["from"]) == 3 and ours["ports"] == [{"protocol": "TCP", "port": "http"}]
    )
    assert [each["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"] for each in by_namespace] == [
        "nginx-ingress",
        "monitoring",
    ]
    assert theirs["from"] == [servers] and [each["port"] for each in theirs["ports"]] == [5432]
    anywhere = [each for rule in policies["actuclair"]["egress"] for each in rule["to"] if "ipBlock" in each]
    assert [ip_network(each["ipBlock"]["cidr"]).num_addresses for each in anywhere] == [1, 2**32]
    assert all(
        ip_network(network).is_private or network == "100.64.0.0/10" for network in anywhere[1]["ipBlock"]["except"]
    )


def test_a_cluster_sends_readers_as_the_balancer_does():
    text = (DEPLOY / "balancer.conf").read_text(encoding="utf-8")
    (shared,) = re.findall(r"location ~ \^/\((api\|.*?)\)\(", text)
    master, page, others = cluster("kubernetes.replicas.yaml", "Ingress")

    def annotation(ingress: dict[str, Any], name: str) -> str:
        return ingress["metadata"]["annotations"][f"nginx.org/{name}"]

    def paths(ingress: dict[str, Any]) -> list[str]:
        return [each["path"] for rule in ingress["spec"]["rules"] for each in rule.get("http", {}).get("paths", ())]

    assert paths(master) == [] and paths(page) == ["/"]
    assert paths(others) == [f"/{path}" for path in shared.split("|")]
    assert (annotation(page, "lb-method"), annotation(others, "lb-method")) == ("ip_hash", "round_robin")
    for ingress in (page, others):
        assert annotation(ingress, "proxy-buffering") == "False"
        assert set(re.findall(r"max_fails=(\d+);", text)) == {annotation(ingress, "max-fails")}
        for name in ("read-timeout", "connect-timeout", "next-upstream", "next-upstream-tries"):
            assert f"proxy_{name.replace('-', '_')} {annotation(ingress, f'proxy-{name}')};" in text
    hosts = {rule["host"] for ingress in (master, page, others) for rule in ingress["spec"]["rules"]}
    assert hosts == {environment(pod("kubernetes.replicas.yaml")["containers"][0], GIVEN)["ACTUCLAIR_HOSTS"]}
