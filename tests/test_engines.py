"""The same promises on every engine, with real servers: SQLite or PostgreSQL; Chroma, its server, or pgvector."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from class_rooms import PLAN, MadeUp, ended, question_of, school_in
from cli_runs import ASKED, CHIEDE, COWBOY, ROBOT, Run, lines_file, objects_of
from engines import Engine
from fakes import FakeEmbedder, article_of
from site_visits import NEWS, SITE, serving
from waiting import wait_until

from classroom.keeping.forgetting import ClassData
from classroom.types import Opinion, Progress
from corpus.types import Article
from rag.filters import Filters
from rag.index.ingest import ingest, remove
from rag.index.reindexing import reindex
from rag.index.workspace import Workspace
from sites.forgetting import SiteData
from sites.types import Opinion as Judged

pytest_plugins = ("cli_runs", "engines")
WORDS = ("robot", "città", "été", "Wolke", "niño", "song", "piano", "voix", "Mond", "pane", "d'aria", "luz", "l’arte")
SENT = {"url": f"{NEWS}/nuovo", "title": "Nuovo", "text": "Il nuovo robot canta a Roma ogni sera.", "language": "it"}


def made_up() -> list[Article]:
    random = np.random.default_rng(5)
    texts = [" ".join(random.choice(WORDS, random.integers(3, 30))) for _ in range(150)]
    languages = ("fr", "it", "de")
    return [article_of(f"{text} {n}.", id=f"n{n}", language=languages[n % 3]) for n, text in enumerate(texts)]


def test_commands_ingest_search_ask_change_and_remove(engine: Engine, run: Run, tmp_path: Path):
    changed = COWBOY | {"text": "Le chanteur Breaking Rust n'existe pas. Un ordinateur joue du piano."}
    gone = ROBOT | {"id": "gone"}

    first = run("ingest", lines_file(tmp_path / "a.jsonl", COWBOY, gone), **engine.settings)
    second = run("ingest", lines_file(tmp_path / "b.jsonl", changed, ROBOT), **engine.settings)
    (listed,) = objects_of(run("articles", "--json", **engine.settings))
    found = objects_of(run("search", "Un ordinateur joue du piano", "--json", **engine.settings))[0]["results"]
    asked = run("ask", ASKED, "--json", **engine.settings)
    removed = run("remove", *[article["article_id"] for article in listed["articles"]], **engine.settings)
    nothing = run("ask", CHIEDE, **engine.settings)

    assert (first.exit_code, second.exit_code, removed.exit_code) == (0, 0, 0), first.output + second.output
    assert len(listed["articles"]) == 2
    assert "ordinateur" in found[0]["text"]
    assert not [result for result in found if "compose" in result["text"]]
    assert objects_of(asked)[0]["status"] in ("answered", "quoted"), asked.output
    assert "actuclair ingest" in nothing.stderr


def test_doctor_and_mend_tell_what_they_look_at(engine: Engine, run: Run, articles: Path):
    run("ingest", articles, **engine.settings)

    doctor, mend = run("doctor", **engine.settings), run("mend", **engine.settings)

    assert doctor.exit_code == 0, doctor.stdout
    assert "2 passages recorded, the vector index finds them" in doctor.stdout
    assert ("PostgreSQL" in doctor.stdout) == bool(engine.database)
    assert "is sound" in mend.stderr


def test_the_same_is_found_in_the_same_order_as_on_one_machine(engine: Engine, tmp_path: Path):
    questions = [("robot d'aria", "it"), ("l’été, la voix", "fr"), ("Wolke Mond Wolke", "de"), ("nulla", "it")]
    with Workspace(tmp_path / "one", FakeEmbedder()) as one, engine.open() as other:
        for workspace in (one, other):
            ingest(made_up(), workspace)

        for question, language in questions:
            assert other.words.search(question, language, 20) == one.words.search(question, language, 20)
            assert other.words.weights(question, language) == pytest.approx(one.words.weights(question, language))
            embedding = one.embedder.embed_query(question)
            for filters in (Filters(), Filters(language="fr")):
                expected = dict(one.index.search(embedding, 10, filters))
                assert dict(other.index.search(embedding, 10, filters)) == pytest.approx(expected, abs=1e-5)


def test_articles_survive_a_restart_and_those_that_change_or_go_are_found_no_more(engine: Engine):
    with engine.open() as workspace:
        ingest(made_up(), workspace)
        version = workspace.record.version()
        ingest([replace(made_up()[0], text="Un zèbre danse.", language="fr")], workspace)
        remove(["n1"], workspace)

    with engine.open() as workspace:
        embedding = workspace.embedder.embed_query("Un zèbre danse")
        assert workspace.index.search(embedding, 1, Filters())[0][0].startswith("n0:")
        assert [id_.split(":")[0] for id_ in workspace.words.search("zèbre", "fr", 5)] == ["n0"]
        assert workspace.record.version() > version
        assert "n1" not in {article.id for article in workspace.record.articles()}
        assert workspace.index.count() == workspace.record.count_passages() == 149
        assert workspace.index.probe()


def test_an_index_that_has_lost_vectors_is_made_again_under_another_name(engine: Engine):
    with engine.open() as workspace:
        ingest(made_up(), workspace)
        workspace.index.remove(sorted(workspace.record.passage_ids())[::2])

        was_mended = workspace.index.mend()

        assert was_mended and workspace.index.probe()
    with engine.open() as workspace:
        assert workspace.index.probe()
        assert workspace.sets.all()[-1].index_name == "vectors-1"


def test_all_articles_are_embedded_again_for_another_embedder(engine: Engine):
    with engine.open() as workspace:
        ingest(made_up()[:20], workspace)

    with engine.open(FakeEmbedder("größer")) as workspace:
        assert reindex(workspace) == 20
        workspace.check_ready()
        assert workspace.index.probe()


def test_a_class_goes_on_after_a_restart_and_leaves_nothing_when_it_is_deleted(engine: Engine):
    answers = MadeUp()
    answers.may_write.set()
    with school_in(engine.home, answers, address=engine.database) as school:
        room = school.open(PLAN)
        zoe = room.join("Zoë", "token")
        turn = school.answering.ask(room, zoe, question_of("Chi canta in città?"))
        wait_until(lambda: ended(room))
        room.judge(zoe.id, turn.id, Opinion.REPORTED)

    with school_in(engine.home, answers, address=engine.database) as school:
        (room,) = school.rooms()
        (again,) = room.register.turns.values()
        assert (again.progress, again.question.text) == (Progress.ANSWERED, "Chi canta in città?")
        assert again.answer is not None and again.answer.text.startswith("Ecco")
        assert room.register.opinions and room.register.pupils[zoe.id].nickname == "Zoë"
        told = {name for name, _ in ClassData(engine.home, engine.database).export()}
        school.delete(room)

    assert {"sessions", "pupils", "turns", "flags"} <= told
    assert list(ClassData(engine.home, engine.database).export()) == []


def test_a_site_sends_articles_asks_and_judges_and_forgets(engine: Engine):
    kept = SiteData(engine.home, engine.database)
    with serving(engine.home, engines=engine.where) as server:
        server.answers.may_write.set()
        assert server.signed("/api/v1/articles?site=PUBLIC-KEY", SENT).status_code == 202
        look = f"/api/v1/articles?site=PUBLIC-KEY&article={SENT['url']}"
        wait_until(lambda: server.kiosk.articles.find(SITE, SENT["url"]) is not None)
        known = server.page().get(look).json()["state"]
        told = server.ask(article=SENT["url"])
        server.ask()

    with serving(engine.home, engines=engine.where) as server:
        site = server.kiosk.sites.all()[0]
        tallies = server.kiosk.kept.tallies(site.id)
        judged = server.kiosk.kept.judge(site.id, told.json()["id"], Judged.HELPFUL)
        budget = server.kiosk.sites.asked_in(site, server.clock().date())

        strange = server.page().get("/api/v1/articles?site=%00è&article=%00")

    assert (known, told.status_code, judged, budget) == ("indexed", 200, True, 2)
    assert strange.status_code == 403
    assert sum(tally.questions for tally in tallies) == 2
    assert {name for name, _ in kept.export()} == {"answers"}
    assert kept.forget() == {"answers": 2, "counts": 0}
    assert list(kept.export()) == []
