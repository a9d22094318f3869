"""How commands reach the web. Knows no command."""

import typer

from corpus.fetching import Fetch, Fetcher
from corpus.network import Network


def open_web(context: typer.Context) -> Fetch:
    """What fetches addresses: public ones only, unless whoever runs the program as a library gives another network."""
    network = context.obj if isinstance(context.obj, Network) else Network()
    return Fetcher(network).fetch
