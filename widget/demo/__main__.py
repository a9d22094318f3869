"""`python -m widget.demo`: the demo site on a port of its own. Knows Actuclair by its address and its commands only."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import uvicorn

from widget.demo.site import PAGES, create_site

NAME = "The Demo Gazette"
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
    for shown in PAGES:
        sys.stdout.write(f"{own}{shown.path}  ({shown.mode})\n")
    sys.stdout.flush()
    uvicorn.run(site, host="127.0.0.1", port=given.port, log_level="warning")


def key_for(origin: str) -> str:
    """The key of the demo site at this origin, which is added when there is none. Raises CalledProcessError."""
    name = f"{NAME} ({origin})"
    known = (json.loads(line) for line in _told("list", "--json").splitlines())
    for site in known:
        if site["name"] == name and not site["revoked"]:
            return str(site["key"])
    return str(json.loads(_told("add", name, origin, "--articles", "all", "--rest", "--json"))["key"])


def _told(*arguments: str) -> str:
    return subprocess.run([_COMMAND, "sites", *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603


if __name__ == "__main__":
    main()
