"""What is kept for the day a disk breaks, and how it comes back. Nothing that readers wrote is ever in it."""
