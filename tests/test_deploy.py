"""What is named in `deploy/` exists: files, commands, settings. No image is built here."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import tomllib
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from deployment_files import DEPLOY, KUBERNETES, REPOSITORY, compose, pod, replicas, told
from engines import Cluster
from sqlalchemy import create_engine
from typer.main import get_command

from cli.main import app
from rag.index.workspace import has_one_owner
from rag.settings import Settings

pytest_plugins = ("engines",)
FILES = sorted(path for path in DEPLOY.iterdir() if path.suffix != ".json")
UNITS = [path for path in FILES if path.suffix in (".service", ".timer")]
COMMANDS = set(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_name_only_commands_and_settings_that_exist(path: Path):
    text = path.read_text(encoding="utf-8")

    settings = set(re.findall(r"\bACTUCLAIR_([A-Z_]+)\b", text))
    commands = set(re.findall(r"(?:`|/bin/)actuclair ([a-z]+)", text))

    assert settings <= {name.upper() for name in Settings.model_fields}
    assert commands <= COMMANDS


def test_containers_run_commands_that_exist_with_little_power():
    pods = [pod(file) for file in KUBERNETES]
    containers = [container for each in pods for container in (*each["initContainers"], *each["containers"])]
    services = [*compose()["services"].values(), *replicas().values()]

    for command in [*(each["command"] for each in services), *(each["args"] for each in containers)]:
        assert command[0] in COMMANDS
    for service in services:
        assert service["read_only"] and service["cap_drop"] == ["ALL"] and "/tmp" in service["tmpfs"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    for container in containers:
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert all(each["securityContext"]["runAsNonRoot"] for each in pods)
    assert not any(each["automountServiceAccountToken"] for each in pods)


def test_the_image_runs_as_nobody_in_particular_and_keeps_what_lasts_in_volumes():
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    settings, volumes = told("ENV"), json.loads(re.findall(r"^VOLUME (.*)$", text, re.M)[0])

    assert re.findall(r"^USER (.*)$", text, re.M) == ["10001:10001"]
    assert text.rindex("USER") < text.rindex("ENTRYPOINT") and text.count("FROM ") == 2
    assert {settings["ACTUCLAIR_HOME"], settings["ACTUCLAIR_MODELS"]} < set(volumes)
    composed = {each.partition(":")[2] for each in compose()["x-actuclair"]["volumes"]}
    for file in KUBERNETES:
        assert {each["mountPath"] for each in pod(file)["containers"][0]["volumeMounts"]} - {"/tmp"} == composed
    assert set(volumes) == composed


def test_what_the_image_copies_and_starts_is_there():
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    scripts = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]

    copied = re.findall(r"^COPY (?!--from)(\S+)", text, re.M)
    (probe,) = set(re.findall(r'"-m", "([\w.]+)"', text))

    assert copied and all((REPOSITORY / name).exists() for name in copied)
    assert json.loads(re.findall(r"^ENTRYPOINT (.*)$", text, re.M)[0])[0] in scripts
    assert json.loads(re.findall(r"^CMD (.*)$", text, re.M)[0])[0] in COMMANDS
    assert importlib.util.find_spec(probe)


def test_what_the_program_needs_is_not_kept_out_of_the_image():
    kept_out = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").split()
    tools = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]

    needed = {
        *(name.split(".")[0] for name in tools["setuptools"]["packages"]),
        "prompts",
        "corpus",
        "app.py",
        "requirements.lock",
    }

    assert ".git" in kept_out and not needed & set(kept_out)


def test_whoever_stops_the_server_gives_it_longer_than_it_takes():
    finish_s = int(Settings.model_fields["finish_s"].default)
    unit = (DEPLOY / "actuclair.service").read_text(encoding="utf-8")

    given = [
        int(compose()["services"]["server"]["stop_grace_period"].removesuffix("s")),
        *(int(replicas()[f"server-{number}"]["stop_grace_period"].removesuffix("s")) for number in (1, 2)),
        *(int(pod(file)["terminationGracePeriodSeconds"]) - sleep_s(file) for file in KUBERNETES),
        int(re.findall(r"TimeoutStopSec=(\d+)", unit)[0]),
    ]

    assert min(given) >= finish_s + 15  # to close connections, the queue and the index


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path):
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/actuclair/.venv/bin/actuclair", "/bin/true")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")

    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in UNITS)], capture_output=True, text=True
    )

    assert len(UNITS) == 3
    assert done.stderr.replace(str(tmp_path), "").strip() == ""


def test_two_servers_share_a_database_and_vectors_and_nothing_else_that_is_written():
    both = [replicas()["server-1"], replicas()["server-2"]]

    for server in both:
        settings = settings_of(server)
        assert not has_one_owner(settings.database, settings.vectors)
        assert settings.vectors == "pgvector" and settings.database.endswith("@database/actuclair")
        assert server["volumes"] == ["models:/models"]
        assert {mount.partition(":")[0] for mount in server["tmpfs"]} == {"/tmp", "/data", "/backups"}
        assert server["healthcheck"]["test"][1:] == ["python", "-m", "monitor.probe", "/readyz"]
    assert "ports" not in both[0] | both[1]


def settings_of(service: dict[str, Any]) -> Settings:
    """What a service sets, where nobody has given it anything but a password."""
    variable = re.compile(r"\$\{(\w+):(.*?)\}")
    given = {name: variable.sub(password_or_nothing, value) for name, value in service["environment"].items()}
    return Settings(**{name.removeprefix("ACTUCLAIR_").lower(): value for name, value in given.items()})


def password_or_nothing(variable: re.Match[str]) -> str:
    return "geheim" if variable[2].startswith("?") else variable[2].removeprefix("-")


def test_the_balancer_knows_where_the_servers_are_and_they_believe_it():
    text = (DEPLOY / "balancer.conf").read_text(encoding="utf-8")
    file = compose("compose.replicas.yaml")
    (network,) = file["networks"]["inside"]["ipam"]["config"]
    port = told("ENV")["ACTUCLAIR_PORT"]

    addresses = {replicas()[name]["networks"]["inside"]["ipv4_address"] for name in ("server-1", "server-2")}
    (trusted,) = settings_of(replicas()["server-1"]).proxies.split()

    for upstream in re.findall(r"upstream \w+ \{(.*?)\}", text, re.S):
        assert set(re.findall(r"server (\S+)", upstream)) == {f"{address}:{port}" for address in addresses}
    assert {*addresses, network["gateway"]} <= {str(host) for host in ip_network(trusted).hosts()}
    assert trusted == network["subnet"]
    for name in ("server-1", "server-2"):
        own = replicas()[name]["networks"]["inside"]["ipv4_address"]
        assert settings_of(replicas()[name]).own_address == f"http://{own}:{port}"
    assert re.findall(r"set_real_ip_from (.*);", text) == [network["gateway"]]
    balancer = file["services"]["balancer"]
    assert balancer["read_only"] and balancer["cap_drop"] == ["ALL"] and balancer["ports"] == ["127.0.0.1:7860:8080"]
    assert [volume.split(":")[0] for volume in balancer["volumes"]] == ["./balancer.conf"]


def test_what_the_examples_mount_of_this_folder_is_there():
    services = compose("compose.replicas.yaml")["services"].values()

    mounted = [volume.split(":")[0] for service in services for volume in service.get("volumes", ())]

    assert {name for name in mounted if name.startswith(".")} == {"./balancer.conf", "./database.sh"}
    assert all((DEPLOY / name).is_file() for name in mounted if name.startswith("."))


def test_the_database_is_made_with_its_extension_for_a_user_that_owns_it_alone(postgres_with_vectors: Cluster):
    cluster = postgres_with_vectors
    if not (cluster.programs / "psql").exists():
        pytest.skip("psql is not installed")
    known = {
        "PATH": f"{cluster.programs}:{os.environ['PATH']}", "PGHOST": str(cluster.folder), "PGDATABASE": "postgres",
        "POSTGRES_USER": "actuclair", "DATABASE_PASSWORD": "geheim'ñ",
    }  # fmt: skip
    script = (DEPLOY / "database.sh").read_text(encoding="utf-8").replace("ROLE actuclair", "ROLE zeitung")
    script = script.replace("OWNER actuclair", "OWNER zeitung").replace("DATABASE actuclair", "DATABASE zeitung")
    script = script.replace("connect actuclair", "connect zeitung")

    subprocess.run(["/bin/sh", "-s"], input=script, env=known, text=True, check=True)

    engine = create_engine(cluster.address("zeitung").replace("actuclair:geheim-ñ", "zeitung:geheim-ñ"))
    with engine.connect() as connection:
        extension = connection.exec_driver_sql("SELECT 1 FROM pg_extension WHERE extname = 'vector'").scalar()
        may_all = connection.exec_driver_sql("SELECT rolsuper FROM pg_roles WHERE rolname = 'zeitung'").scalar()
        connection.exec_driver_sql("CREATE SCHEMA record")
    engine.dispose()
    cluster.run("DROP DATABASE zeitung WITH (FORCE)")
    assert (extension, may_all) == (1, False)


def sleep_s(file: str) -> int:
    """How long a pod waits before it is told to stop."""
    hook = pod(file)["containers"][0].get("lifecycle", {}).get("preStop")
    return int(hook["exec"]["command"][1]) if hook else 0
