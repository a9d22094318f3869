"""What a line of a news page is: text, heading, or something that belongs to the page. Knows no whole texts.

The rules are about how news pages are made in the five languages, so they hold for texts nobody has seen yet.
"""

import re

_AGENCIES = r"(?:getty(?: images)?|afp|reuters|dpa|efe|ansa|lapresse|ap|shutterstock|imago|picture alliance|unsplash)"
_PAGE_LINES = (
    re.compile(r"https?://\S+$", re.IGNORECASE),
    re.compile(
        r"(?:©|\(©|(?:photos?|foto(?:graf[íi]a|s)?|bild|image|crédits?(?: photos?)?|credits?|quelle|imagen)\s*:|"
        r"image d.illustration|photo d.illustration|photo by (?-i:[A-Z]))",
        re.IGNORECASE,
    ),
    re.compile(rf".{{0,100}}[/(|–—-]\s*{_AGENCIES}\)?\.?$", re.IGNORECASE),
    re.compile(
        r"(?:(?:à )?lire aussi|à lire|voir aussi|sur le même sujet|read (?:more|also|next)|see also|related\s*:|"
        r"leggi anche|vedi anche|lee también|ver también|te puede interesar|(?:lesen sie|lies) auch|mehr dazu|"
        r"auch interessant|consulte[zr]? (?:cet|le site|notre)|si (?:tu es|vous êtes) abonné|"
        r"subscribe|abonne[zr]?[- ]|abonnieren sie|jetzt abonnieren|iscriviti|suscríbete)(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:share|partager|condividi|compartir|teilen|advertisement|publicité|pubblicità|publicidad|anzeige|werbung|"
        r"leave a comment|laisser un commentaire|lascia un commento|deja un comentario|kommentar schreiben|"
        r"(?:lecture|lesezeit|tempo di lettura|tiempo de lectura)\W+\d+ min\w*|\d+ min(?:utes?)? read)\W*$",
        re.IGNORECASE,
    ),
)
_CAPTION = re.compile(
    r"(?:regarde[zr]?|écoute[zr]?|découvre[zr]?|visionnez|cliquez?|watch|listen to|see|click|guarda|guardate|ascolta|"
    r"clicca|mira|mire|escucha|haz clic|schaut?|sehen sie|seht|hört?|klick\w*)\b.{0,60}"
    r"\b(?:clip|vidéo|v[íi]deo|musikvideo|videoclip|audio|podcast)\b",
    re.IGNORECASE,
)
_LONGEST_PAGE_LINE = 200  # characters: a longer line is text
_PICTURE_CREDIT = re.compile(r"\s?\((?:©|photo|foto|bild|image|crédit|credit)[^()]*\)", re.IGNORECASE)
_SENTENCE_BREAK = re.compile(r"(?<=[.!?…])\s+")
_MARKUP = (
    (re.compile(r"!\[[^\[\]]*\]\([^()]*\)"), ""),  # picture
    (re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)"), r"\1"),  # link
    (re.compile(r"(?<!`)(`{1,3})([^`]+)\1"), r"\2"),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=\S)(.{1,300}?)(?<=\S)\1(?![\w*])"), r"\2"),  # not 'Musiker*innen'
    (re.compile(r"(?<!\w)(_{1,3})(?=\S)(.{1,300}?)(?<=\S)\1(?!\w)"), r"\2"),
    (
        re.compile(r"(?<![\w*_])(?:\*{1,3}|_{1,3})(?=\w)|(?<=\w)(?:\*{2,3}|_{2,3})(?![\w*_])"),
        "",
    ),  # one of a pair is lost
    (re.compile(r"^\s*#{1,6}\s+|\s#{1,6}$"), ""),
)
_BULLET = re.compile(r"^(?:\s*(?:[-*+•–—▪>]\s+))+")
_ROLE = re.compile(
    r"\b(?:journaliste|giornalista|journalist(?:in)?|periodista|redact(?:or|eur|rice)|reporter|redakteur(?:in)?|"
    r"redattore|redattrice|correspondent)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:von|by|par|di|por|texte?\s*:|testo\s*:|texto\s*:)\s+"
    r"(?-i:[A-ZÀ-Þ][\w'’.-]+)(?:\s+(?-i:[A-ZÀ-Þ][\w'’.-]*)){1,3}(?:\s*[,|–—/-].{0,60}|\s+(?:et|and|e|y|und)\s.{0,40})?$",
    re.IGNORECASE,
)
_HEADING_LENGTH = 100  # characters
_LABEL_WORDS = 3  # 'Surprise!' and 'Mystère...' are headings, 'Et tout le monde danse !' is a statement
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_CLOSING = " »”\"'’)]*"
_SENTENCE_INSIDE = re.compile(r"\w{3,}[.!?…]+\s+[A-ZÀ-Þ]")
_STATES = re.compile(  # 'il' with a verb only, for 'Il robot' is Italian; 'on' and 'I' likewise
    r"(?:(?:i|you|we|they|he|she|it)['’]\w+|je|tu|elle|nous|vous|ils|elles|ça|cela|"
    r"il (?:y|ne|est|était|a|avait|va|fait|peut|faut)|il (?:n|s)['’]\w+|on n['’]\w+|on (?:ne|a|est|peut|va|dirait)|"
    r"you|he|she|it|we|they|there|i (?:am|was|have|had|do|don['’]t|think|like|love)|io|noi|loro|è|sono|ho|yo|él|ella|"
    r"nosotros|ellos|hay|ich|du|er|es|wir|ihr)(?!\w)|(?:j|c)['’]\w",
    re.IGNORECASE,
)


def without_markup(line: str) -> str:
    """The line without the marks of Markdown, other than a bullet.

    Example: '## Un **grand** succès' -> 'Un grand succès'
    """
    for pattern, replacement in _MARKUP:
        line = pattern.sub(replacement, line)
    return line.strip()


def without_bullet(line: str) -> str:
    """Example: '- Il canta.' -> 'Il canta.'"""
    return _BULLET.sub("", line).strip()


def without_leftovers(line: str) -> str:
    """What a line says of its subject: no captions, credits or bare links; '' when nothing is left.

    Example: 'Un robot chante. Regarde le clip ! (© AFP)' -> 'Un robot chante.'
    """
    line = _PICTURE_CREDIT.sub("", line).strip()
    if is_leftover(line):
        return ""
    return " ".join(part for part in _SENTENCE_BREAK.split(line) if not _is_caption(part))


def is_leftover(line: str) -> bool:
    """Whether a line belongs to the page rather than to the article: captions of videos, credits, bare links, rules.

    Example: 'Regarde le clip, fait aussi avec une IA.' -> True
    """
    if not re.search(r"[^\W_]", line):
        return True
    return len(line) <= _LONGEST_PAGE_LINE and (_is_caption(line) or any(form.match(line) for form in _PAGE_LINES))


def is_byline(line: str) -> bool:
    """Whether a line only says who wrote the text.

    Example: 'Von Anna Schmidt' -> True
    """
    return bool(_BYLINE.match(line))


def presents_writer(line: str) -> bool:
    """Whether a line is about who wrote the text: a byline, or a statement with a trade of the newsroom."""
    return is_byline(line) or bool(_ROLE.search(line))


def is_heading(line: str) -> bool:
    """Whether a line or sentence reads like a heading: a label, a question or a group of words, not a statement.

    A full stop makes a statement however short; '!' and '…' do when more than three words come before; without a
    mark at its end a short line is a heading unless a subject opens it.
    Example: 'Un grand succès' -> True, 'Il chante seul.' -> False
    """
    line = line.strip().rstrip(_CLOSING)
    words = len(_WORD.findall(line))
    if not words or len(line) >= _HEADING_LENGTH:
        return not words
    if line.endswith(("…", "...", "!", ":")):
        return words <= _LABEL_WORDS and not _STATES.match(line)
    if line.endswith((".", ";", ",")) or _SENTENCE_INSIDE.search(line):
        return False
    return line.endswith("?") or not _STATES.match(line)


def _is_caption(sentence: str) -> bool:
    return len(sentence) <= _LONGEST_PAGE_LINE and bool(_CAPTION.match(sentence))
