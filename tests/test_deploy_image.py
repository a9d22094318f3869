"""What `make image` asks of the engine that is there, and what reaches the image. No image is built here."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_deploy import DEPLOY, REPOSITORY, compose, told

_SAYS_WHAT_IT_IS_ASKED = '#!/bin/sh\nprintf "%s\\n" "$(basename "$0")" "$@" > "$(dirname "$0")/asked"\n'
pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")


def make_image(programs: Path, *given: str, engines: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    """What make does where only these engines are, which note in `asked` what they are asked."""
    for name in ("basename", "dirname", "id"):
        (programs / name).symlink_to(shutil.which(name) or name)
    for name in engines:
        (programs / name).write_text(_SAYS_WHAT_IT_IS_ASKED)
        (programs / name).chmod(0o755)
    command = [shutil.which("make") or "make", "image", *given]
    return subprocess.run(command, cwd=REPOSITORY, env={"PATH": str(programs)}, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("engines", "taken"),
    [(("docker",), "docker"), (("docker", "podman"), "podman"), (("buildah", "docker"), "buildah")],
)
def test_make_image_asks_an_engine_that_is_there_for_an_image_with_its_health_check(
    engines: tuple[str, ...], taken: str, tmp_path: Path
):
    assert make_image(tmp_path, engines=engines).returncode == 0
    asked = (tmp_path / "asked").read_text().splitlines()

    assert asked[:2] == [taken, "build"] and asked[-1] == "."
    assert ("--format docker" in " ".join(asked)) == (taken != "docker")  # docker knows no such word
    assert "--file deploy/Containerfile --tag actuclair" in " ".join(asked) and "--build-arg" not in asked


def test_make_image_hands_on_a_name_in_a_registry_and_an_index(tmp_path: Path):
    given = ("IMAGE=registro.scuola.example/actuclair:0.1.0", "TORCH_INDEX=https://indice.example/cpu")

    assert make_image(tmp_path, *given, engines=("podman",)).returncode == 0
    asked = " ".join((tmp_path / "asked").read_text().splitlines())

    assert "--build-arg TORCH_INDEX=https://indice.example/cpu" in asked
    assert "--tag registro.scuola.example/actuclair:0.1.0 ." in asked


def test_make_image_names_the_engines_where_there_is_none(tmp_path: Path):
    done = make_image(tmp_path, engines=())

    assert done.returncode != 0
    assert all(engine in done.stdout for engine in ("podman", "buildah", "docker"))


def test_passwords_beside_the_examples_reach_neither_the_image_nor_the_repository():
    text = (DEPLOY / "compose.replicas.yaml").read_text(encoding="utf-8")

    named = re.findall(r"deploy/\.env\b.*DATABASE_PASSWORD", text)

    assert named and {"deploy", "**/.env"} <= set((REPOSITORY / ".dockerignore").read_text().split())
    assert ".env" in (REPOSITORY / ".gitignore").read_text().split()


def test_what_is_in_memory_is_asked_for_in_words_that_every_engine_knows():
    services = [*compose()["services"].values(), *compose("compose.replicas.yaml")["services"].values()]

    options = {option for each in services for mount in each.get("tmpfs", ()) for option in mount.split(":")[1:]}

    assert {name.partition("=")[0] for each in options for name in each.split(",")} <= {"mode", "size"}  # no uid, gid


def test_a_container_keeps_no_second_copy_of_the_models_in_memory():
    last_stage = (DEPLOY / "Containerfile").read_text(encoding="utf-8").rpartition("\nFROM ")[2]

    assert told("ENV")["HOME"] == "/tmp" and "PIP_NO_CACHE_DIR=1" in last_stage


def test_what_other_libraries_hold_for_newer_pythons_does_not_break_the_image(tmp_path: Path):
    (compiles,) = re.findall(r"&& python (-m compileall .*)$", (DEPLOY / "Containerfile").read_text(), re.M)
    for name, text in ((".venv/lib/generics.py", "def f[T](a:\n"), ("città.py", "VILLE = 'Orléans'\n")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    done = subprocess.run([sys.executable, *shlex.split(compiles)], cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout
    assert [path.name.partition(".")[0] for path in tmp_path.rglob("*.pyc")] == ["città"]


def test_an_update_of_the_program_leaves_the_layer_of_the_libraries_as_it_was():
    first, last = (DEPLOY / "Containerfile").read_text(encoding="utf-8").split("\nFROM ")[1:]

    assert re.findall(r"^COPY (\S+)", first, re.M) == ["requirements.lock"]
    assert last.index("COPY --from=libraries") < last.index("COPY . .")
