"""What stands between the network and everything that is served. Knows neither the page nor how answers are made."""

from web.guard import Guard, Known
from web.rules import Rules

__all__ = ["Guard", "Known", "Rules"]
