"""What the words of one text tell: stems, names, amounts, times, voices, topics. Knows no search and no model."""
