"""The page readers see. Knows how an answer looks, not how it is made."""

from page.blocks import create_page, mount
from page.library import Library

__all__ = ["Library", "create_page", "mount"]
