"""What a session may be about: names that several articles tell of."""

from pathlib import Path

import pytest
from class_rooms import MadeUp, class_app, school_in, teacher_of
from fakes import article_of

from classroom.errors import NotNow
from classroom.lesson.answering import filters_of
from classroom.lesson.plans import read_plan
from classroom.lesson.subjects import Subject, Subjects, articles_about
from corpus.types import Article

FORM = {"title": "Musica", "language": "it", "minutes": 60, "youngest": "child", "oldest": "teen"}


def about(id_: str, text: str, language: str = "it") -> Article:
    return article_of(text, id=id_, language=language, title=f"Titolo {id_}")


RUIZ = about("a", "La cantante Ana Ruiz ride. Tutti ascoltano Ana Ruiz su Melodia, e lei canta su Melodia.")
SINGS = about("b", "Die Sängerin Ana Ruiz lacht, und alle hören Ana Ruiz.", "de")
RAIN = about("c", "Oggi piove.")


def test_what_several_articles_tell_of_is_offered_whatever_their_language():
    assert Subjects().of([RUIZ, SINGS, RAIN]) == [Subject("Ana Ruiz", ("a", "b"))]


def test_nothing_is_offered_where_each_article_tells_of_something_else():
    assert Subjects().of([RUIZ, RAIN]) == []
    assert Subjects().of([]) == []


def test_an_article_that_goes_takes_its_names_along():
    subjects = Subjects()
    subjects.of([RUIZ, SINGS])

    assert subjects.of([RUIZ, RAIN]) == []


def test_a_page_is_not_kept_waiting_for_a_large_library_and_the_next_one_has_more():
    times = iter([0.0, 0.1, 5.0, 10.0, 10.1, 10.2])
    subjects = Subjects(lambda: next(times))
    others = about("d", "Il cantante Ugo Bo ride. Ugo Bo canta.")
    more = about("e", "Tutti cantano con Ugo Bo.")

    first, second = subjects.of([RUIZ, others, SINGS, more][:2]), subjects.of([RUIZ, others, SINGS, more][:2])

    assert first == second == []
    assert {name for names in subjects._names.values() for name in names} >= {"Ana Ruiz", "Ugo Bo"}


def test_a_plan_about_a_topic_is_about_its_articles_and_those_chosen_beside():
    offered = [Subject("Ana Ruiz", ("a", "b"))]

    plan = read_plan(FORM | {"topics": ["Ana Ruiz"], "articles": ["c"]}, ["a", "b", "c"], offered)

    assert plan.articles == ("a", "b", "c")
    assert articles_about(["Nessuno"], offered) is None
    for odd in (["Nessuno"], "Ana Ruiz", [1]):
        with pytest.raises(NotNow, match="articles_unknown"):
            read_plan(FORM | {"topics": odd}, ["a"], offered)


def test_a_teacher_chooses_a_topic_on_the_page(tmp_path: Path):
    with school_in(tmp_path, MadeUp(articles=[RUIZ, SINGS, RAIN])) as school:
        teacher = teacher_of(class_app(school), school)

        page = teacher.get("/teacher").text
        opened = teacher.post("/teacher/sessions", json=FORM | {"topics": ["Ana Ruiz"]})

        assert 'name="topics" value="Ana Ruiz"' in page
        assert opened.status_code == 200
        assert filters_of(school.rooms()[0]).articles == ("a", "b")
