"""The file of the classes, and how it is emptied. Knows values and rows, neither rules nor requests."""
