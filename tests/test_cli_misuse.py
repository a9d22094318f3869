"""What the command line refuses with exit code 2 and the value it names, and the help that shows how to ask."""

import re

import pytest
from cli_runs import Run, assert_complains

pytest_plugins = ("cli_runs",)


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "--batch FILE"),
        (["Qui ?", "--batch", "q.jsonl"], "one of the two"),
        (["Qui chante ?", "--language", "xx"], "'xx' is not one of fr, en, it, es, de"),
        ([""], "has no words"),
        ([" ¿?"], "has no words"),
        (["ñ" * 10_000], "10,000 characters"),
        (["--batch", "gibt-es-nicht.jsonl"], "'gibt-es-nicht.jsonl'"),
    ],
)
def test_misuse_ends_with_2_and_names_the_value(run: Run, command: str, arguments: list[str], message: str):
    result = run(command, *arguments)

    assert_complains(result, 2, message)


def test_unknown_level_is_misuse(run: Run):
    assert_complains(run("ask", "Chi canta?", "--level", "bébé"), 2, "'bébé'", "child, tween, teen, adult")


@pytest.mark.parametrize(
    ("name", "value"), [("port", "abc"), ("port", "70000"), ("writer_timeout_s", "0"), ("default_language", "xx")]
)
def test_setting_that_cannot_be_used_is_misuse_and_named(run: Run, name: str, value: str):
    result = run("search", "Où ?", **{name: value})

    assert_complains(result, 2, f"ACTUCLAIR_{name.upper()}={value!r}")


@pytest.mark.parametrize(
    "arguments", [["search", "Où ?", "--top", 0], ["serve", "--port", 70000], ["ingest"], ["oups"]]
)
def test_option_out_of_range_or_missing_is_misuse(run: Run, arguments: list[object]):
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    "command",
    [["ingest"], ["reindex"], ["search"], ["ask"], ["serve"], ["doctor"], ["models", "pull"], ["models", "list"]],
)
def test_help_of_every_command_shows_an_example(run: Run, command: list[str]):
    result = run(*command, "--help")

    assert result.exit_code == 0
    assert re.search(rf"Examples?:.*{' '.join(command)}", result.stdout, re.S)
