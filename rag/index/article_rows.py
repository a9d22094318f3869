"""Articles and passages <-> rows of the record. Knows values, neither SQL nor when they are written."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from corpus.types import Article, Audience, Kind, Origin, Passage


def content_hash(article: Article) -> str:
    """A mark of all that an article says, whatever file it came from and whatever addresses it has."""
    said = asdict(article) | {"source": "", "addresses": (), "origins": {}}
    return hashlib.sha256(repr(sorted(said.items())).encode()).hexdigest()


def article_row(article: Article, known_addresses: Sequence[str]) -> dict[str, Any]:
    addresses = list(dict.fromkeys([*article.addresses, *known_addresses]))
    changed = {"addresses": addresses, "origins": dict(article.origins), "content_hash": content_hash(article)}
    return asdict(article) | changed


def article_of(values: dict[str, Any]) -> Article:
    values.pop("content_hash")
    return Article(
        **values
        | {
            "audience": Audience(values["audience"]),
            "kind": Kind(values["kind"]),
            "addresses": tuple(values["addresses"]),
            "origins": {name: Origin(origin) for name, origin in values["origins"].items()},
        }
    )


def passage_of(values: dict[str, Any]) -> Passage:
    return Passage(**values | {"kind": Kind(values["kind"])})
