"""A web page's bytes -> its text and what it says of itself. Knows HTML, not where the page came from.

trafilatura finds the article in the page; what it cannot be trusted with, hostile sizes, is refused before.
"""

import re
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin

from htmldate import find_date
from lxml.html import HtmlElement
from trafilatura import bare_extraction, load_html
from trafilatura.settings import Document

from corpus.addresses import canonical, host_of, is_web_address, same_site
from corpus.cleaning import clean, clean_markup
from corpus.decoding import decode
from corpus.errors import SourceUnreadable
from corpus.fields import Extract
from corpus.language import plausible_language
from corpus.types import Kind

_MOST_BYTES = 20_000_000  # trafilatura's own limit
_MOST_ELEMENTS = 30_000  # a news page has 1,000 to 10,000; 20,000 paragraphs take 2.4 s
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARATION_WITHIN = 4096  # bytes from the start of a page
_LINK = re.compile(rb"<link\b[^>]{0,2000}>", re.IGNORECASE)
_FEED_TYPE = re.compile(rb"application/(?:rss|atom)\+xml", re.IGNORECASE)
_HREF = re.compile(rb"""href\s{0,9}=\s{0,9}["']?([^"'\s>]+)""", re.IGNORECASE)
_HEAD_BYTES = 100_000
_OPINION = re.compile(r"\"@type\"\s{0,9}:\s{0,9}(?:\[[^\]]{0,200})?\"(?:OpinionNewsArticle|ReviewNewsArticle)\"")
_AUTHOR_LENGTH = 120  # characters: longer ones are a text about the author
_HEAD = 4  # lines of the text that may repeat the title


def read_page(source: str, data: bytes, url: str = "", charset: str = "") -> Extract:
    """The text of the article on a page, readers' comments apart, and what the page says of it.

    `url` is where the page was found; the address it gives itself is believed only on the same site.
    Raises SourceUnreadable when it is no HTML, holds no article, or is too large to look at.
    """
    tree = _parse(source, data, charset)
    language = str(tree.get("lang") or tree.get("xml:lang") or "")
    opinion = any(_OPINION.search(script.text or "") for script in tree.iter("script"))
    updated = _found_date(tree, original=False)
    page = _extracted(source, tree, url)
    title, comments = _one_line(page.title), _paragraphs(page.comments)
    text = _without_lines(_paragraphs(page.text), comments)
    published = date.fromisoformat(page.date) if page.date else None
    read = {
        "title": title,
        "outlet": _outlet(page),
        "author": _author(page.author),
        "url": _address(page.url, url),
        "licence": _one_line(page.license),
        "published": published,
        "updated": updated if published and updated and updated > published else None,
        "language": plausible_language(language, text),
        "kind": Kind.OPINION if opinion else None,
    }
    return Extract(_without_title(text, title), read=read, comments=comments)


def _extracted(source: str, tree: Any, url: str) -> Document:
    """What there is of an article. Takes the tree to pieces. Raises SourceUnreadable."""
    page = bare_extraction(
        tree, url=url or None, with_metadata=True, prune_xpath="//nav",
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": _today()},
    )  # fmt: skip
    if not isinstance(page, Document) or not page.text:
        raise SourceUnreadable(source, "there is no article on the page")
    return page


def _parse(source: str, data: bytes, charset: str) -> Any:
    if len(data) > _MOST_BYTES:
        raise SourceUnreadable(source, f"the page has more than {_MOST_BYTES:,} bytes: save its article alone")
    declared = _DECLARED.search(data[:_DECLARATION_WITHIN])
    try:
        text = decode(data, charset or (declared.group(1).decode("ascii") if declared else ""))
    except ValueError as error:
        raise SourceUnreadable(source, str(error)) from error
    text = clean_markup(text)
    tree = load_html(text if "<html" in text[:_DECLARATION_WITHIN].lower() else f"<html><body>{text}</body></html>")
    if tree is None:
        raise SourceUnreadable(source, "it is not an HTML page")
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise SourceUnreadable(source, f"the page has more than {_MOST_ELEMENTS:,} elements: save its article alone")
    return tree


def feed_of_page(data: bytes, url: str) -> str:
    """The address of the feed that a page names in its head; '' when it names none."""
    links = (link for link in _LINK.findall(data[:_HEAD_BYTES]) if _FEED_TYPE.search(link))
    addresses = (found.group(1).decode("utf-8", "replace") for link in links if (found := _HREF.search(link)))
    address = next(addresses, "")
    return urljoin(url, address) if address else ""


def _paragraphs(text: str | None) -> str:
    """trafilatura writes a paragraph a line; blank lines between them say so to whoever lays out the text."""
    return clean("\n\n".join((text or "").split("\n")))


def _without_lines(text: str, comments: str) -> str:
    """The text without readers' comments, which trafilatura leaves in it too when an article is short."""
    spoken = set(comments.split("\n\n"))
    return "\n\n".join(line for line in text.split("\n\n") if line not in spoken) if comments else text


def _without_title(text: str, title: str) -> str:
    """The text without the line that repeats the page's title, which a feed may give in other words."""
    lines = text.split("\n\n")
    if title in lines[:_HEAD] and len(lines) > 1:
        lines.remove(title)
    return "\n\n".join(lines)


def _one_line(text: str | None) -> str:
    return " ".join(clean(text or "").split())


def _outlet(page: Document) -> str:
    """The name of the site; '' where trafilatura found none and took that of its host."""
    name = _one_line(page.sitename)
    host = host_of(page.url) if page.url and is_web_address(page.url) else ""
    return "" if host in (name.lower(), f"www.{name.lower()}") else name


def _author(author: str | None) -> str:
    """Example: 'Anna Bianchi; Luca Rossi' -> 'Anna Bianchi, Luca Rossi'"""
    name = _one_line(author).replace("; ", ", ")
    return name if len(name) <= _AUTHOR_LENGTH and not is_web_address(name) else ""


def _address(claimed: str | None, url: str) -> str:
    """The address of the article: what the page claims, if that is on its own site and not just the site's front."""
    if claimed and is_web_address(claimed):
        believed = not url or (same_site(claimed, url) and canonical(claimed).count("/") > 2)
        if believed:
            return claimed
    return url


def _found_date(tree: HtmlElement, *, original: bool) -> date | None:
    found = find_date(tree, original_date=original, extensive_search=False, max_date=_today())
    return date.fromisoformat(found) if found else None


def _today() -> str:
    return datetime.now().astimezone().date().isoformat()
