"""Who is answered when, where many wait for one language model. Knows neither classes nor sites nor the disk."""

from desk.desk import Desk, Frames, Told, Waits
from desk.errors import Busy
from desk.queue import Ticket

__all__ = ["Busy", "Desk", "Frames", "Ticket", "Told", "Waits"]
