"""Who is answered when, where many wait for one language model. Knows neither classes nor sites nor the disk."""

from desk.desk import Desk
from desk.errors import Busy
from desk.queue import Ticket
from desk.types import Frames, Load, Told, Waits

__all__ = ["Busy", "Desk", "Frames", "Load", "Ticket", "Told", "Waits"]
