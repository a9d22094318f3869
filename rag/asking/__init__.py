"""A question before and beside the search: checked, understood, remembered, what it asks for. Knows no index."""
