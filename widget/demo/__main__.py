"""`python -m widget.demo`: the demo site on a port of its own. Knows Actuclair by its address only."""

import argparse
import sys

import uvicorn

from widget.demo.site import PAGES, create_site


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m widget.demo", description="A news site that includes the widget.")
    parser.add_argument("--server", default="http://127.0.0.1:7860", help="Where Actuclair runs.")
    parser.add_argument("--key", required=True, help="The site's key: `actuclair sites add` prints it.")
    parser.add_argument("--port", type=int, default=8790)
    given = parser.parse_args()
    own = f"http://127.0.0.1:{given.port}"
    for shown in PAGES:
        sys.stdout.write(f"{own}{shown.path}  ({shown.mode})\n")
    sys.stdout.flush()
    uvicorn.run(create_site(given.server, given.key), host="127.0.0.1", port=given.port, log_level="warning")


if __name__ == "__main__":
    main()
