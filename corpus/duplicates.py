"""Articles that are copies of one another, but for a few words. Knows texts, not where they are kept.

Candidates share one of sixteen marks of eight minimum hashes each (Broder 1997; Leskovec, Rajaraman and Ullman, Mining
of Massive Datasets, section 3.4): of pairs with a similarity of .9 all but one in ten thousand do, of those with .5 one
in sixteen. Then their similarity is computed.
"""

import re
from hashlib import blake2b

from datasketch import MinHash

from corpus.types import Article

_BANDS, _ROWS = 16, 8
_SHINGLE = 3  # words
_SAME = 0.8  # Jaccard similarity of the shingles: a copy with another first paragraph, not another report
_WORD = re.compile(r"\w+")


def marks(article: Article) -> frozenset[int]:
    """Up to sixteen marks of 63 bits; near duplicates have at least one in common."""
    hashes = MinHash(_BANDS * _ROWS, seed=1, scheme="affine32")  # marks are kept: they must not change
    hashes.update_batch([shingle.encode() for shingle in _shingles(article)])
    values = hashes.hashvalues
    bands = (bytes([band]) + values[band * _ROWS : (band + 1) * _ROWS].tobytes() for band in range(_BANDS))
    return frozenset(int.from_bytes(blake2b(band, digest_size=8).digest()) >> 1 for band in bands)


def is_copy(article: Article, other: Article) -> bool:
    """Whether two articles of one kind, in one language, say the same in nearly the same words, title included.

    Example: a news agency's text in two newspapers -> True
    """
    if (article.language, article.kind) != (other.language, other.kind):
        return False
    ours, theirs = _shingles(article), _shingles(other)
    return len(ours & theirs) >= _SAME * len(ours | theirs)


def _shingles(article: Article) -> set[str]:
    words = _WORD.findall(f"{article.title} {article.text}".casefold())
    return {" ".join(words[start : start + _SHINGLE]) for start in range(max(1, len(words) - _SHINGLE + 1))}
