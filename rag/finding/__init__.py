"""Question -> passages -> the sentences that an answer may cite. Knows no prompt and no language model."""
