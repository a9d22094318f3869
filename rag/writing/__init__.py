"""Evidence -> draft sentences of a language model. Knows no index, and not whether a sentence is true."""
