"""The built file of the widget: fresh, small, of one piece; and its modules that need no page, tried by node."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from rag.errors import PromptMissing
from telling.texts import LANGUAGES, PROMPTS
from widget import EMBED, SCRIPT
from widget.build import SOURCES, built_from, fingerprint
from widget.texts import texts

MOST_BYTES = 30_000
MODULES = Path(__file__).parent / "widget_modules"


def test_built_file_is_of_the_sources_that_stand_beside_it():
    assert built_from(SCRIPT.read_text(encoding="utf-8")) == fingerprint(), "run `make widget`"


def test_built_file_without_a_fingerprint_is_stale():
    assert built_from("/*! built from somewhere */") == ""


def test_built_file_has_at_most_thirty_kilobytes_on_the_way():
    assert len(gzip.compress(SCRIPT.read_bytes(), 6, mtime=0)) <= MOST_BYTES


def test_built_file_loads_nothing_else():
    script = SCRIPT.read_text(encoding="utf-8")

    assert not re.search(r"\bimport\s*[({\"'*]|@import|@font-face\s*\{[^}]*//", script)
    assert set(re.findall(r"https?://[^\s\"'`]+", script)) <= {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("name", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "setHTML"])
def test_sources_make_no_markup_out_of_text(name: str):
    assert [path.name for path in SOURCES.glob("*.js") if name in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("name", ["localStorage", "sessionStorage", "indexedDB", "cookie", "caches.", "userAgent"])
def test_sources_keep_nothing_and_ask_nothing_about_the_reader(name: str):
    assert [path.name for path in SOURCES.glob("*.js") if name in path.read_text(encoding="utf-8")] == []


def test_sources_use_every_text_and_no_other():
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.js")))
    prefixes = ("level.", "state.", "problem.", "voice.", "opinion.", "quiz.", "aloud.")  # chosen by what is told

    unused = [name for name in texts()["fr"] if f'"{name}"' not in code and not name.startswith(prefixes)]
    asked = set(re.findall(r"\bt\(\"([\w.]+)\"", code)) | set(re.findall(r"around\(\"([\w.]+)\"", code))

    assert [name for name in unused if name not in ("meter.simpler", "meter.deeper")] == []
    assert asked - set(texts()["de"]) == set()


def test_texts_have_the_same_places_to_fill_in_every_language():
    places = {
        language: {name: sorted(re.findall(r"\{\w+\}", text)) for name, text in entries.items()}
        for language, entries in texts().items()
    }

    assert all(places[language] == places["fr"] for language in LANGUAGES)


def test_texts_name_the_file_that_lacks_an_entry(tmp_path: Path):
    shutil.copytree(PROMPTS, tmp_path / "prompts")
    italian = tmp_path / "prompts" / "widget" / "it.toml"
    italian.write_text(italian.read_text(encoding="utf-8").replace("close = ", "# close = "), encoding="utf-8")

    with pytest.raises(PromptMissing, match=r"it\.toml"):
        texts(tmp_path / "prompts")


def test_page_of_the_frame_brings_no_script_and_no_style_of_its_own():
    page = EMBED.read_text(encoding="utf-8")

    assert re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL) == [""]
    assert "<style" not in page and "style=" not in page and " on" not in re.sub(r">[^<]*<", "><", page)


def test_modules_do_what_their_tests_say(tmp_path: Path):
    if not (node := shutil.which("node")):
        pytest.skip("no node here: what the built file does is tried in a browser")
    shutil.copytree(SOURCES, tmp_path / "src")
    shutil.copytree(MODULES, tmp_path / "tests")
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")

    run = subprocess.run([node, "--test", "tests/"], cwd=tmp_path, capture_output=True, text=True, timeout=120)

    assert run.returncode == 0, run.stdout
