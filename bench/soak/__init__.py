"""A server under load for some minutes while faults are injected: nothing that it acknowledged may be lost."""
