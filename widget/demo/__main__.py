"""`python -m widget.demo`: the demo site on a port of its own. Knows Actuclair by its address and its commands only."""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import uvicorn

from widget.demo.site import PAGES, create_site

NAME = "The Demo Gazette"
_PATIENCE_S = 3
_COMMAND = str(Path(sys.executable).with_name("actuclair"))


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m widget.demo", description="A news site that includes the widget.")
    parser.add_argument("--server", default="http://127.0.0.1:7860", help="Where Actuclair runs.")
    parser.add_argument("--key", help="The site's key. Without one, a site is added to the Actuclair of this machine.")
    parser.add_argument("--port", type=int, default=8790)
    given = parser.parse_args()
    own = f"http://127.0.0.1:{given.port}"
    site = create_site(given.server, given.key or key_for(own))
    sys.stdout.write(f"{own}/\n")
    for shown in PAGES:
        sys.stdout.write(f"{own}{shown.path}  ({shown.mode}, {shown.level})\n")
    if not answers(given.server):
        sys.stdout.write(
            f"Actuclair does not answer at {given.server}: start it (make run), or name it with --server.\n"
        )
    sys.stdout.flush()
    uvicorn.run(site, host="127.0.0.1", port=given.port, log_level="warning")


def answers(server: str) -> bool:
    """Whether the widget can be loaded from there."""
    try:
        with urlopen(f"{server.rstrip('/')}/widget.js", timeout=_PATIENCE_S) as script:  # noqa: S310 - who starts it names it
            return bool(script.status == 200)
    except (URLError, TimeoutError, ValueError):
        return False


def _told(*arguments: str) -> str:
    return subprocess.run([_COMMAND, "sites", *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603


def key_for(origin: str, told: Callable[..., str] = _told) -> str:
    """The key of the demo site at this origin, which is added when there is none, or was revoked.

    Raises CalledProcessError.
    """
    known = {site["name"]: site for site in map(json.loads, told("list", "--json").splitlines())}
    names = (f"{NAME} ({origin})" + (f" {number}" if number > 1 else "") for number in count(1))
    name = next(name for name in names if not (name in known and known[name]["revoked"]))
    if name in known:
        return str(known[name]["key"])
    return str(json.loads(told("add", name, origin, "--articles", "all", "--rest", "--json"))["key"])


if __name__ == "__main__":
    main()
