"""A small news site of our own with the widget in it: `make demo-site`. Knows the server by its address and a key."""
