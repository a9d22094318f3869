"""The command `level`, on good and on bad input."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app

_STORY = "Il robot canta una canzone. I bambini ballano nella piazza e la gente è contenta. "


def level(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(app, ["level", *arguments], input=given)


def test_level_prints_the_figures_as_json():
    printed = json.loads(level(_STORY * 5, "--language", "it", "--json").stdout)

    assert list(printed)[:7] == [
        "language", "level", "difficulty", "words_per_sentence", "longest_sentence", "rare_words", "formulas",
    ]  # fmt: skip
    assert printed["language"] == "it"
    assert printed["level"] == "child"
    assert set(printed["formulas"]) == {"gulpease", "lix"}
    assert printed["reliable"]
    assert printed["notes"] == []


def test_level_reads_a_file_in_its_own_language(tmp_path: Path):
    path = tmp_path / "artikel.md"
    path.write_text("---\ntitle: T\nlanguage: de\n---\n\nDer Roboter singt ein Lied. Alle Kinder tanzen.\n", "utf-8")

    printed = json.loads(level(str(path), "--json").stdout)

    assert printed["language"] == "de"
    assert printed["longest_sentence"] == 5


def test_level_reads_standard_input():
    assert json.loads(level("-", "--json", given=_STORY).stdout)["language"] == "it"


@pytest.mark.parametrize(
    "arguments",
    [("",), ("2025 12 3,5",), ("… !",), ("Привет, мир",), ("hello", "--language", "xx"), ("none.txt",),
     ("O cantor não existe porque foi criado por uma máquina de computador.",)],
)  # fmt: skip
def test_level_refuses_what_it_cannot_measure(arguments: tuple[str, ...]):
    result = level(*arguments)

    assert result.exit_code == 2
    assert "Traceback" not in result.output


@pytest.mark.parametrize("text", ["robot", "Le robot chante.", "a" * 5000])
def test_level_says_that_the_figures_of_a_short_text_are_unstable(text: str):
    printed = json.loads(level(text, "--language", "fr", "--json").stdout)

    assert not printed["reliable"]
    assert printed["level"] is None
    assert "unstable" in printed["notes"][0]


def test_level_says_that_a_text_is_in_mixed_languages():
    mixed = _STORY + "The children are very happy because the robot sings for them every single day. "

    printed = json.loads(level(mixed * 4, "--language", "it", "--json").stdout)

    assert not printed["reliable"]
    assert printed["level"] is None
    assert any("other languages" in note for note in printed["notes"])


def test_level_says_when_it_only_guessed_the_language():
    guessed, named = (json.loads(level("il chat", *option, "--json").stdout) for option in ([], ["--language", "fr"]))

    assert any("guessed" in note for note in guessed["notes"])
    assert not any("guessed" in note for note in named["notes"])


def test_level_measures_a_megabyte(tmp_path: Path):
    path = tmp_path / "long.txt"
    path.write_text(_STORY * 12_500, "utf-8")

    printed = json.loads(level(str(path), "--language", "it", "--json").stdout)

    assert printed["words_per_sentence"] == pytest.approx(7.5, abs=0.5)
