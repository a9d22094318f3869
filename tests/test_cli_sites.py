"""The commands of sites: keys are shown once, and what is revoked stays so."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from cli.sites import Country
from safety.helplines import countries
from sites.storage import Sites, open_file
from sites.types import Limits, Site

ORIGIN = "https://petitclair.example"


@pytest.fixture
def run(tmp_path: Path):
    def run(*arguments: str) -> Any:
        return CliRunner().invoke(app, ["sites", *arguments], env={"ACTUCLAIR_HOME": str(tmp_path)})

    return run


def site_in(folder: Path, name: str = "Le Petit Clair") -> Site:
    file = open_file(folder)
    try:
        return Sites(file).named(name)
    finally:
        file.close()


def test_add_prints_the_keys_once_and_the_line_to_paste(run: Any, tmp_path: Path):
    told = run("add", "Le Petit Clair", ORIGIN, "HTTPS://www.petitclair.example:443", "--rest")

    site = site_in(tmp_path)
    assert told.exit_code == 0, told.output
    assert site.origins == (ORIGIN, "https://www.petitclair.example")
    assert site.rest and not site.fetches and not site.every_article
    assert f'data-site="{site.key}"' in told.stdout
    assert site.secret in told.stdout
    assert site.secret not in run("list").stdout + run("list", "--json").stdout


def test_add_prints_an_object_for_programs(run: Any, tmp_path: Path):
    told = json.loads(run("add", "Il Chiarino", ORIGIN, "--articles", "all", "--a-month", "100", "--json").stdout)

    assert told["key"] == site_in(tmp_path, "Il Chiarino").key
    assert (told["articles"], told["a_month"], told["rest"]) == ("all", 100, False)
    assert {"secret", "editor_secret", "html"} <= set(told)


def test_change_sets_what_is_named_and_leaves_the_rest(run: Any, tmp_path: Path):
    run("add", "Il Chiarino", ORIGIN, "--a-month", "100", "--country", "IT")

    told = run("change", "il chiarino", "--reader-a-minute", "200")

    site = site_in(tmp_path, "Il Chiarino")
    assert site.limits == Limits(Limits().a_minute, 200, 100) and site.country == "IT"
    assert "200 of one address, helplines of IT" in told.stdout and site.secret not in told.stdout
    assert json.loads(run("change", "Il Chiarino", "--country", "EU", "--json").stdout)["country"] == "EU"


def test_a_site_may_name_every_country_whose_helplines_are_known(run: Any):
    assert [country.value for country in Country] == list(countries())
    assert run("add", "Il Chiarino", ORIGIN, "--country", "XX").exit_code == 2


def test_rotate_changes_what_is_named_and_nothing_else(run: Any, tmp_path: Path):
    run("add", "Le Petit Clair", ORIGIN)
    before = site_in(tmp_path)

    told = run("rotate", "le petit clair", "--secret")

    after = site_in(tmp_path)
    assert after.secret != before.secret and after.secret in told.stdout
    assert (after.key, after.editor_hash) == (before.key, before.editor_hash)
    run("rotate", "Le Petit Clair")
    every = site_in(tmp_path)
    assert len({after.key, every.key, after.secret, every.secret, after.editor_hash, every.editor_hash}) == 6


def test_revoke_leaves_the_site_in_the_list(run: Any, tmp_path: Path):
    run("add", "Le Petit Clair", ORIGIN)

    assert run("revoke", "Le Petit Clair").exit_code == 0

    assert site_in(tmp_path).is_revoked
    assert "revoked" in run("list").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "X", "petitclair.example"),
        ("add", "X", "https://petitclair.example/path"),
        ("add", "X", "*"),
        ("add", "X"),
        ("add", "X", ORIGIN, "--a-minute", "0"),
        ("add", "X", ORIGIN, "--a-month", "99999999999999999999"),
        ("add", " ", ORIGIN),
        ("add", "Été\nhttps://evil.example", ORIGIN),
        ("rotate", "Nobody"),
        ("revoke", "Nobody"),
    ],
)
def test_misuse_ends_with_a_line_that_says_what_to_do(run: Any, arguments: tuple[str, ...]):
    told = run(*arguments)

    assert told.exit_code == 2
    assert "Traceback" not in told.output


def test_a_revoked_site_gets_no_new_keys(run: Any, tmp_path: Path):
    run("add", "Été", ORIGIN)
    run("revoke", "été")

    told = run("rotate", "Été")

    assert told.exit_code == 2 and "Key" not in told.stdout
    assert "another name" in " ".join(told.stderr.split())


def test_two_sites_cannot_have_one_name(run: Any):
    run("add", "Été", ORIGIN)

    assert run("add", "été", ORIGIN).exit_code == 2
