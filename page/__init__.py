"""The page readers see. Knows how an answer looks, not how it is made."""

from page.blocks import create_page
from page.mounting import mount

__all__ = ["create_page", "mount"]
