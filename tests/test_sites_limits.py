"""How much a site and its readers may ask, and that a reader in need is helped beyond it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from site_visits import COWBOY, CRISIS, SITE, Server, serving
from starlette.testclient import TestClient

from rag.errors import StorageFailed
from sites.types import Limits


def limited(**limits: int) -> object:
    return replace(SITE, limits=replace(Limits(1000, 1000, 1000), **limits))


def asked(server: Server, count: int) -> list[httpx.Response]:
    return [server.ask() for _ in range(count)]


def statuses(told: list[httpx.Response]) -> list[int]:
    return [each.status_code for each in told]


@pytest.mark.parametrize("limit", ["a_minute", "reader_a_minute", "a_month"])
def test_too_many_questions_are_told_when_to_come_again(tmp_path: Path, limit: str):
    with serving(tmp_path, limited(**{limit: 2})) as server:  # type: ignore[arg-type]
        server.answers.may_write.set()

        told = asked(server, 6)  # two minutes may be begun meanwhile

        refused = told[-1]
        assert (statuses(told[:2]), refused.status_code) == ([200, 200], 429)
        assert refused.json()["title"] == "Too many"
        assert int(refused.headers["retry-after"]) > 0
        assert "Retry-After" in refused.headers["access-control-expose-headers"]
        assert server.ask(CRISIS).json()["answer"]["status"] == "crisis"


def test_a_question_carries_the_country_of_its_site(tmp_path: Path):
    with serving(tmp_path, replace(SITE, country="IT")) as server:
        server.answers.may_write.set()
        told = server.ask().json()
        server.page().post(f"/api/v1/answers/{told['id']}/level?site=PUBLIC-KEY", json={"level": "tween"})

        assert [question.country for question, *_ in server.answers.asked] == ["IT", "IT"]


def test_one_reader_who_asks_too_much_costs_the_others_nothing(tmp_path: Path):
    with serving(tmp_path, limited(reader_a_minute=1)) as server:  # type: ignore[arg-type]
        server.answers.may_write.set()
        told = statuses(asked(server, 4))  # two minutes may be begun meanwhile
        assert (told[0], told[-1]) == (200, 429)

        neighbour = TestClient(server.app, headers=dict(server.page().headers), client=("192.0.2.9", 1))

        assert server.ask(page=neighbour).status_code == 200


def test_a_sites_server_asks_for_all_its_readers_within_the_sites_limit(tmp_path: Path):
    question = {"question": "Chi canta?", "language": "it", "article": COWBOY}
    with serving(tmp_path, limited(reader_a_minute=1, a_minute=3)) as server:  # type: ignore[arg-type]
        server.answers.may_write.set()

        told = []
        for _ in range(9):  # two minutes may be begun meanwhile
            server.clock.on(seconds=1)  # a signature counts once
            told.append(server.signed("/api/v1/ask?site=PUBLIC-KEY", question).status_code)

    assert (told[:3], told[-1]) == ([200, 200, 200], 429)


def test_the_budget_is_counted_on_and_begins_anew_with_the_month(tmp_path: Path):
    site = limited(a_month=1)
    with serving(tmp_path, site) as before:  # type: ignore[arg-type]
        before.answers.may_write.set()
        assert before.ask().status_code == 200
    with serving(tmp_path, site) as after:  # type: ignore[arg-type]
        after.answers.may_write.set()

        refused = after.ask()

        assert refused.json()["type"] == "urn:actuclair:problem:budget_spent"
        assert int(refused.headers["retry-after"]) == timedelta(days=8, hours=14).total_seconds() + 1
        after.clock.on(days=9)
        assert after.ask().status_code == 200


def test_a_site_with_too_many_readers_at_once_is_told_to_wait(tmp_path: Path):
    with serving(tmp_path, most=0) as server:
        refused = server.ask()

        assert refused.status_code == 503 and refused.headers["retry-after"]
        assert server.ask(CRISIS).json()["answer"]["text"] == "Non sei da solo."


def test_a_full_disk_keeps_no_reader_in_need_from_its_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> bool:
        raise StorageFailed(tmp_path, "database or disk is full")

    with serving(tmp_path) as server:
        monkeypatch.setattr(server.kiosk.sites, "count_question", full)
        monkeypatch.setattr(server.kiosk.kept, "count", full)

        assert server.ask().status_code == 503
        assert server.ask(CRISIS).json()["answer"]["text"] == "Non sei da solo."


def test_an_answer_whose_article_has_gone_costs_nothing_of_the_budget(tmp_path: Path):
    with serving(tmp_path) as server:
        server.answers.may_write.set()
        id_ = server.ask().json()["id"]
        server.ways.workspace.record.remove(["cowboy"])

        again = server.page().post(f"/api/v1/answers/{id_}/level?site=PUBLIC-KEY", json={"level": "teen"})

        assert again.json()["type"] == "urn:actuclair:problem:article_unknown"
        assert server.kiosk.sites.asked_in(SITE, server.kiosk.today()) == 1


def test_no_address_of_a_reader_is_kept(tmp_path: Path):
    with serving(tmp_path) as server:
        server.answers.may_write.set()
        reader = TestClient(server.app, headers=dict(server.page().headers), client=("203.0.113.77", 1))
        assert server.ask(page=reader, article=COWBOY).status_code == 200

        written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    assert b"203.0.113.77" not in written
    assert b"10:00" not in b"".join(path.read_bytes() for path in tmp_path.glob("sites.sqlite*"))
