"""Bytes of XML -> text, and a tree, that are safe: nothing in them is defined or fetched from elsewhere.

Knows XML, not what it tells.
"""

import re
import sys
from html.entities import html5
from typing import Any

from lxml import etree

from corpus.cleaning import clean_markup
from corpus.decoding import decode
from corpus.errors import SourceUnreadable

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,400}?\?>", re.IGNORECASE)
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""", re.IGNORECASE)
_DEFINITIONS = re.compile(r"<!ENTITY|<!ELEMENT|<!ATTLIST|<!NOTATION|<!DOCTYPE[^<>\[]{0,1000}\[", re.IGNORECASE)
_REFERENCE = re.compile(r"&(#\d{1,7};|#x[0-9a-f]{1,6};|\w{2,31};)?", re.IGNORECASE)
_XML_NAMES = ("amp;", "lt;", "gt;", "quot;", "apos;")
_LONGEST = 6_000_000  # characters, when every '&' has become '&amp;'
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


def xml_text(source: str, data: bytes, charset: str = "") -> str:
    """The text of an XML document without its declaration, so that what was checked is what a parser sees.

    Raises SourceUnreadable when it defines entities (they may expand without end, or read files), or is not text.
    """
    declared = _ENCODING.search(data[:400])
    try:
        text = decode(data, charset or (declared.group(1).decode("ascii") if declared else ""))
    except ValueError as error:
        raise SourceUnreadable(source, str(error)) from error
    if _DEFINITIONS.search(text):
        reason = "it defines entities of its own, which are refused: they can expand without end or read files"
        raise SourceUnreadable(source, reason)
    return _DECLARATION.sub("", clean_markup(text.lstrip("\ufeff")), count=1).lstrip()


def mended_tree(source: str, text: str) -> Any:
    """The root of XML that may be broken in the usual ways: bare '&', names of HTML characters, unclosed elements.

    libxml2 stops at a depth of 256. Raises SourceUnreadable when there is no element in it.
    """
    text = _without_bare_ampersands(text)
    if len(text) > _LONGEST:
        raise SourceUnreadable(source, f"it has more than {_LONGEST:,} characters")
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise SourceUnreadable(source, f"it is not XML that can be read ({error.msg})") from error
    if root is None:
        raise SourceUnreadable(source, "it is not XML that can be read")
    return root


def _without_bare_ampersands(text: str) -> str:
    """Example: '<a>caf&eacute; & <![CDATA[&]]></a>' -> '<a>café &amp; <![CDATA[&]]></a>'"""
    parts, position = [], 0
    while (start := text.find(_CDATA, position)) >= 0 and (end := text.find(_CDATA_END, start)) >= 0:
        parts += [_REFERENCE.sub(_character, text[position:start]), text[start : end + len(_CDATA_END)]]
        position = end + len(_CDATA_END)
    return "".join([*parts, _REFERENCE.sub(_character, text[position:])])


def _character(found: re.Match[str]) -> str:
    name = found.group(1) or ""
    if name in _XML_NAMES:
        return found.group()
    if name.startswith("#"):
        number = int(name[2:-1], 16) if name[1] in "xX" else int(name[1:-1])
        return f"&#{number};" if number <= sys.maxunicode and clean_markup(chr(number)) else ""
    return html5.get(name, f"&amp;{name}") if name else "&amp;"
