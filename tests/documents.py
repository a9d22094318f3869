"""Pages, feeds and PDFs that tests read."""

import io
from collections.abc import Mapping, Sequence

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

SENTENCES = "Il robot canta in città. I bambini ballano tutta la notte con lui."


def page(title: str, body: str = SENTENCES, language: str = "it", head: str = "", below: str = "") -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><title>{title}</title>{head}</head><body><nav>Home Sport</nav>'
        f"<article><h1>{title}</h1><p>{body}</p></article>{below}</body></html>"
    )


def rss(*items: str, head: str = "<title>Il Giornale</title><language>it</language>") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{head}{"".join(items)}</channel></rss>'
    )


def item(link: str, title: str = "Il robot", day: str = "20", more: str = "") -> str:
    date = f"<pubDate>Thu, {day} Nov 2025 08:00:00 GMT</pubDate>" if day else ""
    return f"<item><title>{title}</title><link>{link}</link>{date}{more}</item>"


def pdf(lines: Sequence[str], metadata: Mapping[str, str] | None = None, password: str | None = None) -> bytes:
    writer = PdfWriter()
    sheet = writer.add_blank_page(595, 842)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    named = DictionaryObject({NameObject(name): NameObject(value) for name, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): named})
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = StreamObject()
    shown = b" ".join(b"(" + line.encode("cp1252") + b") Tj T*" for line in lines)
    content.set_data(b"BT /F1 12 Tf 14 TL 50 800 Td " + shown + b" ET")
    sheet[NameObject("/Contents")] = writer._add_object(content)
    if metadata:
        writer.add_metadata(dict(metadata))
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
