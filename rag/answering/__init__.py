"""What may be shown, and what has to be said beside it: the whole answer. Knows no index."""
