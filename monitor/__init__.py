"""What a running server tells those who run it, and nothing of those who read. Knows no wording for readers."""
