"""The link and the QR code of a class lead pupils to the server, also when the teacher sits in front of it."""

import html
from pathlib import Path

import pytest
from class_rooms import PLAN, SECRET, MadeUp, school_in
from fastapi import FastAPI
from pydantic import ValidationError
from starlette.testclient import TestClient

from classroom.entering.doors import Door, Place, door, own_addresses
from classroom.entering.invitations import key_of
from classroom.entering.sign_in import set_secret
from classroom.showing.texts import load
from classroom.web import Classes
from rag.settings import Settings
from web import Guard, Rules

TWO = ("192.168.1.7", "10.0.0.3")
EVERYWHERE = Place(listens_on="0.0.0.0")


@pytest.mark.parametrize("opened", ["http://localhost:7860", "http://127.0.0.1:7860", "http://127.1.2.3:7860"])
def test_localhost_becomes_the_address_in_the_network(opened: str):
    shown = door(opened, EVERYWHERE, lambda: TWO)

    assert shown == Door("http://192.168.1.7:7860", ("http://10.0.0.3:7860",), "opened_here")


@pytest.mark.parametrize(
    "opened", ["http://192.168.1.7:7860", "https://nouvelles.école.example", "http://serveur.local:7860"]
)
def test_an_address_that_others_reach_stays_as_it_was_opened(opened: str):
    assert door(opened, EVERYWHERE, lambda: TWO) == Door(opened)


def test_the_address_of_the_settings_comes_first():
    place = Place("https://news.school.example/", "127.0.0.1")

    assert door("http://localhost:7860", place, lambda: TWO) == Door("https://news.school.example")


def test_a_server_that_listens_to_itself_only_says_so_and_so_does_one_without_a_network():
    assert door("http://localhost:7860", Place(listens_on="127.0.0.1"), lambda: TWO).problem == "only_here"
    assert door("http://[::1]:7860", Place(listens_on="::1"), lambda: TWO).problem == "only_here"
    assert door("http://localhost:7860", EVERYWHERE, lambda: ()).problem == "no_network"


def test_the_addresses_of_this_machine_lead_not_home():
    assert not [address for address in own_addresses() if address.startswith(("127.", "169.254."))]


@pytest.mark.parametrize("language", ["fr", "en", "it", "es", "de"])
def test_the_teachers_page_says_what_is_wrong_and_what_to_do(tmp_path: Path, language: str):
    with school_in(tmp_path, MadeUp()) as school:
        room = school.open(PLAN)
        set_secret(school.storage, SECRET)
        classes, app = Classes(school, Place(listens_on="127.0.0.1")), FastAPI()
        app.router.routes.extend(classes.routes())
        teacher = TestClient(Guard(app, Rules(), classes.known), base_url="http://localhost")
        teacher.post("/teacher/sign-in", json={"secret": SECRET})

        page = html.unescape(teacher.get(f"/teacher/{room.id}?language={language}").text)

        assert load()[language]["room.only_here"] in page and "ACTUCLAIR_HOST=0.0.0.0" in page
        assert f"?key={key_of(room.id)}" in page


def test_a_public_address_is_one_origin():
    assert Settings(public_url="https://news.school.example").public_url == "https://news.school.example"
    for wrong in ("news.school.example", "https://a.example https://b.example", "javascript:alert(1)"):
        with pytest.raises(ValidationError):
            Settings(public_url=wrong)


def test_an_own_address_is_one_origin():
    assert Settings(own_address="http://10.0.0.5:7860/").own_address == "http://10.0.0.5:7860"
    for wrong in ("10.0.0.5:7860", "http://a http://b", "http://10.0.0.5:7860/class"):
        with pytest.raises(ValidationError, match=r"own_address[\s\S]*(http://10\.0\.0\.5:7860|one address)"):
            Settings(own_address=wrong)
