"""Take out of a question what tells who wrote it. Knows no verdicts; people in the news stay.

E-mail addresses and telephone numbers are always taken out; names, street addresses and schools only where the reader
speaks of itself ("je m'appelle …", "I live at …"). The patterns here tell a name by its capital or by "my name is";
what is told in small letters, small_letters.py and small_letter_schools.py find.
"""

import re
from collections.abc import Callable

from safety.small_letter_schools import hide_schools
from safety.small_letters import MASK, hide_names
from safety.types import Masked, MaskedText

_ENDINGS = "com|org|net|info|edu|co|de|at|ch|uk|fr|be|it|es|eu|mx|ru"
_DOT = r"(?:[(\[](?:dot|punkt|punto|point)[)\]]|\b(?:dot|punkt|punto|point)\b)"
_TAIL_OF_HOST = rf"(?:\s?{_DOT}\s?[\w-]+|(?:\s\.\s[\w-]+){{0,2}}\s?\.\s?(?:{_ENDINGS})\b)"
_EMAIL = re.compile(
    rf"[\w.+%-]+\s?[@＠]\s?(?:[\w-]+(?:\.[\w-]+)+|[\w-]+{_TAIL_OF_HOST}+)"
    r"|[\w.+%-]+(?:[@＠]|\s[@＠]\s)[\w-]{3,}"  # 'amig@s' is no address, nor is 'amig@ mejor'
    rf"|[\w.+%-]+\s?(?:[(\[]at[)\]]|\barobase\b|\bchiocciola\b|\barroba\b)\s?[\w-]+(?:\.[\w-]+)*"
    rf"(?:{_TAIL_OF_HOST}|\s(?:{_ENDINGS})\b)*"
    rf"|[\w.+%-]+\s+(?:at|ät)\s+[\w-]+(?:\s?(?:{_DOT})\s?(?:{_ENDINGS})|\.(?:{_ENDINGS})|\s?\.\s?(?:com|org|net))\b",
    re.I,
)
_NUMBER = re.compile(r"(?<![\w*])(?:\+|00\s?)?\(?\d(?:[\s./()‑–-]{0,3}\d){5,15}(?!\d)")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{4}\s?[-–/]\s?\d{4}")
_ROUND = re.compile(r"[1-9]\d{0,2}(?:[ .,]?\d{3})*[ .,]?000")
_NUMBER_CUE = re.compile(
    r"\b(?:num[eé]ro|num|t[eé]l\w*|portable|phone|mobile|cell|call me|text me|whats\s?app|number|numero"
    r"|cellulare|m[oó]vil|"
    r"nummer|handy|appelle|ll[aá]m\w*|chiam\w*|ruf\w*)\b", re.I,
)  # fmt: skip

_UP = r"[A-ZÀ-ÖØ-Þ][\w’'-]*"
_END = (
    r"(?:et|and|und|e|ed|y|i|j|je|ich|io|yo|i'm|im|mais|but|aber|ma|pero|qui|who|che|que|wohne|vivo|abito|ho|tengo|"
    r"habite|j['’]\w+|live|from|de|aus|di|am|have|suis|bin|sono|soy|est|is|ist|è|es|dans|in|en|à|a|at|mon|ma|my"
    r"|mein\w*|"
    r"mio|mia|mi|please|pls|can|pourquoi|why|warum|perch[eé]|qu\w*|what|was|wie|how|comment|comme|come|c[oó]mo|who|wer|chi)"
)
# In small letters these end a name: "kenza pk la mer est salee". With a capital they are of it: "Lea La Rocca".
_NEXT = (
    r"(?-i:la|le|les|un|une|il|lo|gli|el|los|las|una?|der|die|das|ein|eine|the|an|p[kq]|pcq|psk|x[kq]\w*|parce|porque"
    r"|por|because|cuz|bcs|weil|quand|cuando|quando|when|wann|o[uù]|d[oó]nde|dove|where|wo|whats|whos|hows|are|do|does"
    r"|did|tu|you|du|t[uú]|jai|jsuis|cest|c['’]\w+|dis|dimmi|dime|sag)"
)
_NAME_WORDS = rf"(?P<hide>(?!{_END}\b)[^\W\d_][\w’'-]*(?:\s+(?!(?:{_END}|{_NEXT})\b)[^\W\d_][\w’'-]*){{0,2}})"
_NAME = re.compile(
    r"\b(?:(?:je|j)\s?['’]?\s?m\s?['’]?\s?app?ell?e?s?|(?:mon|ma)\s+(?:\w+\s+)?s\s?['’]appelle|mon (?:pr[eé]nom"
    r"|nom)(?: de famille)?"
    r"(?: est| c['’]est|:)|moi,? c['’]?est|my (?:\w+['’]s )?(?:full )?name(?: is|['’]s|s(?! are\b)|:)|(?:i am"
    r"|i['’]?m) called|call me|"
    r"mi chiamo|(?:il )?mio nome (?:è|e|:)|me (?:ll|y)amo|mi nombre(?: es|:)|ich hei(?:ß|ss?)e|(?:mein"
    r"|mein voller) name(?: ist|:))\s+"
    + _NAME_WORDS, re.I,
)  # fmt: skip
_NAME_I_AM = re.compile(
    rf"\b(?:[Jj]e suis|[Mm]oi c['’]est|[Ii] am|I['’]?m|[Ii]o sono|^[Ss]ono|[Ss]oy|[Ii]ch bin)\s+(?P<hide>{_UP}"
    rf"\s+{_UP})"
)
# Said first, or after a greeting, a name alone: later it may be anybody's ("Je suis Charlie", "soy español").
_NAME_FIRST = re.compile(
    r"(?i:^\s*(?:(?:hi|hello|hey|salut|bonjour|coucou|hallo|hi|hola|ciao|buongiorno)\b[\s,!.]*)?"
    r"(?:i['’]?m|i am|this is|it['’]?s|c['’]est|moi,? c['’]est|je suis|ich bin(?: die| der)?|hier ist(?: die| der)?"
    rf"|soy|yo soy|sono|io sono))\s+(?P<hide>{_UP}(?:\s+{_UP})?)"
    r"(?=\s*[,;.!]|\s+(?i:from|and|et|und|y|e|aus|de|della|in|i|j)\b)"
)
_CLOSE_TO_ME = (
    r"(?:fr[eè]re|s[oœ]e?ur|cousine?|copine?|copain|amie?|ma[iî]tresse|ma[iî]tre|prof\w*|voisine?|brother|sister|friend"
    r"|teacher|cousin|mum|mom|dad|neighbour|fratello|sorella|amic[oa]|cugin[oa]|maestr[oa]|hermano|hermana|amig[oa]"
    r"|prim[oa]|bruder|schwester|freundin|freund|lehrerin|lehrer|cousine)"
)
_TITLES = r"(?:Mme|Mlle|M\.|Mrs?\.?|Ms\.?|Miss|Sir|Frau|Herr|Don|Doña|Signora?|Señora?)"
_NAME_CLOSE = re.compile(
    rf"\b(?i:mon|ma|my|il mio|la mia|mio|mia|mi|meine?)\s+(?i:(?:petite?|grande?|best|big|meilleure?|migliore"
    rf"|mejor|beste?r?)\s+)?(?i:{_CLOSE_TO_ME})\s+(?i:(?:is (?:called|named)|s['’]appelle|se llama|si chiama"
    rf"|hei(?:ß|ss)t|is|c['’]est|est|è|es|ist)\s+)?(?:{_TITLES}\s+)?(?P<hide>{_UP}(?:\s+{_UP})?)"
)
_PARENT = (
    r"(?:papa|maman|p[eè]re|m[eè]re|papy|papi|mamie|tonton|tata|tante|oncle|mum|mom|mummy|mother|father|gran|grandma|grandad"
    r"|grandpa|uncle|aunt|auntie|pap[àá]|mam[má]a?|padre|madre|nonno|nonna|zio|zia|abuelo|abuela|t[ií]o|t[ií]a|vater|mutter"
    r"|opa|oma|onkel)"
)
# Only "is called": what a mother "is" may be anything, and German writes that with a capital too ("ist Polizistin").
_NAME_PARENT = re.compile(
    rf"\b(?i:mon|ma|my|il mio|la mia|mio|mia|mi|meine?)\s+(?i:{_PARENT})\s+(?i:is (?:called|named)|s['’]appelle"
    rf"|se llama|si chiama|hei(?:ß|ss)t)\s+(?:{_TITLES}\s+)?(?P<hide>{_UP}(?:\s+{_UP})?)"
)
_HANDLE = re.compile(
    r"\b(?:mon|my|il mio|mio|mi|mein)\s+(?:snap(?:chat)?|insta(?:gram)?|tik\s?tok|discord|roblox|twitch|steam"
    r"|whats\s?app)(?:\s+(?:name|user(?:name)?|nick(?:name)?|pseudo|compte|account|konto|cuenta))?"
    r"\s*(?:is|c['’]est|est|es|è|ist|:|=)?\s*(?P<hide>@?(?=[\w.]*[^\W\d_])(?:[\w.]*[\d_.][\w.]*\w|(?<=@)[\w.]+))", re.I,
)  # fmt: skip
_HERE = (
    r"(?:j['’]?\s?habite|on habite|nous habitons|mon adresse|chez moi|ma maison|i live|we live|my (?:home )?address|"
    r"my house|abito|vivo|viviamo|abitiamo|il mio indirizzo|mio indirizzo|casa mia|mi direcci[oó]n|mi casa"
    r"|vivimos|ich wohne|"
    r"wir wohnen|meine adresse|wohne|bei mir)"
)
_STREET = (
    r"(?:rue|avenue|av\.|boulevard|bd|impasse|all[eé]e|chemin|place|route|quai|via|viale|piazza|corso|vicolo"
    r"|calle|avenida|"
    r"avda|plaza|paseo|c/|carretera)"
)
_NAME_OF_STREET = r"[^\W\d_](?:\.(?=\s?[^\W\d_])|[\w’'-]*)"  # a word of it; 'A.' too
_NO_STREET = r"(?:et|e|y|and|und|mon|mi|my)"  # what follows the name of a street and does not belong to it
_NOT_WITHOUT_NUMBER = (  # these may: 'rue Pont à Mousson 5', 'via Lago di Como'
    r"(?-i:à|a|en|in|near|qui|que|quoi|où|pourquoi|comment|chi|che|cosa|dove|perch[eé]|come"
    r"|qui[eé]n|qu[eé]|d[oó]nde|c[oó]mo|who|what|where|why|how)"
)
_STREET_AFTER = r"(?:street|st\.?|road|rd\.?|avenue|ave\.?|lane|drive|close|court|crescent|gardens|terrace|way)"
_STREET_DE = (
    r"(?:(?:am|an der|auf dem|in der|im)\s+)?[\w-]+\s?-?(?:stra(?:ß|ss)e|str\.?|weg|platz|allee|gasse|ring|damm)"
)
_UK_POSTCODE = r"(?:,?\s+[^\W\d_][\w’'-]+)?,?\s+[A-Z]{1,2}\d\w?\s?\d[A-Z]{2}\b"
_TAIL = rf"(?:,?\s+\d{{4,5}}(?:\s+[^\W\d_][\w’'-]+)?|{_UK_POSTCODE})?"
_ADDRESS = re.compile(
    rf"(?P<hide>(?:\d{{1,4}}\s?(?:bis|ter)?,?\s+)?\b{_STREET}\s+(?:(?:de|du|des|d['’]|la|le|les|l['’]|del|della"
    rf"|dei|el|los|las)\s*)*"
    rf"{_NAME_OF_STREET}(?:(?:\s+(?!{_NO_STREET}\b){_NAME_OF_STREET}){{0,2}}(?=,?\s*(?:n[°º.]?\s?)?\d)"
    rf"|(?:\s+(?!(?:{_NO_STREET}|{_NOT_WITHOUT_NUMBER})\b){_NAME_OF_STREET}){{0,2}})"
    rf"(?:,?\s*(?:n[°º.]?\s?)?\d{{1,4}}\b)?{_TAIL}"
    rf"|\d{{1,5}}\w?\s+[^\W\d_][\w’'-]*(?:\s+[^\W\d_][\w’'-]*){{0,2}}\s+{_STREET_AFTER}\b{_TAIL}|\b{_STREET_DE}"
    rf"\s+\d{{1,4}}\w?\b{_TAIL})", re.I,
)  # fmt: skip
_AT_SCHOOL = (
    r"(?:je (?:vais|suis|étudie)|j['’]\s?(?:étudie|vais)|mon|ma|i (?:go|study)|i['’]?m (?:at|in)|my|vado"
    r"|frequento|la mia|(?:from|in) (?:year|class|grade)\s?\d+|en c[em]\d|aus der \d+\s?[a-f]?|della \d+[a-f]?|"
    r"il mio|voy|estudio|mi|ich (?:gehe|bin|besuche)|meine?)\b"
)
_SCHOOL_KIND = (
    r"(?:[eé]cole|coll[eè]ge|lyc[eé]e|school|academy|scuola|liceo|istituto|colegio|instituto|escuela|cole|schule|"
    r"gymnasium|realschule|gesamtschule|grundschule|ies|ceip)"
)
_SCHOOL_BEFORE = re.compile(
    rf"\b(?i:{_AT_SCHOOL})[^.?!]{{0,25}}?\b(?i:{_SCHOOL_KIND})(?:\s+(?:primaire|maternelle|elementare|media|superiore|"
    rf"primaria|est|c['’]est|is|ist|è|es|si chiama|se llama|s['’]appelle|heißt|heisst|named|called))*"
    rf"\s+(?P<hide>(?:(?:de|du|di|la|le|les|des|von|the)\s+)*{_UP}(?:[\s-]+(?:de|du|di|la|le|{_UP}))*)"
)
_SCHOOL_AFTER = re.compile(
    rf"\b(?i:{_AT_SCHOOL})[^.?!]{{0,20}}?\b(?P<hide>{_UP}(?:[\s-]+{_UP}){{0,3}})[\s-]+(?i:school|academy"
    rf"|high school|primary school|"
    rf"gymnasium|realschule|gesamtschule|grundschule|schule)\b"
)  # fmt: skip
_HERE_CUE = re.compile(rf"\b{_HERE}", re.I)


def mask(text: str) -> MaskedText:
    """The text with `***` for what tells who wrote it; masking it again changes nothing.

    Example: "Je m'appelle Léa Martin, j'habite 12 rue du Port. Qui est Messi ?"
        -> "Je m'appelle ***, j'habite ***. Qui est Messi ?"
    """
    kinds = set[Masked]()
    for kind, step in _STEPS:
        changed = step(text)
        if changed != text:
            kinds.add(kind)
            text = changed
    return MaskedText(text, frozenset(kinds))


def _numbers(text: str) -> str:
    cued = bool(_NUMBER_CUE.search(text))
    return _NUMBER.sub(lambda match: MASK if _is_telephone(match[0], cued) else match[0], text)


def _is_telephone(number: str, cued: bool) -> bool:
    """Not a date, a span of years or a round number of the news. Example: '06 12 34 56 78' -> True"""
    digits = re.sub(r"\D", "", number)
    if len(digits) < (6 if cued else 8):
        return False
    stripped = number.strip()
    return not (_DATE.fullmatch(stripped) or _ROUND.fullmatch(stripped))


def _addresses(text: str) -> str:
    return _hide(_ADDRESS)(text) if _HERE_CUE.search(text) else text


def _hide(pattern: re.Pattern[str]) -> Callable[[str], str]:
    """Puts the mask in place of the group `hide`, and leaves the words around it."""

    def replace(match: re.Match[str]) -> str:
        start, end = match.span("hide")
        return match[0][: start - match.start()] + MASK + match[0][end - match.start() :]

    return lambda text: pattern.sub(replace, text)


_STEPS: tuple[tuple[Masked, Callable[[str], str]], ...] = (
    (Masked.NAME, _hide(_HANDLE)),
    (Masked.EMAIL, lambda text: _EMAIL.sub(MASK, text)),
    (Masked.SCHOOL, _hide(_SCHOOL_BEFORE)),
    (Masked.SCHOOL, _hide(_SCHOOL_AFTER)),
    (Masked.SCHOOL, hide_schools),
    (Masked.ADDRESS, _addresses),
    (Masked.PHONE, _numbers),
    (Masked.NAME, _hide(_NAME)),
    (Masked.NAME, _hide(_NAME_I_AM)),
    (Masked.NAME, _hide(_NAME_FIRST)),
    (Masked.NAME, _hide(_NAME_CLOSE)),
    (Masked.NAME, _hide(_NAME_PARENT)),
    (Masked.NAME, hide_names),
)
