"""Actuclair beside the tutorial pipeline, in one run. Start with `bench/run.py`."""
