"""Asks the server of this machine how it is, for containers: `python -m monitor.probe /readyz`. Knows two settings.

Exit status 0: the server says that it is well. Imports nothing heavy, for it runs every few seconds.
"""

import os
import sys
import urllib.error
import urllib.request

_LONGEST_S = 5


def answer(path: str) -> tuple[int, str]:
    """The status and the text that the server gives; 0 when nobody answers."""
    address = f"http://127.0.0.1:{os.environ.get('ACTUCLAIR_PORT', '7860')}{path}"
    headers = {"Authorization": f"Bearer {os.environ.get('ACTUCLAIR_OBSERVER_TOKEN', '')}"}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=_LONGEST_S) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError as error:
        return 0, f"{address}: {error}"


if __name__ == "__main__":
    status, text = answer(sys.argv[1])
    print(text)
    sys.exit(status != 200)
