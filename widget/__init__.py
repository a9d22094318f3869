"""The explainer on a news site: what its readers' browsers load. Knows the server by its public API only."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
SCRIPT = FOLDER / "widget.js"
EMBED = FOLDER / "embed.html"
