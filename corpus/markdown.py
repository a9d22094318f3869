"""Markdown with front matter -> plain text and its fields. Knows the format, not what the fields are for."""

import frontmatter
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.errors import SourceUnreadable

_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def read_markdown(source: str, text: str) -> tuple[dict[str, object], str]:
    """The front matter and the plain text below it: a paragraph, heading or list item a block.

    Example: '---\\ntitle: A\\n---\\nHello **you**' -> ({'title': 'A'}, 'Hello you')
    Raises SourceUnreadable when the front matter is not YAML.
    """
    try:
        document = frontmatter.loads(text)
    except yaml.YAMLError as error:
        raise SourceUnreadable(source, f"its front matter is not valid YAML ({str(error).splitlines()[0]})") from error
    fields = dict(document.metadata)
    blocks = []
    tokens = _MARKDOWN.parse(document.content)
    for opening, token in zip(tokens, tokens[1:], strict=False):
        if token.type != "inline":
            continue
        block = _plain(token)
        if opening.type == "heading_open" and opening.tag == "h1" and "title" not in fields:
            fields["title"] = block
        elif block:
            blocks.append(block)
    return fields, "\n\n".join(blocks)


def _plain(token: Token) -> str:
    """The words of an inline token; links keep their text, images go.

    Example: 'a [link](x) **b**' -> 'a link b'
    """
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts).strip()
