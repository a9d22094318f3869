"""Web addresses: one form for all the ways an article is linked to, and ids made of it. Knows no network.

courlan, which trafilatura cleans addresses with, is not used: it takes 'gallery' and 'reference' for tracking
parameters, and drops queries without a value ('?12345'), so two articles could become one.
"""

import hashlib
import re
import string
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import unquote

import httpx

_WEB = ("http", "https")
_DEFAULT_PORTS = (None, 80, 443)
_TRACKING = re.compile(
    r"(?:utm|mtm|pk|piwik|matomo|hsa|vero|oly|ns|stm|itm|at|mc|ml|_hs|fb|cmp|wt|ga|gs)_\w+|"
    r"fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|twclid|ttclid|yclid|ysclid|igshid|igsh|li_fat_id|mkt_tok|_openstat|"
    r"_ga|_gl|xtor|wtmc|ocid|ncid|cmpid|cmp|ito|smid|smtyp|taid|__twitter_impression|phpsessid|jsessionid",
    re.IGNORECASE,
)
_WWW = re.compile(r"^(?:www\.)+(?=[^.]+\.)")
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_LONGEST_SLUG = 60  # characters
_HASH_LENGTH = 12  # hexadecimal digits: among a million articles, two share one with a probability of 0.2 %


def canonical(url: str) -> str:
    """The one form of a web address: https, no 'www.', default port, fragment, final slash or tracking parameter.

    It tells articles apart and need not lead anywhere itself. The order of parameters does not matter, their case does.
    Example: 'http://WWW.example.org:80/Été/?utm_source=x&b=2&a=1#top' -> 'https://example.org/%C3%89t%C3%A9?a=1&b=2'
    Raises ValueError when it is not a web address.
    """
    parsed = _parse(_SESSION_IN_PATH.sub("", _unescaped(url)))
    host = parsed.netloc.decode("ascii").rpartition("@")[2].removesuffix(f":{parsed.port}").rstrip(".")
    port = "" if parsed.port in _DEFAULT_PORTS else f":{parsed.port}"
    path, _, query = parsed.raw_path.decode("ascii").partition("?")
    parameters = sorted(part for part in query.split("&") if part and not _is_tracking(part))
    address = f"https://{_WWW.sub('', host, count=1)}{port}{path.rstrip('/')}"
    return f"{address}?{'&'.join(parameters)}" if parameters else address


def is_web_address(url: str) -> bool:
    """Whether an address is one of the web, such as 'https://example.org/a'."""
    try:
        _parse(url)
    except ValueError:
        return False
    return True


def address_id(url: str) -> str:
    """An article's id: a readable slug of the path's last part, and a mark of the canonical address.

    Example: 'https://example.org/musique/un-robot-chante.html?utm_source=x' -> 'un-robot-chante-' and 12 digits
    Raises ValueError when it is not a web address.
    """
    address = canonical(url)
    parts = [part for part in address.partition("?")[0].split("/")[2:] if part]
    name = PurePosixPath(unquote(parts[-1], errors="replace")).stem if len(parts) > 1 else parts[0]
    return f"{slug(name) or slug(parts[0])}-{mark(address)}"


def mark(text: str) -> str:
    """A short mark of a text, the same at every run."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LENGTH]


def slug(text: str) -> str:
    """Letters and digits of a text in lower case, without accents, joined by hyphens.

    Example: 'Été à Noël !' -> 'ete-a-noel'
    """
    plain = "".join(part for part in unicodedata.normalize("NFKD", text) if not unicodedata.combining(part))
    words = re.sub(r"[\W_]+", "-", plain.lower()).strip("-")
    return words[:_LONGEST_SLUG].strip("-")


def same_site(first: str, second: str) -> bool:
    """Whether two web addresses have the same host, 'www.' aside."""
    return host_of(first) == host_of(second)


def host_of(url: str) -> str:
    """Example: 'https://www.example.org/a' -> 'example.org'"""
    return canonical(url).split("/")[2].partition("?")[0]


def _parse(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url.strip())
    except (httpx.InvalidURL, UnicodeError) as error:
        raise ValueError(f"'{url}' is not a web address ({error})") from error
    if parsed.scheme not in _WEB or not parsed.host.strip("."):
        raise ValueError(f"'{url}' is not a web address")
    return parsed


def _unescaped(text: str) -> str:
    """Escapes in one spelling: letters and digits as they are, the rest in capitals. Example: '%7e%c3' -> '~%C3'"""
    while (plainer := _ESCAPE.sub(_one_spelling, text)) != text:
        text = plainer  # what an escape stood for may complete another one: '%4%31' -> '%41' -> 'A'
    return text


def _one_spelling(found: re.Match[str]) -> str:
    character = chr(int(found.group(1), 16))
    return character if character in _UNRESERVED else found.group().upper()


def _is_tracking(parameter: str) -> bool:
    return bool(_TRACKING.fullmatch(parameter.partition("=")[0]))
