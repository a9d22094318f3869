"""One source of a site that is not there, and what reading it found."""

from fake_site import FakeWeb

from corpus.failures import Failure
from corpus.sources import read_sources
from corpus.types import Article

HOME = "https://giornale.example"
FULL = (
    "<content:encoded><![CDATA[<p>Una città intera ha sentito il robot.</p><p>Poi è tornato.</p>]]></content:encoded>"
)
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'


def read(web: FakeWeb, path: str = "/flusso", limit: int = 100) -> list[Article | Failure]:
    return list(read_sources([HOME + path], web.fetch, limit))


def articles(found: list[Article | Failure]) -> list[Article]:
    return [one for one in found if isinstance(one, Article)]


def failures(found: list[Article | Failure]) -> list[Failure]:
    return [one for one in found if isinstance(one, Failure)]


def url(path: str, more: str = "") -> str:
    return f"<url><loc>{HOME}{path}</loc>{more}</url>"
