"""The one file that sites include, out of the modules, styles and texts: `make widget`. Knows nothing of what they do.

The bundler is esbuild, through npx, at an exact version: only who changes the widget needs node. The built file begins
with the fingerprint of what it was built from, so that a test finds out when it is stale.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from widget import FOLDER, SCRIPT
from widget.texts import texts

SOURCES = FOLDER / "src"
BUNDLER = "esbuild@0.28.2"
_BANNER = "/*! Actuclair, Apache-2.0, built from {fingerprint} */\n"
_BUILT_FROM = re.compile(r"built from ([0-9a-f]{64})")


def fingerprint() -> str:
    """The hash of all that goes into the built file, the bundler's version too."""
    digest = hashlib.sha256(BUNDLER.encode())
    for path in sorted(SOURCES.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(_texts_json().encode())
    return digest.hexdigest()


def built_from(script: str) -> str:
    """The fingerprint that a built file begins with, '' when there is none."""
    found = _BUILT_FROM.search(script[:200])
    return found[1] if found else ""


def build(to: Path = SCRIPT) -> None:
    """Bundle everything into one module. Raises CalledProcessError when the bundler finds a fault, which it tells."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "src"
        shutil.copytree(SOURCES, work)
        (work / "texts.json").write_text(_texts_json(), encoding="utf-8")
        for style in work.glob("*.css"):
            _bundle(str(style), f"--outfile={style}", "--allow-overwrite", "--minify", "--target=chrome125,safari18")
        made = Path(folder) / "widget.js"
        _bundle(
            str(work / "main.js"), f"--outfile={made}", "--bundle", "--minify", "--format=esm", "--target=es2022",
            "--charset=utf8", "--loader:.css=text", "--legal-comments=none",
        )  # fmt: skip
        written = _BANNER.format(fingerprint=fingerprint()) + made.read_text(encoding="utf-8")
    to.write_text(written, encoding="utf-8")


def _bundle(*arguments: str) -> None:
    subprocess.run(["npx", "--yes", BUNDLER, "--log-level=warning", *arguments], check=True)  # noqa: S603, S607


def _texts_json() -> str:
    return json.dumps(texts(), ensure_ascii=False, sort_keys=True)


if __name__ == "__main__":
    build()
    sys.stdout.write(f"{SCRIPT.name}: {SCRIPT.stat().st_size:,} bytes\n")
