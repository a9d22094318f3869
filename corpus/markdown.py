"""Markdown with front matter -> plain text and its fields. Knows the format, not what the fields are for."""

import re
from itertools import pairwise

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.errors import SourceUnreadable

_MARKDOWN = MarkdownIt("commonmark")
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_UNCLOSED = re.compile(r"\s*---[ \t]*\n\w+:")
_NO_VALUE = ("null", "~", "")
_TAGS = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1>|\Z)|<[^<>]+>", re.DOTALL | re.IGNORECASE)


def read_markdown(source: str, text: str) -> tuple[dict[str, object], str]:
    """The front matter and the plain text below it: a paragraph, heading or list item a block.

    Example: '---\\ntitle: A\\n---\\nHello **you**' -> ({'title': 'A'}, 'Hello you')
    Raises SourceUnreadable when the front matter is not a YAML mapping.
    """
    fields, content = _front_matter(source, text.replace("\r\n", "\n").replace("\r", "\n"))
    blocks: list[str] = []
    for opening, token in pairwise(_MARKDOWN.parse(content)):
        if token.type not in ("inline", "html_block"):
            continue
        block = _plain(token)
        if opening.type == "heading_open" and opening.tag == "h1" and "title" not in fields:
            fields["title"] = block
        elif block:
            blocks.append(block)
    return fields, "\n\n".join(blocks)


def _front_matter(source: str, text: str) -> tuple[dict[str, object], str]:
    """The fields and what follows them; scalars stay as they are written ('no' is Norwegian, not false)."""
    found = _FRONT_MATTER.match(text)
    if not found:
        if _UNCLOSED.match(text):
            raise SourceUnreadable(source, "its front matter has no end: write --- on a line below its last field")
        return {}, text
    try:
        fields = yaml.load(found.group(1), Loader=yaml.BaseLoader)  # noqa: S506  it only makes strings, lists, dicts
    except (yaml.YAMLError, RecursionError) as error:
        raise SourceUnreadable(source, f"its front matter is not valid YAML ({_where(error)})") from error
    if not isinstance(fields or {}, dict):
        raise SourceUnreadable(source, "its front matter is not a list of fields such as 'title: ...'")
    given = {str(name): value for name, value in (fields or {}).items() if value not in _NO_VALUE}
    return given, text[found.end() :]


def _where(error: Exception) -> str:
    """What is wrong, and in which line of the file; the front matter begins in line 2."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return f"{problem}, line {mark.line + 2}" if mark else problem


def _plain(token: Token) -> str:
    """The words of an inline token; links keep their text, images and tags go.

    Example: 'a [link](x) **b**' -> 'a link b'
    """
    if token.type == "html_block":
        return " ".join(_TAGS.sub(" ", token.content).split())
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts).strip()
