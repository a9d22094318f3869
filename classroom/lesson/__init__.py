"""A session while it runs: what it is about, what may happen, who is told. Knows neither requests nor HTML."""
