"""How hard a text is, and the same in easier words; `rag/reading_level.py` begins the story. Knows no search."""
