"""Syllables of English and German words, by rules and short lists. Knows words in lower case."""

import re

_EN_FIRST_PARTS = re.compile(
    r"(?P<head>some|every|home|life|side|time|name|house|fire|base|like|face|note|price|take|grace|care|hope|use|safe|"
    r"large|wide|late|close|live|wire|space|place|share|more|white|make|store|whole|state|police)"
    r"(?P<tail>body|how|thing|where|times?|day|one|what|work|works|land|less|ly|ful|fully|ness|line|lines|maker|makers|"
    r"man|men|ball|boat|boats|book|books|style|room|ways?|scape|wives|wife|board|keeper|holder|holders|fighters?|"
    r"places?|place|side|spread|ment|ments|over|wash|craft|ship|ships|holder|hold|holds|life)"
)
_EN_VOWELS = re.compile(r"[aeiouy]+")
_EN_SPLIT = re.compile(  # places where two vowels are two syllables
    r"(?<![cstgx])ia(?!l(?:ly)?$)|(?<=[cstg])iat|(?<![cstgx])io(?!us|ur|ns?\b)|(?<=[^cstgx])ious|(?<=[^cstglnx])ial|"
    r"ie(?=t$|ty$|nce)|(?<![ct])ie(?=nt)|eo(?=[ln])|(?<=[^gq])ua(?=[lrt])|uou|(?<=[^gqb])ui(?=ty|n$|ds?$)|"
    r"iu|(?<![aeiou])yi|eei|oei|oi(?=ng)|(?<![aeiou])ye(?=r)|ii|eu(?=m)"
)
_EN_ABLE = re.compile(r"[^aeiouy]les?$|[^aeiouyl]led$")
_EN_ISM = re.compile(r"(?:sm|thm)s?$")

_DE_PARTED_IE = re.compile(
    r"(?:famil|lin|ser|stud|akt|präm|komöd|tragöd|mater|bakter|immobil|petersil|fol|lil|pin|hort)ie$"
)
_DE_PARTED_IEN = re.compile(r"[^aeiouäöü]ie(?=ns?$|nt|nz|rin)")
_DE_WHOLE_IEN = re.compile(r"(?:sch|sp)ien(?:t|s)?$|dient|dienst|^wien|^(?:be|ver)?dien$")
_DE_VOWELS = re.compile(r"ieu|eau|aa|ee|oo|ai|ay|au|äu|ei|ey|eu|ie|ou|oi|oy|[aeiouyäöüéèêáàâóôíîúû]")


def english(word: str) -> int:
    """Example: 'table' -> 2, 'created' -> 3, 'nation' -> 2, 'walked' -> 1"""
    if parts := _EN_FIRST_PARTS.fullmatch(word):
        return _english_part(parts["head"]) + _english_part(parts["tail"])
    return _english_part(word)


def _english_part(word: str) -> int:
    vowels = _EN_VOWELS.findall(re.sub(r"^y(?=[aeiou])|(?<=[aeiou])y(?=[aeiou](?!d$))", "j", word))
    count = len(vowels) + len(_EN_SPLIT.findall(word)) + bool(_EN_ISM.search(word)) - _silent_e(word)
    return max(1, count)


def _silent_e(word: str) -> int:
    """1 where the last e of an English word is silent: 'home', 'homes', 'walked', 'homeless' has none at its end."""
    if _EN_ABLE.search(word):
        return 0
    if re.search(r"[^aeiouytd]ed$", word) or re.search(r"[^aeiouy]e$|[gq]ues?$", word):
        return 1
    if re.search(r"[aeiouy]e?[^aeiouy]*[^aeiouyszxc]es$", word) and not re.search(r"(?:sh|ch|g)es$", word):
        return 1
    return int(bool(re.search(r"[^aeiouyl]e(?:ly|ful|less|ness|ment|ments)$", word)))


def german(word: str) -> int:
    """Example: 'Familie' -> 4, 'Nation' -> 3, 'Feuer' -> 2, 'Theater' -> 3"""
    word = word.replace("'", "")
    word = re.sub(r"qu", "k", word)
    word = re.sub(r"^y(?=[aeiou])", "j", word)
    word = re.sub(r"(?:team|stream)", lambda found: found.group().replace("ea", "i"), word)
    word = re.sub(r"e(?=ums?$|en$)(?<=[^aeiou]e)", "e|", word) if word.endswith(("eum", "eums", "een")) else word
    word = re.sub(r"^(be|ge)(?=u[rn]|inhalt|i[mr]|inn)", r"\1|", word)
    word = re.sub(r"(?<=[^aeiouäöü]ge)(?=ur|imp|irr)", "|", word)
    if _DE_PARTED_IE.search(word):
        word = word[:-2] + "i|e"
    elif len(_DE_VOWELS.findall(word)) > 1 and not _DE_WHOLE_IEN.search(word):
        word = _DE_PARTED_IEN.sub(lambda found: found.group()[:-1] + "|e", word)
    return len(_DE_VOWELS.findall(word))
