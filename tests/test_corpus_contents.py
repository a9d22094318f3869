"""What came from an address -> its form, by content and type."""

import re

import pytest
from source_reads import HOME

from corpus.contents import Form, form_of
from corpus.errors import SourceUnreadable
from corpus.fetching import Fetched


@pytest.mark.parametrize(
    ("body", "content_type", "form"),
    [
        ("<!doctype html><p>é", "text/plain", Form.PAGE),
        ("<?xml version='1.0'?><!-- é --><html xmlns='x'>", "application/xml", Form.PAGE),
        ("<rss>", "text/html", Form.FEED),
        ("<rdf:RDF>", "", Form.FEED),
        ("<a:feed>", "text/plain", Form.FEED),
        ("\ufeff <urlset>", "text/html", Form.SITEMAP),
        ("%PDF-1.7", "text/html", Form.PDF),
        ("# Título", "text/markdown", Form.MARKDOWN),
        ("---\ntitle: É\n---\n", "text/plain", Form.MARKDOWN),
        ("Ein Satz.", "text/plain", Form.TEXT),
        ("<p>Une phrase.", "application/octet-stream", Form.PAGE),
        ("Une phrase.", "", Form.TEXT),
        ("Une phrase.", "text/html", Form.PAGE),
    ],
)
def test_form_of_goes_by_content_and_type(body: str, content_type: str, form: Form):
    assert form_of(Fetched(HOME, 200, {"content-type": content_type}, body.encode())) is form


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
        (b"{}", "application/json"),
        (b"<svg/>", "image/svg+xml"),
        (b"<config/>", "text/xml"),
        (bytes(range(256)) * 40, "text/html"),
        (b"a{}", "text/css"),
    ],
)
def test_form_of_refuses_what_holds_no_article_and_names_its_type(body: bytes, content_type: str):
    with pytest.raises(SourceUnreadable, match=re.escape(content_type)):
        form_of(Fetched(f"{HOME}/größe.html", 200, {"content-type": content_type}, body))
