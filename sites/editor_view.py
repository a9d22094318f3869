"""The page of a site's editors as HTML. Knows neither requests nor rules; the templates escape all they are given."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup

from sites.figures import Figures, asked_alike, figures, unanswered
from sites.kiosk import Kiosk
from sites.pages import render
from sites.texts import Texts
from sites.types import Correction, Kept, Site
from telling.texts import LANGUAGES

_MOST_ANSWERS, _MOST_SHOWN, _MOST_ARTICLES = 2000, 100, 20


def sign_in_html(texts: Texts) -> Markup:
    """Where to sign in."""
    return render("sign_in.html", texts=texts)


def home_html(kiosk: Kiosk, site: Site, texts: Texts) -> Markup:
    """All that is known of what a site's readers asked."""
    answers = kiosk.kept.latest(site.id, _MOST_ANSWERS)
    alike = asked_alike(answers)
    shown = [replace(each, correction=_correction(kiosk, site, each.kept)) for each in alike[:_MOST_SHOWN]]
    ids, shelf = kiosk.articles.all(site), kiosk.articles.shelf
    asked_about = {each.kept.article_id for each in shown}
    return render(
        "home.html",
        texts=texts,
        site=site,
        asked=kiosk.sites.asked_in(site, kiosk.today()),
        charts=charts(figures(kiosk.kept.tallies(site.id), kiosk.kept.counts(site.id)), texts),
        unanswered=unanswered(alike),
        alike=shown,
        titles={article.id: article.title for article in shelf.read(sorted(asked_about))},
        corrections=kiosk.kept.corrections(site.id),
        articles=shelf.read(ids[:_MOST_ARTICLES]),
        count=len(ids),
        day=lambda day: _day(day, texts),
        number=lambda number: _number(number, texts),
    )


def charts(counted: Figures, texts: Texts) -> list[tuple[str, Sequence[tuple[str, int, float]]]]:
    """Title and rows of each chart: label, count, and the share of the longest bar in per cent."""
    found = [
        (texts["figures.status"], _named(counted.statuses, texts, "status")),
        (texts["figures.level"], _named(counted.levels, texts, "level")),
        (texts["figures.language"], [(LANGUAGES.get(name, name), count) for name, count in counted.languages]),
        (texts["figures.opinion"], _named(counted.opinions, texts, "opinion")),
        (texts["figures.age"], _named(counted.ages, texts, "age")),
    ]
    return [(title, _bars(rows)) for title, rows in found if rows]


def _named(counts: Sequence[tuple[str, int]], texts: Texts, table: str) -> list[tuple[str, int]]:
    return [(texts[f"{table}.{name}"], count) for name, count in counts]


def _correction(kiosk: Kiosk, site: Site, kept: Kept) -> Correction | None:
    return kiosk.kept.correction(site.id, kept.answer, kept.article_id)


def _bars(rows: Sequence[tuple[str, int]]) -> list[tuple[str, int, float]]:
    most = max(count for _, count in rows)
    return [(label, count, round(100 * count / most, 1)) for label, count in rows]


def _day(day: date | None, texts: Texts) -> str:
    """Example: date(2026, 1, 31), the Italian texts -> '31 gen 2026'"""
    return str(format_date(day, format="medium", locale=texts["language"])) if day else ""


def _number(number: int, texts: Texts) -> str:
    """Example: 50000, the German texts -> '50.000'"""
    return str(format_decimal(number, locale=texts["language"]))
