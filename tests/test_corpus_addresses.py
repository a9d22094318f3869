import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.addresses import address_id, canonical, is_web_address, same_site, slug

HOSTS = [
    "www.example.org",
    "WWW.www.exämple.ORG.",
    "example.org:443",
    "[2606:4700::1]:8080",
    "a@b.example:80",
    "www.org",
]
PIECES = st.text(st.sampled_from("aZé%4123cC./;?&=#@:jsessionid wt_\\[]~+"), max_size=20)


@given(st.sampled_from(["http", "https", "HTTP"]), st.sampled_from(HOSTS), PIECES, PIECES)
def test_canonical_is_idempotent(scheme: str, host: str, path: str, query: str):
    try:
        once = canonical(f"{scheme}://{host}/{path}?{query}")
    except ValueError:
        return

    assert canonical(once) == once
    assert address_id(once) == address_id(f"{scheme}://{host}/{path}?{query}")


@pytest.mark.parametrize(
    "url",
    [
        "https://exemple.fr/été/le-robot",
        "http://exemple.fr/été/le-robot",
        "https://www.exemple.fr/%C3%A9t%C3%A9/le-robot/",
        "https://EXEMPLE.fr:443/%c3%a9t%c3%a9/le%2Drobot#commentaires",
        "http://exemple.fr:80/./été/x/../le-robot?utm_source=rss&utm_medium=feed",
        "https://exemple.fr/été/le-robot?fbclid=x&gclid=y&xtor=RSS-1&at_medium=z",
        "https://exemple.fr/été/le-robot;jsessionid=1A2B?",
        " https://lecteur@exemple.fr./été/le-robot \n",
    ],
)
def test_address_id_is_the_same_for_all_links_to_an_article(url: str):
    assert address_id(url) == address_id("https://exemple.fr/été/le-robot")
    assert address_id(url).startswith("le-robot-")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
        ("https://a.example/x?gallery=1", "https://a.example/x?gallery=2"),
        ("https://a.example/x?reference=1", "https://a.example/x?reference=2"),
        ("https://a.example/?12345", "https://a.example/?12346"),
        ("https://a.example/x", "https://b.a.example/x"),
        ("https://a.example:8080/x", "https://a.example/x"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
        ("https://münchen.example/", "https://muenchen.example/"),
    ],
)
def test_canonical_keeps_different_articles_apart(first: str, second: str):
    assert canonical(first) != canonical(second)


def test_canonical_does_not_mind_the_order_of_parameters():
    assert canonical("http://a.example/suche?b=2&a=1") == "https://a.example/suche?a=1&b=2"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "été",
        "ftp://a.example/",
        "javascript:alert(1)",
        "http://",
        "http:///x",
        "http://[::1",
        "http://./",
        "\ud800",
    ],
)
def test_canonical_refuses_what_is_no_web_address(url: str):
    assert not is_web_address(url) or url == "http://./"
    with pytest.raises(ValueError, match="not a web address"):
        canonical(url)


@pytest.mark.parametrize(
    "url", ["https://a.example/../../../etc/cron.d/x", "https://a.example/%2e%2e%2f%2e%2e%2fetc%2fcron.d%2fx"]
)
def test_address_id_is_no_path_whatever_the_address_holds(url: str):
    assert address_id(url).replace("-", "").isalnum()


def test_slug_keeps_letters_of_every_script_and_drops_accents():
    assert slug("L'Été à Noël: größer!") == "l-ete-a-noel-großer"
    assert slug("新聞 記事") == "新聞-記事"
    assert slug("?!") == ""


def test_address_id_of_a_front_page_names_its_host():
    assert address_id("https://www.elpais.example/?utm_source=x").startswith("elpais-example-")


def test_same_site_does_not_mind_www_but_does_mind_subdomains():
    assert same_site("http://www.zeit.example/a", "https://zeit.example")
    assert not same_site("https://zeit.example/", "https://evil.zeit.example/")
