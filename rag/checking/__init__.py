"""May a sentence be shown: is it harmless, and borne out by its evidence? Knows no search."""
